package dev.fairway.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairway.channel.ActReport.State;
import dev.fairway.channel.EvidenceBranch.Addition;
import dev.fairway.channel.Statement.Result;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Digest;
import dev.fairway.release.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who has a stolen key writes the times and names the policies that suit it: main ends it, and that
 * holds. What its owner did before stands.
 */
class EndedKeysTest {
  private static final String STRICTER = Harbour.ALPHA + "  evidence: [load-test]\n";

  @TempDir private Path folder;
  private Harbour harbour;
  private Release zero;

  @BeforeEach
  void arrive() throws IOException {
    harbour = new Harbour(folder);
    zero = harbour.inAlpha("zero");
    harbour.inDev("one");
    harbour.pass(Duration.ofHours(24));
  }

  @Test
  void aKeyThatMainEndedMovesNoChannelByAnOlderPolicy() throws IOException {
    var before = harbour.remoteGit("rev-parse", "main");
    endKeyOfCi(harbour.now.minus(Duration.ofHours(12)));
    harbour.pass(Duration.ofHours(1));
    promoteAsIfMainWereAt(before);

    var ended = "main has it since that the key of ci is valid from";
    assertThat(doubt("alpha")).contains(ended);
    harbour.pass(Duration.ofHours(25));
    assertThat(refusal(harbour.promote("stable", harbour.stranger)))
        .as("as the upstream's tip")
        .contains("alpha: the commit", ended);
    assertThat(refusal(harbour.promote("alpha", harbour.stranger)))
        .as("as its own")
        .contains("alpha: the commit", ended);
  }

  @Test
  void whatAStolenKeyDidIsRolledBackByAnotherAndDoubtedEverAfter() throws IOException {
    var before = harbour.remoteGit("rev-parse", "main");
    endKeyOfCi(harbour.now.minus(Duration.ofHours(12)));
    harbour.pass(Duration.ofHours(1));
    promoteAsIfMainWereAt(before);
    var stolen = harbour.remoteGit("rev-parse", "alpha");

    try (var repository = harbour.open()) {
      var zeroAgain = zero.digest().hex();
      Harbour.mustMove(
          State.MOVED,
          harbour
              .acts(repository, harbour.stranger)
              .rollback("alpha", zeroAgain, OverriddenGates.NONE, false));
    }

    assertThat(doubt("alpha")).contains(stolen);
  }

  @Test
  void aKeyThatEndsAfterAMoveTakesNothingFromIt() throws IOException {
    Harbour.mustMove(State.MOVED, harbour.promote("alpha"));
    var moved = harbour.now;
    harbour.pass(Duration.ofHours(24));
    harbour.readyForStable(TinyReleases.of("one"));
    endKeyOfCi(moved.plusSeconds(1));
    harbour.attest(
        "health", "alpha", TinyReleases.of("one"), harbour.stranger, Harbour.healthy("healthy"));

    assertThat(harbour.verify("alpha").value()).isPresent();
    assertThat(harbour.verify("alpha").diagnostics().all()).isEmpty();
    Harbour.mustMove(State.MOVED, harbour.promote("stable", harbour.stranger));
  }

  @Test
  void aMoveThatIsDatedBackToBeforeItsKeyEndedIsNotOne() throws IOException {
    var before = harbour.remoteGit("rev-parse", "main");
    var now = harbour.now;
    harbour.pass(Duration.ofHours(1));
    endKeyOfCi(harbour.now);
    harbour.now = now;
    promoteAsIfMainWereAt(before);
    var said = harbour.statement("alpha");
    harbour.remoteGit("update-ref", "refs/heads/evidence", "evidence~1");
    harbour.forget();
    harbour.pass(Duration.ofHours(2));
    harbour.add(Addition.of(said, harbour.ci), harbour.ci);

    assertThat(doubt("alpha"))
        .contains("main has it since that the key of ci is valid until", "it was added after that");
  }

  @Test
  void anApprovalIsNotDatedBackToBeforeItsKeyEnded() throws IOException {
    Harbour.mustMove(State.MOVED, harbour.promote("alpha"));
    var one = TinyReleases.of("one");
    harbour.pass(Duration.ofHours(12));
    harbour.attest("load-test", "alpha", one, harbour.ci);
    var end = harbour.now;
    harbour.pass(Duration.ofHours(12));
    endKey("grace", end);
    harbour.attest("health", "alpha", one, harbour.ci, Harbour.healthy("healthy"));
    harbour.approve(one, harbour.ada);
    say("stable", "approval", one.digest(), end.minusSeconds(60), Result.passed, harbour.grace);

    assertThat(reasons(harbour.promote("stable")))
        .contains("1 of 2 of the group platform: ada", "the key of grace is valid until " + end);
  }

  @Test
  void anApprovalThatWasThereWhenItsKeyEndedCounts() throws IOException {
    Harbour.mustMove(State.MOVED, harbour.promote("alpha"));
    var one = TinyReleases.of("one");
    harbour.approve(one, harbour.grace);
    harbour.pass(Duration.ofHours(12));
    endKey("grace", harbour.now.minus(Duration.ofHours(11)));
    harbour.pass(Duration.ofHours(12));
    harbour.attest("health", "alpha", one, harbour.ci, Harbour.healthy("healthy"));
    harbour.approve(one, harbour.ada);

    Harbour.mustMove(State.MOVED, harbour.promote("stable"));
    assertThat(harbour.verify("stable").diagnostics().all()).isEmpty();
  }

  @Test
  void whoNamesAPolicyThatMainHadLeftIsDoubted() throws IOException {
    var before = harbour.remoteGit("rev-parse", "main");
    harbour.files.put("channels/alpha.yaml", STRICTER);
    mainAt(harbour.now.minus(Duration.ofHours(2)), "ask for a load test");
    promoteAsIfMainWereAt(before);

    assertThat(doubt("alpha")).contains("the policy of " + before);
  }

  @Test
  void whoPromotesWhileMainMovesOnIsNot() throws IOException {
    var before = harbour.remoteGit("rev-parse", "main");
    harbour.files.put("channels/alpha.yaml", STRICTER);
    mainAt(harbour.now.minusSeconds(30), "ask for a load test");
    promoteAsIfMainWereAt(before);

    assertThat(harbour.verify("alpha").diagnostics().all()).isEmpty();
  }

  /** Another key takes its place. */
  private void endKeyOfCi(Instant until) throws IOException {
    harbour.files.put(
        "channels/trust.yaml",
        ended("ci", until)
            + Harbour.key(
                "robot",
                harbour.stranger,
                "    promotes: [dev, alpha, stable]\n    attests: [conformance, health]\n"));
    harbour.main("end the key of ci");
  }

  private void endKey(String owner, Instant until) throws IOException {
    harbour.files.put("channels/trust.yaml", ended(owner, until));
    harbour.main("end the key of " + owner);
  }

  private String ended(String owner, Instant until) {
    return harbour
        .trust()
        .replaceFirst(
            "(?s)(owner: " + owner + ".*?from: [^\n]*\n)", "$1    until: " + until + "\n");
  }

  /** A commit on main of that date: those of git are of the real time. */
  private void mainAt(Instant time, String text) throws IOException {
    harbour.main(text);
    try (var forger = new Forger(harbour.remote)) {
      var made = forger.tip("main");
      forger.move(
          "main",
          forger.commit(made.getTree(), text, Optional.empty(), time, made.getParent(0).getId()));
    }
    GitCommand.git(harbour.clone, "fetch", "-q", "-f");
    GitCommand.git(harbour.clone, "reset", "-q", "--hard", "origin/main");
  }

  /** In a clone that did not see how main went on. */
  private void promoteAsIfMainWereAt(String commit) throws IOException {
    var main = harbour.remoteGit("rev-parse", "main");
    harbour.remoteGit("update-ref", "refs/heads/main", commit);
    var thief = Files.createDirectories(folder.resolve("thief")).resolve("clone");
    GitCommand.git(folder, "clone", "-q", harbour.remote.toString(), thief.toString());
    try (var repository = harbour.open(thief)) {
      Harbour.mustMove(
          State.MOVED,
          harbour.acts(repository, harbour.ci).promote("alpha", Optional.empty(), false));
    }
    harbour.remoteGit("update-ref", "refs/heads/main", main);
  }

  private void say(
      String channel, String kind, Digest release, Instant time, Result result, SigningKey key) {
    var details = JsonNodeFactory.instance.objectNode().put("group", "platform");
    var statement = new Statement(channel, release, kind, Optional.empty(), time, result, details);
    harbour.add(Addition.of(statement, key), key);
  }

  /** Of a chain that is sound. */
  private String doubt(String channel) throws IOException {
    var verified = harbour.verify(channel);
    assertThat(verified.value()).isPresent();
    assertThat(verified.diagnostics().all())
        .singleElement()
        .matches(found -> found.code() == Code.DOUBTED_MOVE);
    return verified.diagnostics().all().getFirst().message();
  }

  private static String refusal(Outcome<?> outcome) {
    assertThat(outcome.value()).isEmpty();
    return outcome.diagnostics().all().stream().map(Diagnostic::message).toList().toString();
  }

  private static String reasons(Outcome<ActReport> outcome) {
    var report = outcome.value().orElseThrow();
    assertThat(report.state()).isEqualTo(State.WAITING);
    return report.diagnostics().all().stream().map(Diagnostic::message).toList().toString();
  }
}
