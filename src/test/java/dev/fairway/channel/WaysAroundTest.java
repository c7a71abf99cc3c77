package dev.fairway.channel;

import static dev.fairway.channel.GitCommand.git;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairway.channel.ActReport.State;
import dev.fairway.channel.EvidenceBranch.Addition;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Digest;
import dev.fairway.model.Gate;
import dev.fairway.release.Release;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ways around the gates, for who may push to branches and holds some key. Each was open once. */
class WaysAroundTest {
  @TempDir private Path folder;
  private Harbour harbour;

  @BeforeEach
  void arrive() throws IOException {
    harbour = new Harbour(folder);
  }

  @Test
  void aPolicyThatAMergeBroughtAndTookBackWasNeverInForce() throws IOException {
    harbour.inDev("one");
    var policy = mergedPolicy(trusting("ada", "promotes: [dev]"), "name: dev\n");
    var evil = TinyReleases.of("evil");
    forge("dev", evil, published(evil, id("main"), policy), Act.PUBLISH, harbour.ada);

    assertThat(verify("dev")).contains("which main only merged");
  }

  @Test
  void whatAStrangerPublishedIsNotSignedByUs() throws IOException {
    harbour.inDev("one");
    var trust =
        harbour.trust() + Harbour.key("stranger", harbour.stranger, "    promotes: [dev]\n");
    var policy = mergedPolicy(trust, "name: dev\n");
    var evil = TinyReleases.of("evil");
    head(evil, published(evil, id("main"), policy), harbour.stranger);
    harbour.attest("conformance", "dev", evil, harbour.ci);

    assertThat(said(harbour.promote("dev"))).contains("is not trusted with anything");
  }

  @Test
  void whatIsPublishedOfASourceBesideMainIsRefusedByNameToo() throws IOException {
    harbour.inDev("one");
    git(harbour.clone, "switch", "-q", "-c", "side");
    var side = ObjectId.fromString(harbour.commit("side", true));
    var evil = TinyReleases.of("evil");
    head(evil, published(evil, side, id("main")), harbour.ci);
    harbour.attest("conformance", "dev", evil, harbour.ci);

    try (var repository = harbour.open()) {
      var acts = harbour.acts(repository, harbour.ci);
      assertThat(said(acts.promote("dev", Optional.of(evil.digest().hex()), false)))
          .contains("is no commit of main");
    }
  }

  @Test
  void anUpstreamThatWentBackToAnOlderPolicyIsRefused() throws IOException {
    harbour.files.put("channels/dev.yaml", "name: dev\n");
    var before = ObjectId.fromString(harbour.main("zero"));
    harbour.files.put("channels/dev.yaml", Harbour.DEV);
    harbour.main("tight");
    harbour.inDev("one");
    var evil = TinyReleases.of("evil");
    forge("dev", evil, published(evil, id("main"), before), Act.PUBLISH, harbour.ci);
    harbour.pass(Duration.ofHours(25));

    assertThat(said(harbour.promote("alpha"))).contains("it is judged by the policy of", "older");
  }

  @Test
  void aHotfixIsNeverWithoutAnOverride() throws IOException {
    harbour.inDev("one");
    git(harbour.clone, "switch", "-q", "-c", "unreviewed");
    var mended = TinyReleases.of("mended");
    harbour.commit("unreviewed", true);
    harbour.attest("conformance", "dev", mended, harbour.ci);

    try (var repository = harbour.open()) {
      var acts = harbour.acts(repository, harbour.ci);
      var report = acts.hotfix("dev", mended, OverriddenGates.NONE, false).value().orElseThrow();
      assertThat(report.state()).isEqualTo(State.WAITING);
      assertThat(report.gates())
          .filteredOn(gate -> !gate.isPassed())
          .extracting(GateResult::gate)
          .containsExactly(Gate.SOAK);
    }
  }

  @Test
  void endingAKeyInThePastBreaksNoChain() throws IOException {
    harbour.inAlpha("one");
    harbour.files.put(
        "channels/trust.yaml",
        harbour
            .trust()
            .replaceFirst(
                "(?s)(owner: ci.*?from: [^\n]*\n)", "$1    until: 2026-03-02T07:00:00Z\n"));
    harbour.main("ended before its last signatures");

    assertThat(harbour.verify("alpha").value()).isPresent();
  }

  @Test
  void aHotfixOfASourceThatNobodyHasIsNotSound() throws IOException {
    var one = harbour.inStable("one");
    var evil = TinyReleases.of("evil");
    var nowhere = ObjectId.fromString("1".repeat(40));
    var trailers =
        new Trailers(
            evil.digest(),
            nowhere,
            id("main"),
            "stable",
            nowhere,
            Optional.empty(),
            Optional.of(one.digest()));
    forge("stable", evil, trailers, Act.HOTFIX, harbour.ci);

    assertThat(verify("stable")).contains("is not in this clone");
  }

  @Test
  void whatAChannelWentAwayFromIsTakenAgainByNameOnly() throws IOException {
    var one = harbour.inStable("one");
    harbour.pass(Duration.ofDays(1));
    harbour.losses = Losses.NONE;
    var two = harbour.inStable("two");
    try (var repository = harbour.open()) {
      var acts = harbour.acts(repository, harbour.ci);
      var back = acts.rollback("stable", one.digest().hex(), OverriddenGates.NONE, false);
      assertThat(back.value().orElseThrow().state()).isEqualTo(State.MOVED);
      harbour.pass(Duration.ofMinutes(17));

      var scheduled = acts.promote("stable", Optional.empty(), false).value().orElseThrow();
      assertThat(scheduled.state()).isEqualTo(State.NOTHING_TO_DO);
      var named = acts.promote("stable", Optional.of(two.digest().hex()), false);
      assertThat(named.value().orElseThrow().release()).isEqualTo(two.digest());
    }
  }

  @Test
  void aStatementThatIsOlderThanItsCommitIsNotHeard() throws IOException {
    harbour.inDev("one");
    try (var repository = harbour.open()) {
      var scene = Scene.of(repository, repository.fetch());
      var commit = scene.tip(scene.channel("dev")).orElseThrow();
      var counted = scene.stated("dev", commit, harbour.now).orElseThrow();
      var early = PromotionStatement.read(counted).orElseThrow();
      var dated = commit.time().minus(Duration.ofHours(23));
      harbour.add(Addition.of(early.about("dev", "dev", commit, dated), harbour.ci), harbour.ci);
    }
    harbour.pass(Duration.ofHours(2));

    var waiting = harbour.promote("alpha").value().orElseThrow();
    assertThat(waiting.state()).isEqualTo(State.WAITING);
  }

  @Test
  void aChainIsVerifiedThroughItsUpstreams() throws IOException {
    var approvals = "  approvals:\n    count: 2\n    group: platform\n";
    harbour.files.put("channels/alpha.yaml", Harbour.ALPHA + approvals);
    harbour.files.put("channels/stable.yaml", "name: stable\nupstream: alpha\n");
    var one = harbour.inDev("one");
    var main = id("main");
    var alpha = promoted(one, main, "dev", id("dev"));
    try (var forger = new Forger(harbour.remote)) {
      forger.move(
          "alpha", forger.commit(tree(one), "x\n\n" + alpha.text(), Optional.empty(), harbour.now));
    }
    forge("stable", one, promoted(one, main, "alpha", id("alpha")), Act.PROMOTE, harbour.ci);

    assertThat(verify("stable")).contains("alpha: the commit", "it is not signed");
  }

  @Test
  void aTrailerThatNamesNoCommitIsRefusedAndNoBugOfOurs() throws IOException {
    harbour.inDev("one");
    var blob = ObjectId.fromString(harbour.remoteGit("rev-parse", "dev:release.json"));
    var evil = TinyReleases.of("evil");
    forge("dev", evil, published(evil, id("main"), blob), Act.PUBLISH, harbour.ci);

    assertThat(said(harbour.promote("alpha"))).contains("which is no commit of main");
  }

  private static Trailers published(Release release, ObjectId source, ObjectId policy) {
    return new Trailers(
        release.digest(), source, policy, "main", source, Optional.empty(), Optional.empty());
  }

  private static Trailers promoted(Release release, ObjectId main, String from, ObjectId at) {
    return new Trailers(release.digest(), main, main, from, at, Optional.empty(), Optional.empty());
  }

  private ObjectId id(String name) throws IOException {
    return ObjectId.fromString(harbour.remoteGit("rev-parse", name));
  }

  private ObjectId tree(Release release) {
    try (var remote = harbour.open(harbour.remote)) {
      return ReleaseTrees.of(remote.git()).of(release, false, Pace.STEADY);
    }
  }

  private String trusting(String owner, String right) {
    return harbour
        .trust()
        .replaceFirst("(owner: %s\n    key: [^\n]*\n)".formatted(owner), "$1    " + right + "\n");
  }

  /** Merges a branch whose first commit changes the policy, and whose second takes that back. */
  private ObjectId mergedPolicy(String trust, String dev) throws IOException {
    var was = new TreeMap<>(harbour.files);
    git(harbour.clone, "switch", "-q", "-c", "feature");
    harbour.files.put("channels/trust.yaml", trust);
    harbour.files.put("channels/dev.yaml", dev);
    var policy = harbour.commit("for a moment", false);
    harbour.files.clear();
    harbour.files.putAll(was);
    harbour.commit("back again", false);
    git(harbour.clone, "switch", "-q", "main");
    git(harbour.clone, "merge", "-q", "--no-ff", "-m", "merge", "feature");
    git(harbour.clone, "push", "-q", "origin", "HEAD");
    return ObjectId.fromString(policy);
  }

  private void head(Release release, Trailers trailers, SigningKey key) throws IOException {
    try (var forger = new Forger(harbour.remote)) {
      forger.move(
          Branches.PUBLISH + release.digest(),
          forger.commit(
              tree(release), "x\n\n" + trailers.text(), Optional.of(key), harbour.now, id("dev")));
    }
  }

  /** Pushes a commit on top of a channel, with a statement that says what it should. */
  private void forge(String channel, Release release, Trailers trailers, Act act, SigningKey key)
      throws IOException {
    try (var forger = new Forger(harbour.remote)) {
      var message = "x\n\n" + trailers.text();
      var tip = harbour.remoteGit("branch", "--list", channel);
      var commit =
          tip.isEmpty()
              ? forger.commit(tree(release), message, Optional.of(key), harbour.now)
              : forger.commit(tree(release), message, Optional.of(key), harbour.now, id(channel));
      forger.move(channel, commit);
      try (var repository = harbour.open(harbour.remote)) {
        var read = PromotionCommit.read(repository.commit(commit)).value().orElseThrow();
        var statement =
            new PromotionStatement(
                    act,
                    trailers.policy().name(),
                    trailers.from() + "@" + trailers.fromCommit().name(),
                    List.<Digest>of(),
                    Losses.NONE,
                    new Linking(new TreeMap<>(), List.of()),
                    JsonNodeFactory.instance.objectNode())
                .about(channel, channel, read, harbour.now);
        harbour.add(Addition.of(statement, key), key);
      }
    }
  }

  private String verify(String channel) throws IOException {
    return said(harbour.verify(channel));
  }

  private static String said(Outcome<?> outcome) {
    assertThat(outcome.value()).isEmpty();
    return outcome.diagnostics().all().stream().map(Diagnostic::message).toList().toString();
  }
}
