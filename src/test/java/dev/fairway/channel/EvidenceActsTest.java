package dev.fairway.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.channel.EvidenceActs.State;
import dev.fairway.channel.Statement.Result;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Digest;
import dev.fairway.release.CanonicalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Adding evidence to a real remote, and reading it. */
class EvidenceActsTest {
  @TempDir private Path folder;

  private Harbour harbour;

  @BeforeEach
  void harbour() throws IOException {
    harbour = new Harbour(folder);
  }

  private static ObjectNode nothing() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static EvidenceWish wish(String channel, String kind) {
    return new EvidenceWish(channel, Optional.empty(), kind, Result.passed, nothing());
  }

  private static EvidenceWish about(String release, String channel, String kind) {
    return new EvidenceWish(channel, Optional.of(release), kind, Result.passed, nothing());
  }

  private Outcome<EvidenceReport> add(EvidenceWish wish, SigningKey key) {
    return add(harbour.clone, wish, key, false);
  }

  private Outcome<EvidenceReport> add(Path clone, EvidenceWish wish, SigningKey key, boolean plan) {
    try (var repository = harbour.open(clone)) {
      return acts(repository).add(wish, key, plan);
    }
  }

  private EvidenceActs acts(ChannelRepository repository) {
    return new EvidenceActs(repository, InstantSource.fixed(harbour.now));
  }

  private static EvidenceReport done(Outcome<EvidenceReport> outcome) {
    return outcome.value().orElseThrow(() -> new AssertionError(outcome.diagnostics().toString()));
  }

  private static void assertRefused(Outcome<?> outcome, Code code, String why) {
    assertThat(outcome.diagnostics().all())
        .singleElement()
        .satisfies(diagnostic -> {
          assertThat(diagnostic.code()).isEqualTo(code);
          assertThat(diagnostic.message()).startsWith(why);
        });
  }

  private String evidence() throws IOException {
    return harbour.remoteGit("for-each-ref", "--format=%(objectname)", "refs/heads/evidence");
  }

  private List<String> files() throws IOException {
    return harbour
        .remoteGit("ls-tree", "-r", "--name-only", "evidence")
        .lines()
        .filter(line -> !line.contains(".promotion."))
        .toList();
  }

  @Test
  void evidenceIsAboutWhatTheChannelWouldTakeAndHealthAboutWhatItHas() throws IOException {
    harbour.main("one");
    var first = TinyReleases.of("one");
    harbour.publish(first);
    assertThat(done(add(wish("dev", "conformance"), harbour.ci)).path().release())
        .as("what is published")
        .isEqualTo(first.digest());
    Harbour.mustMove(ActReport.State.MOVED, harbour.promote("dev"));

    var approval = EvidenceWish.approval("alpha", Optional.empty(), "platform");
    assertThat(done(add(approval, harbour.ada)).path())
        .satisfies(path -> {
          assertThat(path.channel()).isEqualTo("alpha");
          assertThat(path.release()).as("what dev has").isEqualTo(first.digest());
        });
    var health =
        new EvidenceWish("dev", Optional.empty(), "health", Result.passed, Harbour.healthy("well"));
    assertThat(done(add(health, harbour.ci)).path().release()).isEqualTo(first.digest());
    assertThat(files()).hasSize(3);
  }

  /** Rounds take time, and what the others added meanwhile is not of the future. */
  @Test
  void whoLosesARaceForMinutesAddsItAgain() throws IOException {
    var one = harbour.inDev("one");
    var said = harbour.now;
    var others = new ArrayList<>(List.of("others"));
    harbour.pace =
        step -> {
          if (step == Pace.Step.WRITE_EVIDENCE && others.removeIf(_ -> true)) {
            harbour.pass(Duration.ofMinutes(2));
            harbour.attest("load-test", "alpha", one, harbour.ci);
          }
        };

    try (var repository = harbour.open()) {
      var added =
          new EvidenceActs(repository, () -> harbour.now)
              .add(wish("alpha", "conformance"), harbour.ci, false);
      assertThat(done(added).statement().time())
          .as("what was said in the first round")
          .isEqualTo(said);
    }
    assertThat(files()).hasSize(3);
  }

  @Test
  void whoAcknowledgesALossAgreesToWhatTheChannelLosesNowAndToNothingElse() throws IOException {
    var had = harbour.inStable("one");
    var next = harbour.inAlpha("two");
    harbour.pass(Duration.ofHours(24));
    harbour.readyForStable(next);
    harbour.losses = new Losses(Optional.of(had.digest()), 3, 1);
    var details = nothing().put("deleted", 3).put("replaced", 1).put("reason", "it was unused");

    done(
        add(
            new EvidenceWish("stable", Optional.empty(), "acknowledgement", Result.passed, details),
            harbour.ada));

    var file = files().stream().filter(it -> it.contains(".acknowledgement.")).findFirst();
    assertThat(statement(file.orElseThrow()).path("predicate").path("from").asText())
        .isEqualTo(had.digest().hex());
    Harbour.mustMove(ActReport.State.MOVED, harbour.promote("stable"));
    try (var repository = harbour.open()) {
      var clock = InstantSource.fixed(harbour.now);
      assertThat(new Overview(repository, true, clock, (_, _) -> harbour.losses).verify("stable"))
          .satisfies(outcome -> assertThat(outcome.diagnostics().all()).isEmpty());
    }
  }

  private JsonNode statement(String file) throws IOException {
    var envelope = CanonicalJson.TREES.readTree(harbour.remoteGit("show", "evidence:" + file));
    return CanonicalJson.TREES.readTree(
        Base64.getDecoder().decode(envelope.path("payload").asText()));
  }

  @Test
  void aReleaseCanBeNamedByTheBeginningOfItsDigest() throws IOException {
    var release = harbour.inDev("one").digest();
    var whole = Digest.of("one that nobody has any more").hex();

    var begun = about(release.hex().substring(0, 7), "alpha", "conformance");
    assertThat(done(add(begun, harbour.ci)).path().release()).isEqualTo(release);
    var old = about(whole, "alpha", "conformance");
    assertThat(done(add(old, harbour.ci)).path().release().hex()).isEqualTo(whole);
    var unknown = about("0123456", "alpha", "conformance");
    assertRefused(add(unknown, harbour.ci), Code.NO_CANDIDATE, "there is no release 0123456");
  }

  @Test
  void withoutAReleaseThereIsNothingToSay() throws IOException {
    assertRefused(
        add(wish("dev", "conformance"), harbour.ci),
        Code.NO_CANDIDATE,
        "there is no release that is published");
    assertRefused(
        add(wish("alpha", "conformance"), harbour.ci),
        Code.NO_CANDIDATE,
        "there is no release that dev has");
    assertRefused(
        add(wish("aplha", "conformance"), harbour.ci), Code.NO_CHANNEL, "aplha is no channel");
    for (var text : List.of("one", "two")) {
      harbour.main(text);
      harbour.publish(TinyReleases.of(text));
    }
    assertRefused(
        add(wish("dev", "conformance"), harbour.ci),
        Code.NO_CANDIDATE,
        "the release that is published may be any of [");
    assertThat(evidence()).isEmpty();
  }

  @Test
  void whatWouldNotCountIsNotWritten() throws IOException {
    harbour.inDev("one");
    var before = evidence();

    assertRefused(
        add(wish("alpha", "conformance"), harbour.grace),
        Code.UNTRUSTED_KEY,
        "it would not count: grace may not attest conformance");
    assertRefused(
        add(wish("alpha", "conformance"), harbour.stranger),
        Code.UNTRUSTED_KEY,
        "it would not count: trust.yaml does not know its key, " + harbour.stranger.fingerprint());
    assertRefused(
        add(EvidenceWish.approval("alpha", Optional.empty(), "platform"), harbour.ci),
        Code.UNTRUSTED_KEY,
        "it would not count: ci is not of the group platform");
    assertRefused(
        add(wish("alpha", "acknowledgement"), harbour.ada),
        Code.WRONG_PREDICATE,
        "this can't be said: the predicate of its kind, acknowledgement, needs deleted");
    assertRefused(
        add(wish("alpha", "promotion"), harbour.ci),
        Code.WRONG_PREDICATE,
        "this can't be said: it names no commit");
    assertRefused(
        add(wish("alpha", "Load Test"), harbour.ci),
        Code.WRONG_PREDICATE,
        "this can't be said: 'Load Test' is no kind");
    var timed =
        new EvidenceWish(
            "alpha", Optional.empty(), "conformance", Result.passed, nothing().put("time", "now"));
    assertRefused(
        add(timed, harbour.ci), Code.WRONG_PREDICATE, "this can't be said: it has a time");
    assertThat(evidence()).isEqualTo(before);
  }

  @Test
  void aPlanSaysWhatItWouldAddAndChangesNothing() throws IOException {
    harbour.inDev("one");
    var before = evidence();
    var objects = objects();

    var planned = done(add(harbour.clone, wish("alpha", "conformance"), harbour.ci, true));

    assertThat(planned.plan()).isTrue();
    assertThat(evidence()).isEqualTo(before);
    assertThat(objects()).isEqualTo(objects);
    assertThat(done(add(wish("alpha", "conformance"), harbour.ci)).path())
        .isEqualTo(planned.path());
  }

  private long objects() throws IOException {
    try (var files = Files.walk(harbour.clone.resolve(".git/objects"))) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  @Test
  void theSameIsNothingToDoAndLaterItIsSaidAgain() throws IOException {
    harbour.inDev("one");

    assertThat(done(add(wish("alpha", "conformance"), harbour.ci)).state()).isEqualTo(State.ADDED);
    var tip = evidence();
    assertThat(done(add(wish("alpha", "conformance"), harbour.ci)).state())
        .isEqualTo(State.NOTHING_TO_DO);
    assertThat(evidence()).isEqualTo(tip);
    harbour.pass(Duration.ofSeconds(1));
    assertThat(done(add(wish("alpha", "conformance"), harbour.ci)).state()).isEqualTo(State.ADDED);
  }

  /** Of two clones, so that they share nothing but the remote. */
  @Test
  void whoeverAddsAtTheSameTimeSucceeds() throws Exception {
    harbour.inDev("one");
    var other = folder.resolve("other");
    GitCommand.git(folder, "clone", "-q", harbour.remote.toString(), other.toString());
    var before = files().size();
    var running = new ArrayList<Future<State>>();
    try (var threads = Executors.newFixedThreadPool(6)) {
      for (var i = 0; i < 24; i++) {
        var clone = i % 2 == 0 ? harbour.clone : other;
        var release = Digest.of("release " + i).hex();
        running.add(
            threads.submit(() ->
                done(add(clone, about(release, "alpha", "conformance"), harbour.ci, false))
                    .state()));
      }
      for (var run : running) {
        assertThat(run.get()).isEqualTo(State.ADDED);
      }
    }
    assertThat(files()).hasSize(before + running.size());
    assertThat(verified().value()).isPresent();
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @ParameterizedTest
  @EnumSource(names = {"FETCH", "WRITE_EVIDENCE", "PUSH", "PUSHED"})
  void killedAtAnyStepItIsFinishedByRunningItAgain(Pace.Step step) throws IOException {
    harbour.inDev("one");
    var before = files().size();
    harbour.pace =
        at -> {
          if (at == step) {
            throw new Killed();
          }
        };
    assertThatThrownBy(() -> add(wish("alpha", "conformance"), harbour.ci))
        .isInstanceOf(Killed.class);
    harbour.pace = Pace.STEADY;

    var again = done(add(wish("alpha", "conformance"), harbour.ci));

    assertThat(again.state())
        .isEqualTo(step == Pace.Step.PUSHED ? State.NOTHING_TO_DO : State.ADDED);
    assertThat(files()).hasSize(before + 1);
    assertThat(verified().value()).isPresent();
  }

  private Outcome<EvidenceActs.Intact> verified() {
    try (var repository = harbour.open()) {
      return acts(repository).verify(false);
    }
  }

  private List<Evidence> listed(Optional<String> channel, Optional<String> release) {
    try (var repository = harbour.open()) {
      return acts(repository).list(channel, release, false).value().orElseThrow();
    }
  }

  @Test
  void listingFindsByChannelAndRelease() throws IOException {
    var release = harbour.inAlpha("one").digest();

    assertThat(listed(Optional.empty(), Optional.empty()))
        .hasSize(3)
        .allMatch(Evidence.Counted.class::isInstance);
    assertThat(listed(Optional.of("alpha"), Optional.empty())).hasSize(1);
    assertThat(listed(Optional.empty(), Optional.of(release.hex().substring(0, 9)))).hasSize(3);
    assertThat(listed(Optional.of("dev"), Optional.of("0000000"))).isEmpty();
  }

  @Test
  void theWholeBranchIsVerifiedAndWhatDoesNotCountIsAWarning() throws IOException {
    var release = harbour.inDev("one");
    assertThat(verified().value())
        .hasValueSatisfying(verified -> {
          assertThat(verified.statements()).isEqualTo(2);
          assertThat(verified.counting()).isEqualTo(2);
          assertThat(verified.tip()).isEqualTo(uncheckedEvidence());
        });

    harbour.attest("load-test", "alpha", release, harbour.grace);

    assertThat(verified().value())
        .hasValueSatisfying(verified -> {
          assertThat(verified.statements()).isEqualTo(3);
          assertThat(verified.counting()).isEqualTo(2);
        });
    assertThat(verified().diagnostics().all())
        .singleElement()
        .satisfies(warning -> {
          assertThat(warning.code()).isEqualTo(Code.DISCOUNTED_EVIDENCE);
          assertThat(warning.message()).endsWith(" by grace: grace may not attest load-test");
        });
  }

  private String uncheckedEvidence() {
    try {
      return evidence();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aBranchThatSomebodyElseTouchedIsNotVerified() throws IOException {
    harbour.inDev("one");
    var tree = harbour.remoteGit("rev-parse", "evidence^{tree}");
    var commit = harbour.remoteGit("commit-tree", tree, "-p", "evidence", "-m", "Nothing");
    harbour.remoteGit("update-ref", "refs/heads/evidence", commit);

    assertRefused(
        verified(), Code.UNSIGNED_EVIDENCE, "the commit " + commit + ": it is not signed");
  }

  @Test
  void withoutABranchThereIsNothingToVerify() {
    assertThat(verified().diagnostics().all())
        .extracting(Diagnostic::code)
        .containsExactly(Code.NO_BRANCH);
    assertThat(listed(Optional.empty(), Optional.empty())).isEmpty();
  }

  /** A clone without its remote still says what it knows. */
  @Test
  void offlineTheCloneIsAsked() throws IOException {
    harbour.inDev("one");
    Files.move(harbour.remote, folder.resolve("gone"));

    try (var repository = harbour.open()) {
      assertThat(acts(repository).verify(true).value()).isPresent();
      assertThat(acts(repository).list(Optional.empty(), Optional.empty(), true).value())
          .hasValueSatisfying(found -> assertThat(found).hasSize(2));
      assertRefused(acts(repository).verify(false), Code.REMOTE_UNREACHABLE, "the remote origin");
    }
  }
}
