package dev.fairway.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.channel.ActReport.State;
import dev.fairway.channel.EvidenceBranch.Addition;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What came before what, where several words are about one commit, clocks differ, or a mover writes
 * the time or the policy that suits them.
 */
class OrderOfWordsTest {
  @TempDir private Path folder;
  private Harbour harbour;

  @BeforeEach
  void arrive() throws IOException {
    harbour = new Harbour(folder);
  }

  @Test
  void aSecondWordAboutTheParentHidesNothingThatWasBetween() throws IOException {
    harbour.inAlpha("one");
    var parent = harbour.statement("alpha");
    harbour.inDev("two");
    harbour.pass(Duration.ofHours(24));
    var evidence = harbour.remoteGit("rev-parse", "evidence");
    Harbour.mustMove(State.MOVED, harbour.promote("alpha"));
    var lost = harbour.remoteGit("rev-parse", "alpha");
    var toldOfLost = harbour.remoteGit("rev-parse", "evidence");
    harbour.remoteGit("update-ref", "refs/heads/alpha", "alpha~1");
    harbour.remoteGit("update-ref", "refs/heads/evidence", evidence);
    harbour.forget();
    harbour.pass(Duration.ofMinutes(2));
    Harbour.mustMove(State.MOVED, harbour.promote("alpha"));
    var second = harbour.statement("alpha");
    harbour.remoteGit("update-ref", "refs/heads/evidence", toldOfLost);
    harbour.forget();
    say(dated(parent, harbour.now.minusSeconds(30)));
    say(second);

    assertThat(problems("alpha")).contains("the channel had moved to " + lost);
  }

  @Test
  void theWordByWhichAChannelMovedIsTheFirstWhateverTimeALaterOneNames() throws IOException {
    harbour.main("one");
    var one = TinyReleases.of("one");
    Harbour.mustMove(State.PROPOSED, harbour.publish(one));
    harbour.pass(Duration.ofHours(1));
    harbour.attest("conformance", "dev", one, harbour.ci);
    Harbour.mustMove(State.MOVED, harbour.promote("dev"));
    var first = harbour.statement("dev");
    var silent = first.details();
    silent.putArray("evidence");
    say(with(first, first.moved().orElseThrow(), first.time().minusSeconds(1), silent));

    assertThat(problems("dev")).isEqualTo("[]");
    assertThat(harbour.statement("dev").time()).isEqualTo(first.time());
  }

  @Test
  void aMoveIsNotDatedAheadToHaveSoaked() throws IOException {
    harbour.inDev("one");
    var entered = harbour.now;
    var evidence = harbour.remoteGit("rev-parse", "evidence");
    harbour.pass(Duration.ofHours(24));
    Harbour.mustMove(State.MOVED, harbour.promote("alpha"));
    var ahead = harbour.statement("alpha");
    harbour.remoteGit("update-ref", "refs/heads/evidence", evidence);
    harbour.forget();
    harbour.now = entered.plus(Duration.ofHours(1));
    say(ahead);

    harbour.now = ahead.time().plus(Duration.ofHours(1));
    assertThat(problems("alpha"))
        .contains("it is said to have entered at " + ahead.time() + ", which was still to come");
  }

  @Test
  void aPromotionThatFailedMovesNothing() throws IOException {
    harbour.inDev("one");
    var evidence = harbour.remoteGit("rev-parse", "evidence");
    harbour.pass(Duration.ofHours(24));
    Harbour.mustMove(State.MOVED, harbour.promote("alpha"));
    var said = harbour.statement("alpha");
    harbour.remoteGit("update-ref", "refs/heads/evidence", evidence);
    harbour.forget();
    say(
        new Statement(
            said.channel(),
            said.release(),
            said.kind(),
            said.moved(),
            said.time(),
            Statement.Result.failed,
            said.details()));

    assertThat(problems("alpha"))
        .contains("no promotion statement that counts", "a promotion that failed moved nothing");
  }

  @Test
  void aMoveIsNotDatedBackToBeforeAFreeze() throws IOException {
    harbour.files.put(
        "channels/alpha.yaml",
        Harbour.ALPHA
            + "freezes:\n  - reason: nobody is there\n    time_zone: UTC\n"
            + "    start: 2026-03-04T00:00\n    duration: 58h\n");
    var one = harbour.inDev("one");
    var evidence = harbour.remoteGit("rev-parse", "evidence");
    harbour.pass(Duration.ofHours(24));
    Harbour.mustMove(State.MOVED, harbour.promote("alpha"));
    var before = harbour.statement("alpha");
    harbour.remoteGit("update-ref", "refs/heads/evidence", evidence);
    harbour.forget();
    harbour.pass(Duration.ofHours(26));
    harbour.attest("load-test", "dev", one, harbour.ci);
    say(before);

    assertThat(problems("alpha"))
        .contains(
            "it is said to have entered at " + before.time(),
            "evidence was added to before that at " + harbour.now);
    assertThat(all(harbour.promote("stable"))).contains("evidence was added to before that");
  }

  @Test
  void aRollbackIsNotDatedBackToHaveSoaked() throws IOException {
    var one = harbour.inDev("one");
    harbour.pass(Duration.ofMinutes(5));
    harbour.inDev("two");
    harbour.pass(Duration.ofMinutes(5));
    var evidence = harbour.remoteGit("rev-parse", "evidence");
    try (var repository = harbour.open()) {
      Harbour.mustMove(
          State.MOVED,
          harbour
              .acts(repository, harbour.ci)
              .rollback("dev", one.digest().hex(), OverriddenGates.NONE, false));
    }
    var before = harbour.statement("dev");
    harbour.remoteGit("update-ref", "refs/heads/evidence", evidence);
    harbour.forget();
    harbour.pass(Duration.ofDays(10));
    harbour.attest("load-test", "dev", one, harbour.ci);
    say(before);

    assertThat(all(harbour.promote("alpha"))).contains("evidence was added to before that");
  }

  /** A commit of an earlier date would let a move be dated back to it. */
  @Test
  void datesOfEvidenceGoOnlyForward() throws IOException {
    var one = harbour.inDev("one");
    var now = harbour.now;
    harbour.pass(Duration.ofHours(24));
    harbour.attest("load-test", "dev", one, harbour.ci);
    var ahead = harbour.now;
    harbour.now = now.plus(Duration.ofHours(1));
    harbour.attest("load-test", "alpha", one, harbour.ci);

    assertThat(problems("dev"))
        .contains("evidence was added to by ci at " + ahead, "which follows, at " + harbour.now);

    // The first one was dated ahead: its key is ended, and is no more in the way.
    harbour.files.put(
        "channels/trust.yaml",
        harbour
            .trust()
            .replaceFirst(
                "(?s)(owner: ci.*?from: [^\n]*\n)", "$1    until: " + harbour.now + "\n"));
    harbour.main("end the key");
    assertThat(problems("dev")).isEqualTo("[]");
  }

  @Test
  void aClockThatIsBehindAnotherDatesNothingBack() throws IOException {
    harbour.inDev("one");
    harbour.now = harbour.now.minusSeconds(40);
    harbour.attest("load-test", "dev", TinyReleases.of("one"), harbour.ci);

    var dates = harbour.remoteGit("log", "--format=%ct", "evidence").lines().map(Long::valueOf);
    assertThat(dates.toList()).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(problems("dev")).isEqualTo("[]");
  }

  /** Else a slip of a clock, or a malice, would stop a release for good. */
  @Test
  void whatFailsInAFarFutureIsLiftedByWhatPassesLater() throws IOException {
    var one = harbour.inDev("one");
    harbour.pass(Duration.ofHours(24));
    say(
        new Statement(
            "dev",
            one.digest(),
            "load-test",
            Optional.empty(),
            Instant.parse("+1000000000-12-31T23:59:59Z"),
            Statement.Result.failed,
            JsonNodeFactory.instance.objectNode()));
    Harbour.mustMove(State.WAITING, harbour.promote("alpha"));

    harbour.pass(Duration.ofMinutes(5));
    harbour.attest("load-test", "dev", one, harbour.ci);
    Harbour.mustMove(State.MOVED, harbour.promote("alpha"));
    assertThat(problems("alpha")).isEqualTo("[]");
  }

  @Test
  void nothingIsAddedToEvidenceOfATimeThatIsStillToComeBeforeItsKeyIsEnded() throws IOException {
    var one = harbour.inDev("one");
    harbour.pass(Duration.ofHours(24));
    var now = harbour.now;
    harbour.pass(Duration.ofHours(2));
    harbour.attest("load-test", "dev", one, harbour.ci);
    harbour.now = now;

    assertThat(all(harbour.promote("alpha"))).contains("still to come", "by ci");

    harbour.files.put(
        "channels/trust.yaml",
        harbour
                .trust()
                .replaceFirst("(?s)(owner: ci.*?from: [^\n]*\n)", "$1    until: " + now + "\n")
            + Harbour.key("ci", harbour.stranger, "    promotes: [dev, alpha]\n"));
    harbour.main("a new key");
    Harbour.mustMove(State.MOVED, harbour.promote("alpha", harbour.stranger));
  }

  @Test
  void noPolicyIsTakenThatIsOlderThanTheUpstreams() throws IOException {
    var old = harbour.main("old");
    harbour.files.put("channels/alpha.yaml", Harbour.ALPHA + "  evidence: [load-test]\n");
    harbour.inDev("one");
    harbour.files.put("channels/alpha.yaml", Harbour.ALPHA);
    harbour.main("as it was");
    harbour.pass(Duration.ofHours(24));
    var evidence = harbour.remoteGit("rev-parse", "evidence");
    Harbour.mustMove(State.MOVED, harbour.promote("alpha"));
    var said = harbour.statement("alpha");
    try (var forger = new Forger(harbour.remote)) {
      forger.replaceTip(
          "alpha",
          text -> text.replaceAll("(Policy-Commit: )[0-9a-f]{40}", "$1" + old),
          forger.tip("alpha").getTree(),
          Optional.of(harbour.ci));
    }
    harbour.remoteGit("update-ref", "refs/heads/evidence", evidence);
    harbour.forget();
    var moved = new Statement.Moved("alpha", harbour.remoteGit("rev-parse", "alpha"));
    say(with(said, moved, said.time(), said.details().put("policy", old)));

    assertThat(problems("alpha"))
        .contains("it is judged by the policy of " + old, "that of the one that it comes from");
  }

  @Test
  void aMachineWhoseClockIsBehindAnotherBreaksNoChain() throws IOException {
    harbour.inDev("one");
    harbour.now = harbour.now.minusSeconds(40);
    harbour.inDev("two");

    assertThat(problems("dev")).isEqualTo("[]");
  }

  private void say(Statement statement) {
    harbour.add(Addition.of(statement, harbour.ci), harbour.ci);
  }

  private static Statement dated(Statement said, Instant time) {
    return with(said, said.moved().orElseThrow(), time, said.details());
  }

  private static Statement with(
      Statement said, Statement.Moved moved, Instant time, ObjectNode details) {
    return new Statement(
        said.channel(),
        said.release(),
        said.kind(),
        Optional.of(moved),
        time,
        said.result(),
        details);
  }

  private String problems(String channel) throws IOException {
    return all(harbour.verify(channel));
  }

  private static String all(Outcome<?> outcome) {
    return outcome.diagnostics().all().stream().map(Diagnostic::message).toList().toString();
  }
}
