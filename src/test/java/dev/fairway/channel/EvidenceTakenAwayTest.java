package dev.fairway.channel;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;
import static dev.fairway.channel.GitCommand.git;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.channel.ActReport.State;
import dev.fairway.channel.Statement.Result;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.release.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who can push, and has no key, takes away what stops a release: no act stands on such evidence.
 */
class EvidenceTakenAwayTest {
  @TempDir private Path folder;
  private Harbour harbour;
  private Release one;
  private String good;

  @BeforeEach
  void aFailureIsTakenAway() throws IOException {
    harbour = new Harbour(folder);
    harbour.inAlpha("zero");
    one = harbour.inDev("one");
    fails();
    harbour.pass(Duration.ofHours(24));
    waits();
    good = harbour.remoteGit("rev-parse", "evidence");
    try (var forger = new Forger(harbour.remote)) {
      push(forger, without(forger, "load-test"), Optional.empty());
    }
  }

  private void fails() {
    harbour.say("load-test", "dev", one.digest(), harbour.ci, instance.objectNode(), Result.failed);
  }

  private static ObjectId without(Forger forger, String kind) throws IOException {
    return forger.tree("evidence", forger.evidence(kind), Optional.empty(), FileMode.REGULAR_FILE);
  }

  private void push(Forger forger, ObjectId tree, Optional<SigningKey> key) throws IOException {
    var tip = forger.tip("evidence");
    forger.move(
        "evidence", forger.commit(tree, "nothing to see", key, Forger.time(tip), tip.getId()));
  }

  private void waits() {
    Harbour.mustMove(State.WAITING, harbour.promote("alpha"));
  }

  @Test
  void noActStandsOnIt() throws IOException {
    var before = harbour.remoteGit("for-each-ref");

    refused(harbour.promote("alpha"));
    refused(add("conformance"));
    refused(publish());
    try (var repository = harbour.open()) {
      var acts = harbour.acts(repository, harbour.ci);
      refused(acts.promote("alpha", Optional.empty(), true));
      harbour.pass(Duration.ofMinutes(1));
      refused(
          acts.rollback(
              "dev", TinyReleases.of("zero").digest().hex(), OverriddenGates.NONE, false));
    }
    assertThat(harbour.remoteGit("for-each-ref")).isEqualTo(before);
  }

  private Outcome<ActReport> publish() throws IOException {
    harbour.commit("two", false);
    git(harbour.clone, "push", "-q", "origin", "HEAD:main");
    var published = harbour.publish(TinyReleases.of("two"));
    git(harbour.clone, "push", "-q", "--force", "origin", "HEAD~1:main");
    git(harbour.clone, "reset", "-q", "--hard", "HEAD~1");
    return published;
  }

  private Outcome<EvidenceReport> add(String kind) {
    try (var repository = harbour.open()) {
      return new EvidenceActs(repository, InstantSource.fixed(harbour.now))
          .add(
              new EvidenceWish(
                  "alpha", Optional.empty(), kind, Result.passed, instance.objectNode()),
              harbour.ci,
              false);
    }
  }

  @Test
  void whatTheCloneFetchedMeanwhileIsNoProofOfAnything() throws IOException {
    refused(harbour.promote("alpha"));
    refused(harbour.promote("alpha"));
    git(harbour.clone, "fetch", "-q");
    refused(harbour.promote("alpha"));
    harbour.forget();
    refused(harbour.promote("alpha"));
  }

  /** As whoever reads a hundred looks at a fleet again and again would wait for it. */
  @Test
  void whatWasFoundGoodIsNotLookedAtAgainForThatChannel() throws IOException {
    assertThat(git(harbour.clone, "rev-parse", "refs/fairway/evidence/origin/alpha"))
        .isEqualTo(good);
    var bad = harbour.remoteGit("rev-parse", "evidence");
    git(harbour.clone, "fetch", "-q");
    git(harbour.clone, "update-ref", "refs/fairway/evidence/origin/stable", bad);
    git(harbour.clone, "update-ref", "refs/fairway/evidence/origin/alpha", good);
    refused(harbour.promote("alpha"));
    assertThat(git(harbour.clone, "rev-parse", "refs/fairway/evidence/origin/alpha"))
        .isEqualTo(good);
  }

  /** To the letter, and in a clone that only saw it. */
  @Test
  void theRemedyLetsPromotingGoOn() throws IOException {
    git(folder, "clone", "-q", harbour.remote.toString(), folder.resolve("other").toString());
    var remedy = refused(harbour.promote("alpha")).remedy();
    assertThat(remedy).contains(good);

    git(harbour.clone, words(remedy, "git (push --force [^;]+)"));
    waits();
    try (var repository = harbour.open(folder.resolve("other"))) {
      var acts = harbour.acts(repository, harbour.ci);
      assertThat(acts.promote("alpha", Optional.empty(), false).diagnostics().all())
          .extracting(Diagnostic::code)
          .containsExactly(Code.BRANCH_SET_BACK);
      git(folder.resolve("other"), words(remedy, "git (update-ref -d [^;]+)"));
      Harbour.mustMove(State.WAITING, acts.promote("alpha", Optional.empty(), false));
    }
    passes();
    Harbour.mustMove(State.MOVED, harbour.promote("alpha"));
    assertThat(harbour.verify("alpha").diagnostics().all()).isEmpty();
  }

  private void passes() {
    harbour.pass(Duration.ofMinutes(1));
    harbour.attest("load-test", "dev", one, harbour.ci);
  }

  /** As if it had just come: what is before it would not be looked at. */
  @Test
  void aMoveThatIsTakenAwayAndBroughtAgainDoesNotHideWhatWasBefore() throws IOException {
    git(harbour.clone, "push", "-q", "--force", "origin", good + "~1:refs/heads/evidence");
    harbour.main("two");
    var two = TinyReleases.of("two");
    Harbour.mustMove(State.PROPOSED, harbour.publish(two));
    harbour.attest("conformance", "dev", two, harbour.ci);
    harbour.pass(Duration.ofMinutes(1));
    harbour.say(
        "conformance", "dev", two.digest(), harbour.ci, instance.objectNode(), Result.failed);
    var failed = "dev/%1$.2s/%1$s.conformance.".formatted(two.digest().hex());
    var moved = "dev/%1$.2s/%1$s.promotion.".formatted(one.digest().hex());
    harbour.pass(Duration.ofMinutes(1));
    for (var key : new SigningKey[] {harbour.stranger, harbour.grace}) {
      var place = harbour.copy(Files.createTempDirectory(folder, "harbour"));
      try (var forger = new Forger(place.remote)) {
        var evidence = forger.tip("evidence").getId();
        var statement = path(place, "evidence", moved);
        var text = forger.text("evidence", statement);
        push(forger, withoutFile(forger, statement), Optional.of(key));
        // Of the two the last one.
        push(forger, withoutFile(forger, added(place, evidence.name(), failed)), Optional.of(key));
        push(
            forger,
            forger.tree("evidence", statement, Optional.of(text), FileMode.REGULAR_FILE),
            Optional.of(key));
      }
      refused(place.promote("dev"));
    }
  }

  private static ObjectId withoutFile(Forger forger, String path) throws IOException {
    return forger.tree("evidence", path, Optional.empty(), FileMode.REGULAR_FILE);
  }

  private static String path(Harbour harbour, String commit, String begin) throws IOException {
    return first(harbour.remoteGit("ls-tree", "-r", "--name-only", commit), begin);
  }

  /** By the very commit. */
  private static String added(Harbour harbour, String commit, String begin) throws IOException {
    return first(harbour.remoteGit("diff", "--name-only", commit + "~1", commit), begin);
  }

  private static String first(String paths, String begin) {
    return paths.lines().filter(path -> path.startsWith(begin)).findFirst().orElseThrow();
  }

  @Test
  void ofAChannelThatHasNothingAllOfItIsLookedAt() throws IOException {
    harbour.forget();
    git(harbour.clone, "push", "-q", "--force", "origin", good + ":refs/heads/evidence");
    passes();
    Harbour.mustMove(State.MOVED, harbour.promote("alpha"));
    try (var forger = new Forger(harbour.remote)) {
      push(forger, without(forger, "conformance"), Optional.empty());
    }
    harbour.pass(Duration.ofHours(24));
    harbour.readyForStable(one);

    refused(harbour.promote("stable"));
  }

  @Test
  void whereTheFirstCommitIsABadOneTheBranchIsMadeAnew() throws IOException {
    var other = new Harbour(Files.createDirectory(folder.resolve("new")));
    other.main("one");
    Harbour.mustMove(State.PROPOSED, other.publish(TinyReleases.of("one")));
    try (var forger = new Forger(other.remote)) {
      var main = forger.tip("main").getTree();
      forger.move("evidence", forger.commit(main, "hi", Optional.empty(), other.now));
    }
    var remedy = refused(other.promote("dev")).remedy();

    git(other.clone, words(remedy, "git (push --delete [^;]+)"));
    Harbour.mustMove(State.WAITING, other.promote("dev"));
  }

  @Test
  void aKeyThatWasTakenOutOfTrustIsPutBack() throws IOException {
    git(harbour.clone, "push", "-q", "--force", "origin", good + ":refs/heads/evidence");
    var trust =
        harbour.trust() + Harbour.key("linus", harbour.stranger, "    attests: [upgrade]\n");
    harbour.files.put("channels/trust.yaml", trust);
    harbour.main("linus comes");
    harbour.attest("upgrade", "alpha", one, harbour.stranger);
    harbour.files.put("channels/trust.yaml", harbour.trust());
    harbour.main("linus left");

    assertThat(verified().diagnostics().all())
        .filteredOn(said -> said.code() == Code.UNSIGNED_EVIDENCE)
        .singleElement()
        .satisfies(said -> {
          assertThat(said.message()).contains("trust.yaml does not know its key");
          assertThat(said.remedy()).contains("put it back with an until; else ");
        });
    harbour.files.put("channels/trust.yaml", trust + "    until: " + harbour.now + "\n");
    harbour.main("linus left, in good order");
    assertThat(verified().value()).isPresent();
  }

  private Outcome<?> verified() {
    try (var repository = harbour.open()) {
      return new EvidenceActs(repository, () -> harbour.now).verify(false);
    }
  }

  private static Diagnostic refused(Outcome<?> outcome) {
    assertThat(outcome.value()).isEmpty();
    var said = outcome.diagnostics().all().getFirst();
    assertThat(said.code())
        .as(said.message())
        .isIn(Code.REWRITTEN_EVIDENCE, Code.UNSIGNED_EVIDENCE);
    return said;
  }

  private static String[] words(String remedy, String pattern) {
    var found = Pattern.compile(pattern).matcher(remedy);
    assertThat(found.find()).as(remedy).isTrue();
    return found.group(1).split(" ", -1);
  }
}
