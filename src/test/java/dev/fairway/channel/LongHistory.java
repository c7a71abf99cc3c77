package dev.fairway.channel;

import static dev.fairway.channel.GitCommand.git;

import dev.fairway.channel.EvidenceBranch.Addition;
import dev.fairway.model.Channel;
import dev.fairway.model.Digest;
import dev.fairway.release.Release;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A harbour whose channels have moved thousands of times, each time with all that belongs to it.
 */
final class LongHistory {
  private final Harbour harbour;
  private final TreeMap<String, ObjectId> evidence = new TreeMap<>();
  private final ObjectId main;

  private LongHistory(Harbour harbour, ObjectId main) {
    this.harbour = harbour;
    this.main = main;
  }

  /** In the end dev is one release ahead of alpha: the last, where alpha has the last but one. */
  static Harbour of(Path folder, int commits, Release lastButOne, Release last) throws IOException {
    var harbour = new Harbour(folder);
    harbour.files.put("channels/dev.yaml", "name: dev\n");
    harbour.files.put("channels/alpha.yaml", "name: alpha\nupstream: dev\ngates:\n  soak: 1m\n");
    var main = ObjectId.fromString(harbour.main("channels"));
    try (var repository = harbour.open(harbour.remote)) {
      new LongHistory(harbour, main).write(repository, commits, lastButOne, last);
    }
    git(harbour.remote, "gc", "-q");
    git(harbour.clone, "fetch", "-q");
    harbour.pass(Duration.ofMinutes(2));
    return harbour;
  }

  private void write(ChannelRepository repository, int commits, Release lastButOne, Release last)
      throws IOException {
    var scene = Scene.of(repository, new Branches(new TreeMap<>(Map.of("main", main))));
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
      var tree = ReleaseTrees.of(repository.git()).of(release, false, Pace.STEADY);
      devTip = Optional.of(move(repository, dev, devTip, tree, release.digest(), "main", main));
      if (number < commits) {
        var from = devTip.get().id();
        alphaTip =
            Optional.of(move(repository, alpha, alphaTip, tree, release.digest(), "dev", from));
      }
    }
    try (var forger = new Forger(harbour.remote)) {
      forger.move("dev", devTip.orElseThrow().id());
      forger.move("alpha", alphaTip.orElseThrow().id());
      forger.move("evidence", evidence(repository));
    }
  }

  private PromotionCommit move(
      ChannelRepository repository,
      Channel channel,
      Optional<PromotionCommit> tip,
      ObjectId tree,
      Digest release,
      String from,
      ObjectId fromCommit)
      throws IOException {
    harbour.pass(Duration.ofMinutes(1));
    var trailers =
        new Trailers(release, main, main, from, fromCommit, Optional.empty(), Optional.empty());
    var commit =
        PromotionCommit.write(
            repository.git(),
            tree,
            tip.map(PromotionCommit::id),
            trailers,
            "Move " + channel.name(),
            "ci",
            harbour.ci,
            harbour.now);
    var question =
        new Question(
            commit.act(),
            channel,
            release,
            List.of(),
            List.of(),
            List.of(),
            tip.map(before -> before.id().name()),
            channel.upstream().map(_ -> harbour.now.minus(Duration.ofMinutes(1))),
            harbour.now,
            Optional.empty(),
            Losses.NONE,
            new Linking(new TreeMap<>(), List.of()));
    var statement =
        PromotionStatement.of(question, commit, Judgement.of(question))
            .about(channel.name(), channel.branch(), commit, harbour.now);
    var addition = Addition.of(statement, harbour.ci);
    try (var inserter = repository.git().newObjectInserter()) {
      var blob = inserter.insert(Constants.OBJ_BLOB, addition.envelope().file());
      inserter.flush();
      evidence.put(addition.path().toString(), blob);
    }
    return commit;
  }

  private ObjectId evidence(ChannelRepository repository) throws IOException {
    var index = DirCache.newInCore();
    var builder = index.builder();
    evidence.forEach((path, blob) -> {
      var entry = new DirCacheEntry(path);
      entry.setFileMode(FileMode.REGULAR_FILE);
      entry.setObjectId(blob);
      builder.add(entry);
    });
    builder.finish();
    try (var inserter = repository.git().newObjectInserter()) {
      var commit = new CommitBuilder();
      commit.setTreeId(index.writeTree(inserter));
      commit.setAuthor(Author.of("ci", harbour.now));
      commit.setCommitter(Author.of("ci", harbour.now));
      commit.setMessage("All that was said\n");
      SignedCommits.sign(harbour.ci, commit);
      var id = inserter.insert(commit);
      inserter.flush();
      return id;
    }
  }
}
