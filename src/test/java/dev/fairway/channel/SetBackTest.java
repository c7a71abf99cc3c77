package dev.fairway.channel;

import static dev.fairway.channel.GitCommand.git;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.channel.ActReport.State;
import dev.fairway.channel.EvidenceBranch.Addition;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Branches that only ever go forward, and somebody who sets them back or gives them other names.
 */
class SetBackTest {
  @TempDir private Path folder;
  private Harbour harbour;

  @BeforeEach
  void twoInDev() throws IOException {
    harbour = new Harbour(folder);
    harbour.inAlpha("one");
    harbour.pass(Duration.ofHours(1));
    harbour.inDev("two");
    harbour.pass(Duration.ofHours(24));
  }

  @Test
  void aCloneRefusesWhatLacksWhatItSaw() throws IOException {
    for (var branch : new String[] {"dev", "evidence"}) {
      var saw = harbour.remoteGit("rev-parse", branch);
      harbour.remoteGit("update-ref", "refs/heads/" + branch, branch + "~1");
      var remembered = git(harbour.clone, "for-each-ref");

      assertThat(refused(harbour.promote("alpha")).message())
          .contains(branch, harbour.remoteGit("rev-parse", branch), saw);
      assertThat(git(harbour.clone, "for-each-ref")).isEqualTo(remembered);
      harbour.remoteGit("update-ref", "refs/heads/" + branch, saw);
    }
    Harbour.mustMove(State.MOVED, harbour.promote("alpha"));
  }

  @Test
  void aCloneRefusesThatWhatItSawIsGone() throws IOException {
    harbour.remoteGit("update-ref", "-d", "refs/heads/alpha");

    assertThat(refused(harbour.promote("alpha")).message()).contains("alpha is gone from origin");
  }

  /** Each remedy is followed to the letter. */
  @Test
  void aForeignCommitThatIsTakenBackIsForgotten() throws IOException {
    var sound = harbour.remoteGit("rev-parse", "alpha");
    foreign("Quick fix\n", Optional.empty());
    var unsound = harbour.promote("alpha").diagnostics().all().getFirst();
    assertThat(unsound.remedy()).contains("is told how to forget it");

    harbour.remoteGit("update-ref", "refs/heads/alpha", sound);
    git(harbour.clone, words(refused(harbour.promote("alpha")).remedy(), "update-ref -d [^ ;]+"));
    Harbour.mustMove(State.MOVED, harbour.promote("alpha"));
  }

  @Test
  void anUnsoundMoveThatWasStatedIsTakenBackByEndingItsKey() throws IOException {
    var sound = harbour.remoteGit("rev-parse", "alpha");
    var said = harbour.statement("alpha");
    harbour.pass(Duration.ofMinutes(1));
    try (var forger = new Forger(harbour.remote)) {
      foreign(forger.tip("alpha").getFullMessage(), Optional.of(harbour.ci));
    }
    harbour.add(
        Addition.of(
            new Statement(
                said.channel(),
                said.release(),
                said.kind(),
                Optional.of(new Statement.Moved("alpha", harbour.remoteGit("rev-parse", "alpha"))),
                harbour.now,
                said.result(),
                said.details()),
            harbour.ci),
        harbour.ci);
    assertThat(harbour.promote("alpha").diagnostics().all().getFirst().code())
        .isEqualTo(Code.BROKEN_CHAIN);

    harbour.remoteGit("update-ref", "refs/heads/alpha", sound);
    git(harbour.clone, "fetch", "-q");
    var until = words(refused(harbour.promote("alpha")).remedy(), "until: [^ ;]+");
    harbour.files.put(
        "channels/trust.yaml",
        harbour
                .trust()
                .replaceFirst(
                    "(?s)(owner: ci.*?from: [^\n]*\n)", "$1    " + String.join(" ", until) + "\n")
            + Harbour.key("ci", harbour.stranger, "    promotes: [dev, alpha]\n"));
    harbour.main("a new key");
    Harbour.mustMove(State.MOVED, harbour.promote("alpha", harbour.stranger));
    assertThat(harbour.verify("alpha").diagnostics().all()).isEmpty();
  }

  private void foreign(String message, Optional<SigningKey> key) throws IOException {
    try (var forger = new Forger(harbour.remote)) {
      var tip = forger.tip("alpha");
      forger.move("alpha", forger.commit(tip.getTree(), message, key, harbour.now, tip));
    }
  }

  private static String[] words(String remedy, String pattern) {
    var found = Pattern.compile(pattern).matcher(remedy);
    assertThat(found.find()).as(remedy).isTrue();
    return found.group().split(" ", -1);
  }

  @Test
  void aNewCloneRefusesATipThatEvidenceHasMovedOnFrom() throws IOException {
    var two = harbour.remoteGit("rev-parse", "dev");
    harbour.remoteGit("update-ref", "refs/heads/dev", "dev~1");
    harbour.forget();

    for (var channel : new String[] {"alpha", "dev"}) {
      var said = refused(harbour.promote(channel));
      assertThat(said.message()).contains("evidence says that ci moved it to " + two);
      assertThat(said.remedy()).contains(two + ":refs/heads/dev");
    }
    assertThat(refused(harbour.verify("dev")).message()).contains(two);

    harbour.remoteGit("update-ref", "refs/heads/dev", two);
    Harbour.mustMove(State.MOVED, harbour.promote("alpha"));
    assertThat(harbour.verify("dev").value()).isPresent();
  }

  @Test
  void aNewCloneRefusesAChannelThatHadSomethingAndHasNothing() throws IOException {
    harbour.remoteGit("update-ref", "-d", "refs/heads/alpha");
    harbour.forget();

    assertThat(refused(harbour.promote("alpha")).message()).contains("alpha is at nothing");
  }

  @Test
  void aChannelThatWasSetBackAndWentElsewhereIsNotSound() throws IOException {
    var evidence = harbour.remoteGit("rev-parse", "evidence");
    Harbour.mustMove(State.MOVED, harbour.promote("alpha"));
    var lost = harbour.remoteGit("rev-parse", "alpha");
    // Made again as if it had not been, and then said after it.
    harbour.remoteGit("update-ref", "refs/heads/alpha", "alpha~1");
    var said = harbour.remoteGit("rev-parse", "evidence");
    harbour.remoteGit("update-ref", "refs/heads/evidence", evidence);
    harbour.forget();
    harbour.pass(Duration.ofMinutes(1));
    Harbour.mustMove(State.MOVED, harbour.promote("alpha"));
    var second = harbour.statement("alpha");
    harbour.remoteGit("update-ref", "refs/heads/evidence", said);
    harbour.forget();
    harbour.add(Addition.of(second, harbour.ci), harbour.ci);

    assertThat(harbour.verify("alpha").diagnostics().all())
        .extracting(Diagnostic::message)
        .anyMatch(message -> message.contains(lost));
  }

  @Test
  void aChannelMayBeGivenAnotherBranchThatHasWhatItHad() throws IOException {
    harbour.files.put("channels/dev.yaml", Harbour.DEV + "branch: development\n");
    git(harbour.clone, "fetch", "-q");
    git(harbour.clone, "push", "-q", "origin", "origin/dev:refs/heads/development");
    harbour.main("another branch");
    harbour.remoteGit("update-ref", "-d", "refs/heads/dev");
    git(harbour.clone, "fetch", "-q", "--prune");

    assertThat(harbour.verify("alpha").diagnostics().all()).isEmpty();
    Harbour.mustMove(State.MOVED, harbour.promote("alpha"));
    harbour.inDev("three");
    assertThat(harbour.verify("alpha").diagnostics().all()).isEmpty();
    assertThat(harbour.verify("dev").value().orElseThrow().commits()).isEqualTo(3);
  }

  @Test
  void aChannelThatIsGivenAnEmptyBranchDoesNotBeginAnew() throws IOException {
    harbour.files.put("channels/dev.yaml", Harbour.DEV + "branch: development\n");
    harbour.main("another branch");

    var said = refused(harbour.promote("dev"));
    assertThat(said.message()).contains("dev is at nothing");
    assertThat(refused(harbour.publish(TinyReleases.of("another branch")))).isEqualTo(said);
    assertThat(said.remedy()).contains(":refs/heads/development");
  }

  private static Diagnostic refused(Outcome<?> outcome) {
    assertThat(outcome.value()).isEmpty();
    var said = outcome.diagnostics().all().getFirst();
    assertThat(said.code()).as(said.message()).isEqualTo(Code.BRANCH_SET_BACK);
    return said;
  }
}
