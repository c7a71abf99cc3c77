package dev.fairway.channel;

import static dev.fairway.channel.GitCommand.git;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.channel.Evidence.Counted;
import dev.fairway.channel.EvidenceBranch.Addition;
import dev.fairway.model.Channel;
import dev.fairway.model.TrustedKey;
import dev.fairway.release.Release;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A harbour whose channels have moved thousands of times, each time with all that belongs to it: a
 * commit on evidence too, with the test that the gate of dev asks for. Of what the channels have
 * now somebody said every hour that all is well, and newer releases wait in the queue of dev.
 */
final class LongHistory {
  private static final int LOOKS = 100;
  private static final int QUEUE = 20;
  private static final String BUDGET =
      "  change_budget:\n    deleted: 100000\n    replaced: 100000\n";

  private final Harbour harbour;
  private final ChannelRepository repository;
  private final ObjectId main;
  private final TrustedKey ci;
  private EvidenceBranch evidence;

  private LongHistory(Harbour harbour, ChannelRepository repository, Scene scene) {
    this.harbour = harbour;
    this.repository = repository;
    this.main = scene.policy().commit();
    this.ci = scene.policy().policies().trust().find(harbour.ci.publicKey()).orElseThrow();
    this.evidence = scene.evidence();
  }

  /**
   * In the end dev is one release ahead of alpha: the last, where alpha has the last but one. Of
   * what dev could take the oldest has passed its test.
   */
  static Harbour of(Path folder, int commits, Release lastButOne, Release last) throws IOException {
    var harbour = new Harbour(folder);
    harbour.files.put("channels/dev.yaml", Harbour.DEV);
    harbour.files.put(
        "channels/alpha.yaml", "name: alpha\nupstream: dev\ngates:\n  soak: 1m\n" + BUDGET);
    var main = ObjectId.fromString(harbour.main("channels"));
    var queue = new TreeMap<Integer, ObjectId>();
    for (var number = 0; number < QUEUE; number++) {
      queue.put(number, ObjectId.fromString(harbour.main("queue " + number)));
    }
    try (var repository = harbour.open(harbour.remote)) {
      var scene = Scene.of(repository, new Branches(new TreeMap<>(Map.of("main", main))));
      var history = new LongHistory(harbour, repository, scene);
      history.write(scene, commits, lastButOne, last, queue);
    }
    git(harbour.remote, "gc", "-q");
    git(harbour.clone, "fetch", "-q");
    harbour.pass(Duration.ofMinutes(2));
    return harbour;
  }

  private void write(
      Scene scene,
      int commits,
      Release lastButOne,
      Release last,
      SortedMap<Integer, ObjectId> queue)
      throws IOException {
    var dev = scene.channel("dev");
    var alpha = scene.channel("alpha");
    var devTip = Optional.<PromotionCommit>empty();
    var alphaTip = Optional.<PromotionCommit>empty();
    for (var number = 0; number <= commits; number++) {
      var release =
          switch (commits - number) {
            case 0 -> last;
            case 1 -> lastButOne;
            default -> TinyReleases.of("release " + number);
          };
      var test = test(release);
      say(test);
      devTip = Optional.of(move(dev, devTip, release, test, "main", main));
      if (number < commits) {
        alphaTip = Optional.of(move(alpha, alphaTip, release, test, "dev", devTip.get().id()));
      }
    }
    for (var look = 0; look < LOOKS; look++) {
      harbour.pass(Duration.ofHours(1));
      say(said("health", "dev", last, Harbour.healthy("healthy")));
      say(said("health", "alpha", lastButOne, Harbour.healthy("healthy")));
    }
    try (var forger = new Forger(harbour.remote)) {
      for (var head : queue.entrySet()) {
        var release = TinyReleases.of("queue " + head.getKey());
        var made = commit(devTip, release, "main", head.getValue(), head.getValue(), "Publish");
        forger.move(Branches.PUBLISH + release.digest(), made.id());
      }
      say(test(TinyReleases.of("queue " + queue.firstKey())));
      forger.move("dev", devTip.orElseThrow().id());
      forger.move("alpha", alphaTip.orElseThrow().id());
      forger.move("evidence", evidence.tip().orElseThrow());
    }
  }

  private PromotionCommit move(
      Channel channel,
      Optional<PromotionCommit> tip,
      Release release,
      Addition test,
      String from,
      ObjectId fromCommit) {
    harbour.pass(Duration.ofMinutes(1));
    var commit = commit(tip, release, from, fromCommit, main, "Move " + channel.name());
    var question =
        new Question(
            commit.act(),
            channel,
            release.digest(),
            List.of(new Counted(test.path(), test.statement(), ci)),
            List.of(),
            List.of(),
            tip.map(before -> before.id().name()),
            channel.upstream().map(_ -> harbour.now.minus(Duration.ofMinutes(1))),
            harbour.now,
            Optional.empty(),
            Losses.NONE,
            new Linking(new TreeMap<>(), List.of()));
    var moved =
        PromotionStatement.of(question, commit, Judgement.of(question))
            .about(channel.name(), channel.branch(), commit, harbour.now);
    say(Addition.of(moved, harbour.ci));
    return commit;
  }

  private PromotionCommit commit(
      Optional<PromotionCommit> tip,
      Release release,
      String from,
      ObjectId fromCommit,
      ObjectId source,
      String subject) {
    var trailers =
        new Trailers(
            release.digest(), source, main, from, fromCommit, Optional.empty(), Optional.empty());
    return PromotionCommit.write(
        repository.git(),
        ReleaseTrees.of(repository.git()).of(release, false, Pace.STEADY),
        tip.map(PromotionCommit::id),
        trailers,
        subject,
        "ci",
        harbour.ci,
        harbour.now);
  }

  private Addition test(Release release) {
    return said("conformance", "dev", release, JsonNodeFactory.instance.objectNode());
  }

  private Addition said(String kind, String channel, Release release, ObjectNode details) {
    var statement =
        new Statement(
            channel,
            release.digest(),
            kind,
            Optional.empty(),
            harbour.now,
            Statement.Result.passed,
            details);
    return Addition.of(statement, harbour.ci);
  }

  private void say(Addition addition) {
    var tip = evidence.with(List.of(addition), harbour.ci, ci, harbour.now);
    evidence = new EvidenceBranch(repository.git(), Optional.of(tip));
  }
}
