package dev.fairway.channel;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.channel.ActReport.State;
import dev.fairway.channel.EvidenceBranch.Addition;
import dev.fairway.channel.Statement.Result;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.ClusterId;
import dev.fairway.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody whose key may move the channel moves it and says of the gates what is not so: whoever
 * verifies takes nothing from that word.
 */
class MoversWordTest {
  private static final String CLUSTER = "aws:123456789012:eu-central-1:shop";

  @TempDir private Path folder;
  private Harbour harbour;

  @BeforeEach
  void arrive() throws IOException {
    harbour = new Harbour(folder);
  }

  private interface Happening {
    void happens() throws IOException;
  }

  @Test
  void whatIsSaidTruthfullyIsSound() throws IOException {
    var one = harbour.inAlpha("one");
    harbour.pass(Duration.ofHours(24));
    harbour.readyForStable(one);
    movesAndSays("stable", UnaryOperator.identity(), () -> {});

    assertThat(harbour.verify("stable").value()).isPresent();
  }

  @Test
  void aFailureThatItIsSilentAboutIsHeard() throws IOException {
    var one = harbour.inDev("one");
    harbour.pass(Duration.ofHours(24));
    movesAndSays("alpha", UnaryOperator.identity(), () -> failed(one.digest()));

    assertThat(verify("alpha")).contains("its gate evidence load-test in dev was not met");
    assertThat(said(harbour.promote("stable")))
        .contains("its gate evidence load-test in dev was not met");
  }

  @Test
  void aFailureIsHeardThoughThePromotionIsDatedBeforeIt() throws IOException {
    var one = harbour.inDev("one");
    harbour.pass(Duration.ofHours(24));
    movesAndSays(
        "alpha",
        UnaryOperator.identity(),
        () -> {
          harbour.pass(EvidenceJudge.CLOCKS_APART);
          failed(one.digest());
        });

    assertThat(verify("alpha")).contains("its gate evidence load-test in dev was not met");
  }

  @Test
  void evidenceThatWasThereIsNotLeftOut() throws IOException {
    var one = harbour.inDev("one");
    harbour.attest("load-test", "alpha", one, harbour.ci);
    harbour.pass(Duration.ofHours(24));
    movesAndSays(
        "alpha",
        said -> with(said, List.of(), said.losses(), said.linking(), said.gates()),
        () -> {});

    assertThat(verify("alpha")).contains("its promotion statement is not true: it is silent about");
  }

  @Test
  void lossesAreCountedAgain() throws IOException {
    harbour.files.put(
        "channels/alpha.yaml",
        "name: alpha\nupstream: dev\ngates:\n  change_budget:\n    deleted: 1\n    replaced: 0\n");
    var from = Optional.of(harbour.inDev("one").digest());
    Harbour.mustMove(State.MOVED, harbour.promote("alpha"));
    harbour.inDev("two");
    movesAndSays("alpha", UnaryOperator.identity(), () -> {});

    assertThat(doubts(harbour.verify("alpha", new Losses(from, 3, 1))))
        .contains("its gate change-budget would not be met today: 3 deleted, 1 replaced");
    assertThat(harbour.verify("alpha", new Losses(from, 1, 0)).value())
        .as("a Fairway that counts otherwise, within the budget")
        .isPresent();
  }

  @Test
  void clustersAreLinkedAgain() throws IOException {
    harbour.files.put("clusters/shop.yaml", "alias: shop\nchannel: stable\nid: shop\n");
    var one = harbour.inAlpha("one");
    harbour.pass(Duration.ofHours(24));
    harbour.readyForStable(one);
    harbour.files.put("clusters/shop.yaml", "alias: shop\nchannel: alpha\nid: shop\n");
    harbour.main("the cluster is on alpha");
    movesAndSays("stable", UnaryOperator.identity(), () -> {});
    assertThat(harbour.verify("stable").value()).isPresent();

    // The same promotion, by the policy of a commit at which the cluster was stable's.
    try (var forger = new Forger(harbour.remote)) {
      var policy = harbour.remoteGit("rev-parse", "main~1");
      var message =
          forger
              .tip("stable")
              .getFullMessage()
              .replaceAll("(Policy-Commit: )[0-9a-f]{40}", "$1" + policy);
      var before = forger.tip("evidence").getParent(0);
      var said = statement("stable");
      forger.replaceTip(
          "stable", _ -> message, forger.tip("stable").getTree(), Optional.of(harbour.ci));
      forger.move("evidence", before);
      harbour.forget();
      add(
          "stable",
          new PromotionStatement(
              said.act(),
              policy,
              said.from(),
              said.evidence(),
              said.losses(),
              said.linking(),
              said.gates()),
          harbour.now);
    }

    assertThat(doubts(harbour.verify("stable")))
        .contains("its gate link would not be met today: clusters/shop.yaml");
  }

  @Test
  void clustersThatThereAreNotAreTold() throws IOException {
    harbour.inDev("one");
    harbour.pass(Duration.ofHours(24));
    var linking =
        new Linking(new TreeMap<>(Map.of(ClusterId.of(CLUSTER), Digest.of("x"))), List.of());
    movesAndSays(
        "alpha",
        said -> with(said, said.evidence(), said.losses(), linking, said.gates()),
        () -> {});

    assertThat(doubts(harbour.verify("alpha")))
        .contains("it says that it was linked with [" + CLUSTER + "]");
  }

  @Test
  void theBranchThatItSaysMovedIsTheChannels() throws IOException {
    harbour.inDev("one");
    harbour.pass(Duration.ofHours(24));
    restated(said ->
        new Statement(
            said.channel(),
            said.release(),
            said.kind(),
            said.moved().map(moved -> new Statement.Moved("stable", moved.commit())),
            said.time(),
            said.result(),
            said.details()));

    assertThat(verify("alpha"))
        .contains("its promotion statement is of the branch stable, not of alpha");
  }

  @Test
  void whatIsSaidHasOneFormAndOneMeaning() throws IOException {
    harbour.inDev("one");
    harbour.pass(Duration.ofHours(24));
    var odd = new TreeMap<String, Consumer<ObjectNode>>();
    odd.put("less than nothing lost", said -> losses(said).put("deleted", -5));
    odd.put("more than an int", said -> losses(said).put("deleted", 1L << 32));
    odd.put("no number", said -> losses(said).put("replaced", "0"));
    odd.put("a broken number", said -> losses(said).put("replaced", 0.0));
    odd.put("from what is no release", said -> losses(said).put("from", 1));
    odd.put("a file twice", said -> said.withArray("evidence").add(said.at("/evidence/0")));
    odd.put("no list", said -> said.put("evidence", "none"));
    odd.put("more than is read", said -> said.put("approved_by", "linus"));
    for (var one : odd.entrySet()) {
      var place = harbour.copy(Files.createTempDirectory(folder, "harbour"));
      restated(
          place,
          said -> {
            var details = said.details();
            one.getValue().accept(details);
            return new Statement(
                said.channel(),
                said.release(),
                said.kind(),
                said.moved(),
                said.time(),
                said.result(),
                details);
          });
      assertThat(said(place.verify("alpha")))
          .as(one.getKey())
          .contains("its promotion statement can't be read");
    }
  }

  private static ObjectNode losses(ObjectNode said) {
    return (ObjectNode) said.path("losses");
  }

  private void restated(UnaryOperator<Statement> otherwise) throws IOException {
    restated(harbour, otherwise);
  }

  /** Promotes to alpha, and says something else of it. */
  private static void restated(Harbour harbour, UnaryOperator<Statement> otherwise)
      throws IOException {
    try (var forger = new Forger(harbour.remote)) {
      var evidence = forger.tip("evidence").getId();
      Harbour.mustMove(State.MOVED, harbour.promote("alpha"));
      var said = harbour.statement("alpha");
      forger.move("evidence", evidence);
      harbour.forget();
      harbour.add(Addition.of(otherwise.apply(said), harbour.ci), harbour.ci);
    }
  }

  @Test
  void whoApprovedIsNotMadeUp() throws IOException {
    var one = harbour.inAlpha("one");
    harbour.pass(Duration.ofHours(24));
    harbour.readyForStable(one);
    movesAndSays(
        "stable",
        said -> {
          var gates = said.gates().deepCopy();
          ((ObjectNode) gates.path("approvals")).put("reason", "ada, linus");
          return with(said, said.evidence(), said.losses(), said.linking(), gates);
        },
        () -> {});

    assertThat(verify("stable")).contains("of the gate approvals it says", "linus", "grace");
  }

  @Test
  void aGateThatIsSaidToHaveBeenMetSinceLongerIsNot() throws IOException {
    harbour.inDev("one");
    harbour.pass(Duration.ofHours(24));
    movesAndSays(
        "alpha",
        said -> {
          var gates = said.gates().deepCopy();
          ((ObjectNode) gates.path("soak")).put("since", "2026-01-01T00:00:00Z");
          return with(said, said.evidence(), said.losses(), said.linking(), gates);
        },
        () -> {});

    assertThat(verify("alpha")).contains("of the gate soak it says");
  }

  @Test
  void whatTheUpstreamWentAwayFromIsNotTaken() throws IOException {
    var one = harbour.inDev("one");
    harbour.pass(Duration.ofHours(24));
    var two = harbour.inDev("two");
    harbour.pass(Duration.ofHours(24));
    movesAndSays(
        "alpha",
        UnaryOperator.identity(),
        () -> {
          try (var repository = harbour.open()) {
            var back =
                harbour
                    .acts(repository, harbour.ci)
                    .rollback("dev", one.digest().hex(), OverriddenGates.NONE, false);
            Harbour.mustMove(State.MOVED, back);
          }
        });

    assertThat(two.digest()).isNotEqualTo(one.digest());
    assertThat(verify("alpha")).contains("dev had moved from", "by then");
  }

  private void failed(Digest release) {
    harbour.say("load-test", "dev", release, harbour.ci, instance.objectNode(), Result.failed);
  }

  private static PromotionStatement with(
      PromotionStatement said,
      List<Digest> evidence,
      Losses losses,
      Linking linking,
      ObjectNode gates) {
    return new PromotionStatement(
        said.act(), said.policy(), said.from(), evidence, losses, linking, gates);
  }

  /**
   * Promotes as anybody would, but that what else happens is said before it, and the statement is
   * another one; it is dated before that.
   */
  private void movesAndSays(String channel, UnaryOperator<PromotionStatement> lie, Happening before)
      throws IOException {
    var time = harbour.now;
    try (var forger = new Forger(harbour.remote)) {
      var evidence = forger.tip("evidence").getId();
      Harbour.mustMove(State.MOVED, harbour.promote(channel));
      var said = lie.apply(statement(channel));
      forger.move("evidence", evidence);
      harbour.forget();
      before.happens();
      add(channel, said, time);
    }
  }

  private PromotionStatement statement(String channel) {
    try (var repository = harbour.open()) {
      var scene = Scene.of(repository, repository.fetch());
      var commit = scene.tip(scene.channel(channel)).orElseThrow();
      return scene
          .stated(channel, commit, harbour.now)
          .flatMap(PromotionStatement::read)
          .orElseThrow();
    }
  }

  private void add(String channel, PromotionStatement said, Instant time) throws IOException {
    try (var remote = harbour.open(harbour.remote)) {
      var tip = ObjectId.fromString(harbour.remoteGit("rev-parse", channel));
      var commit = PromotionCommit.read(remote.commit(tip)).value().orElseThrow();
      harbour.add(Addition.of(said.about(channel, channel, commit, time), harbour.ci), harbour.ci);
    }
  }

  private String verify(String channel) throws IOException {
    return said(harbour.verify(channel));
  }

  /** Another Fairway may have counted otherwise, so this is told and stops nobody. */
  private static String doubts(Outcome<?> outcome) {
    assertThat(outcome.value()).isPresent();
    return all(outcome);
  }

  private static String said(Outcome<?> outcome) {
    assertThat(outcome.value()).isEmpty();
    return all(outcome);
  }

  private static String all(Outcome<?> outcome) {
    return outcome.diagnostics().all().stream().map(Diagnostic::message).toList().toString();
  }
}
