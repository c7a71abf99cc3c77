package dev.fairway.channel;

import static dev.fairway.channel.GitCommand.git;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairway.Trees;
import dev.fairway.channel.ActReport.State;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Digest;
import dev.fairway.model.Gate;
import dev.fairway.release.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.FileMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The acts on a real remote, looked at with the ordinary git. */
class PromotionsTest {
  @TempDir private Path folder;

  private Harbour harbour;

  @BeforeEach
  void harbour() throws IOException {
    harbour = new Harbour(folder);
  }

  @Test
  void aReleaseGoesFromMainToStableByteForByte() throws IOException {
    var release = harbour.inStable("one");

    var tree = harbour.remoteGit("rev-parse", "dev^{tree}");
    assertThat(harbour.remoteGit("rev-parse", "alpha^{tree}")).isEqualTo(tree);
    assertThat(harbour.remoteGit("rev-parse", "stable^{tree}")).isEqualTo(tree);
    assertThat(git(harbour.clone, "diff", "origin/dev", "origin/alpha")).isEmpty();
    assertThat(harbour.remoteGit("branch", "--list", "publish/*", "promote/*")).isEmpty();
    var checkedOut = folder.resolve("out");
    git(folder, "clone", "-q", "-b", "stable", "remote.git", checkedOut.toString());
    Trees.assertSame(withoutGit(checkedOut), withManifest(release));
    assertSound("dev", "alpha", "stable");
  }

  private static SortedMap<String, byte[]> withoutGit(Path clone) throws IOException {
    var files = Trees.read(clone);
    files.keySet().removeIf(path -> path.startsWith(".git/"));
    return files;
  }

  private static SortedMap<String, byte[]> withManifest(Release release) {
    var files = new TreeMap<>(release.files());
    files.put("release.json", release.manifestBytes());
    return files;
  }

  @Test
  void gitReadsAndVerifiesWhatWeWrite() throws IOException {
    var release = harbour.inAlpha("one");
    var allowed = GitCommand.allowedSigners(folder.resolve("allowed"), harbour.ci.publicKey());

    for (var branch : List.of("dev", "alpha", "evidence")) {
      assertThat(
              harbour.remoteGit(
                  "-c", "gpg.ssh.allowedSignersFile=" + allowed, "verify-commit", "-v", branch))
          .contains("Good \"git\" signature for ada");
    }
    assertThat(harbour.remoteGit("fsck", "--strict", "--no-dangling")).isEmpty();
    assertThat(
            harbour.remoteGit(
                "log",
                "--format=%an|%s|%(trailers:key=Release-Digest,valueonly,separator=%x2C)",
                "alpha"))
        .isEqualTo("ci|Promote dev to alpha|" + release.digest());
    assertThat(
            harbour.remoteGit(
                "log",
                "-1",
                "--format=%(trailers:key=Promoted-From,valueonly,separator=)",
                "alpha"))
        .isEqualTo("dev@" + harbour.remoteGit("rev-parse", "dev"));
  }

  @Test
  void whatWaitsIsProposedOnceAndMovedAsItIs() throws IOException {
    var release = harbour.inDev("one");

    var waiting = harbour.promote("alpha").value().orElseThrow();
    assertThat(waiting.state()).isEqualTo(State.WAITING);
    assertThat(waiting.earliest()).contains(Harbour.START.plus(Duration.ofHours(24)));
    var head = "promote/alpha/" + release.digest();
    assertThat(waiting.head()).contains(head);
    var proposed = harbour.remoteGit("rev-parse", head);
    assertThat(waiting.commit()).contains(proposed);

    harbour.pass(Duration.ofHours(1));
    harbour.promote("alpha");
    assertThat(harbour.remoteGit("rev-parse", head)).isEqualTo(proposed);

    harbour.pass(Duration.ofHours(23));
    Harbour.mustMove(State.MOVED, harbour.promote("alpha"));
    assertThat(harbour.remoteGit("rev-parse", "alpha")).isEqualTo(proposed);
    assertThat(harbour.remoteGit("branch", "--list", head)).isEmpty();
    Harbour.mustMove(State.NOTHING_TO_DO, harbour.promote("alpha"));
    assertSound("alpha");
  }

  @Test
  void aProposalIsMadeAgainWhenThePolicyChanged() throws IOException {
    var release = harbour.inDev("one");
    harbour.promote("alpha");
    var head = "promote/alpha/" + release.digest();
    var proposed = harbour.remoteGit("rev-parse", head);

    harbour.files.put("channels/alpha.yaml", Harbour.ALPHA.replace("24h", "48h"));
    harbour.main("more patience");
    harbour.pass(Duration.ofHours(25));

    assertThat(harbour.promote("alpha").value().orElseThrow().state()).isEqualTo(State.WAITING);
    assertThat(harbour.remoteGit("rev-parse", head)).isNotEqualTo(proposed);
  }

  @Test
  void aPlanChangesNothing() throws IOException {
    harbour.main("one");
    git(harbour.clone, "fetch", "-q");
    var remote = Trees.read(harbour.remote);
    var clone = Trees.read(harbour.clone);
    try (var repository = harbour.open()) {
      var acts =
          new Promotions(
              repository,
              Optional.empty(),
              InstantSource.fixed(harbour.now),
              (_, _) -> Losses.NONE);
      var report = acts.publish(TinyReleases.of("one"), true).value().orElseThrow();
      assertThat(report.state()).isEqualTo(State.PROPOSED);
      assertThat(report.plan()).isTrue();
    }
    Trees.assertSame(Trees.read(harbour.remote), remote);
    Trees.assertSame(Trees.read(harbour.clone), clone);
  }

  @Test
  void publishingAnEqualTreeDoesNothing() throws IOException {
    var release = harbour.inDev("one");
    harbour.main("a comment");
    var refs = harbour.remoteGit("for-each-ref");

    Harbour.mustMove(State.NOTHING_TO_DO, harbour.publish(release));
    assertThat(harbour.remoteGit("for-each-ref")).isEqualTo(refs);
  }

  @Test
  void ofWhatIsPublishedTheNewestOfMainIsTaken() throws IOException {
    harbour.inDev("one");
    for (var text : List.of("two", "three")) {
      harbour.main(text);
      Harbour.mustMove(State.PROPOSED, harbour.publish(TinyReleases.of(text)));
      harbour.attest("conformance", "dev", TinyReleases.of(text), harbour.ci);
    }

    var report = harbour.promote("dev").value().orElseThrow();
    assertThat(report.release()).isEqualTo(TinyReleases.of("three").digest());
    // What is left is older than what dev has.
    Harbour.mustMove(State.NOTHING_TO_DO, harbour.promote("dev"));
    assertSound("dev");
  }

  @Test
  void aRollbackIsOneMoreCommitWithTheOldTree() throws IOException {
    var one = harbour.inAlpha("one");
    harbour.pass(Duration.ofHours(1));
    var two = harbour.inAlpha("two");

    var report = rollback("alpha", one.digest()).value().orElseThrow();

    assertThat(report.state()).isEqualTo(State.MOVED);
    assertThat(report.before()).contains(two.digest());
    assertThat(harbour.remoteGit("rev-parse", "alpha^{tree}"))
        .isEqualTo(harbour.remoteGit("rev-parse", "alpha~2^{tree}"));
    assertThat(
            harbour.remoteGit(
                "log",
                "-1",
                "--format=%(trailers:key=Rolled-Back-From,valueonly,separator=)",
                "alpha"))
        .isEqualTo(two.digest().hex());
    Harbour.mustMove(State.NOTHING_TO_DO, rollback("alpha", one.digest()));
    assertSound("alpha");
    assertThat(history("alpha"))
        .extracting(HistoryEntry::act)
        .containsExactly(Act.ROLLBACK, Act.PROMOTE, Act.PROMOTE);
  }

  private Outcome<ActReport> rollback(String channel, Digest to) {
    try (var repository = harbour.open()) {
      return harbour
          .acts(repository, harbour.ci)
          .rollback(channel, to.hex().substring(0, 9), OverriddenGates.NONE, false);
    }
  }

  @Test
  void aHotfixPassesItsUpstreamByAndItsOverridesAreEvidence() throws IOException {
    harbour.inStable("one");
    harbour.main("two");
    git(harbour.clone, "switch", "-q", "-c", "hotfix", "HEAD~1");
    var mended = TinyReleases.of("mended");
    harbour.commit("mended", true);

    var refused = hotfix(mended, OverriddenGates.NONE);
    assertThat(refused.state()).isEqualTo(State.WAITING);
    var gates = List.of(Gate.SOAK, Gate.UPSTREAM_HEALTH, Gate.APPROVALS);
    var report = hotfix(mended, new OverriddenGates(gates, "DNS is down"));

    assertThat(report.state()).isEqualTo(State.MOVED);
    assertThat(report.gates())
        .filteredOn(gate -> gate.state() == GateResult.State.OVERRIDDEN)
        .extracting(GateResult::gate)
        .containsExactlyElementsOf(gates);
    assertSound("stable");
    assertThat(history("stable").getFirst().overridden())
        .hasSize(3)
        .allMatch(text -> text.contains("DNS is down"));
    // The schedule must not bring back what was mended.
    assertThat(harbour.promote("stable").value().orElseThrow().state())
        .isEqualTo(State.NOTHING_TO_DO);
  }

  private ActReport hotfix(Release release, OverriddenGates override) {
    try (var repository = harbour.open()) {
      return harbour
          .acts(repository, harbour.ada)
          .hotfix("stable", release, override, false)
          .value()
          .orElseThrow();
    }
  }

  @Test
  void whatFailedLaterStaysVerifiedAndIsStopped() throws IOException {
    var release = harbour.inAlpha("one");
    harbour.pass(Duration.ofHours(24));
    harbour.say(
        "conformance",
        "dev",
        release.digest(),
        harbour.ci,
        JsonNodeFactory.instance.objectNode(),
        Statement.Result.failed);

    var report = harbour.promote("stable").value().orElseThrow();

    assertThat(report.diagnostics().all())
        .extracting(Diagnostic::message)
        .anyMatch(message -> message.contains("dev and alpha have it"));
    assertSound("dev", "alpha");
  }

  @Test
  void anEndedKeyKeepsWhatItSigned() throws IOException {
    harbour.inAlpha("one");
    harbour.pass(Duration.ofHours(1));
    harbour.files.put(
        "channels/trust.yaml",
        harbour
            .trust()
            .replaceFirst(
                "(?s)(owner: ci.*?from: [^\n]*\n)", "$1    until: " + harbour.now + "\n"));
    harbour.files.put("channels/dev.yaml", "name: dev\n");
    harbour.main("the pipeline has another key");

    assertSound("dev", "alpha");
  }

  @Test
  void anybodyWithAnyCloneCanVerify() throws IOException {
    harbour.inAlpha("one");
    git(folder, "clone", "-q", "--mirror", "remote.git", "mirror.git");
    git(folder.resolve("mirror.git"), "remote", "remove", "origin");

    var verified = verify("alpha", folder.resolve("mirror.git"));
    assertThat(verified.diagnostics().all()).isEmpty();
    assertThat(verified.value().orElseThrow().commits()).isEqualTo(1);
  }

  @Test
  void theFirstBreakIsNamed() throws IOException {
    harbour.inAlpha("one");
    var good = harbour.remoteGit("rev-parse", "alpha");
    try (var forger = new Forger(harbour.remote)) {
      var tree = forger.tree("alpha", "notes.txt", Optional.of("hi\n"), FileMode.REGULAR_FILE);
      var message = forger.tip("alpha").getFullMessage();
      var time = Forger.time(forger.tip("alpha"));
      var bad = forger.commit(tree, message, Optional.of(harbour.ci), time, forger.tip("alpha"));
      forger.move("alpha", forger.commit(tree, message, Optional.empty(), time, bad));
      git(harbour.clone, "fetch", "-q");

      var said = verify("alpha", harbour.clone).diagnostics().all();
      assertThat(said).hasSize(1);
      assertThat(said.getFirst().span().orElseThrow().file())
          .isEqualTo(bad.name().substring(0, 12) + "/notes.txt");
      assertThat(good).isNotEqualTo(bad.name());
    }
  }

  @Test
  void channelsSayWhereTheyStand() throws IOException {
    var release = harbour.inDev("one");
    harbour.pass(Duration.ofHours(5));

    try (var repository = harbour.open()) {
      var standings = overview(repository, false).channels().value().orElseThrow();
      assertThat(standings)
          .extracting(ChannelStanding::channel)
          .containsExactly("dev", "alpha", "stable");
      var dev = standings.getFirst();
      assertThat(dev.now().orElseThrow().release()).isEqualTo(release.digest());
      assertThat(dev.age()).contains(Duration.ofHours(5));
      assertThat(dev.next()).isEmpty();
      var alpha = standings.get(1);
      assertThat(alpha.now()).isEmpty();
      assertThat(alpha.next().orElseThrow().earliest())
          .contains(Harbour.START.plus(Duration.ofHours(24)));
      assertThat(standings.get(2).next()).isEmpty();
      assertThat(standings.get(2).problem()).isEmpty();
    }
  }

  @Test
  void whoIsGivenTheWrongThingsChangesNothing() throws IOException {
    harbour.inDev("one");
    var before =
        Files.readString(harbour.remote.resolve("HEAD")) + harbour.remoteGit("for-each-ref");
    harbour.pass(Duration.ofHours(24));

    assertThat(harbour.promote("alpha", harbour.stranger).value()).isEmpty();

    assertThat(Files.readString(harbour.remote.resolve("HEAD")) + harbour.remoteGit("for-each-ref"))
        .isEqualTo(before);
  }

  private List<HistoryEntry> history(String channel) {
    try (var repository = harbour.open()) {
      return overview(repository, false).history(channel, 10).value().orElseThrow();
    }
  }

  private void assertSound(String... channels) throws IOException {
    git(harbour.clone, "fetch", "-q");
    for (var channel : channels) {
      assertThat(verify(channel, harbour.clone).diagnostics().all()).as(channel).isEmpty();
    }
  }

  private Outcome<Verified> verify(String channel, Path clone) {
    try (var repository = harbour.open(clone)) {
      return overview(repository, true).verify(channel);
    }
  }

  private Overview overview(ChannelRepository repository, boolean offline) {
    Instant now = harbour.now;
    return new Overview(repository, offline, InstantSource.fixed(now), (_, _) -> Losses.NONE);
  }
}
