package dev.fairway.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairway.channel.EvidenceBranch.Addition;
import dev.fairway.channel.Statement.Result;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.model.Digest;
import dev.fairway.model.Trust;
import dev.fairway.model.TrustedKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The branch as we write it and as git sees it, and what others may have done to it. */
class EvidenceBranchTest {
  private static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");
  private static final Digest FIRST = Digest.of("the first release");
  private static final Digest SECOND = Digest.of("the second release");

  @TempDir private Path folder;

  private SigningKey key;
  private TrustedKey trusted;
  private Trust trust;
  private EvidenceJudge judge;
  private Repository git;

  @BeforeEach
  void keyAndRepository() throws IOException {
    var file = GitCommand.newKey(folder.resolve("id"), "ed25519", "");
    key = SigningKey.read(file, Optional.empty()).value().orElseThrow();
    GitCommand.allowedSigners(folder.resolve("allowed"), key.publicKey());
    trusted =
        new TrustedKey(
            "ci",
            key.publicKey(),
            new TreeSet<>(),
            new TreeSet<>(List.of("conformance", "load-test")),
            new TreeSet<>(),
            new TreeSet<>(),
            TIME.minusSeconds(3_600),
            Optional.empty());
    trust = new Trust(List.of(trusted));
    judge = new EvidenceJudge(trust, TIME);
    GitCommand.git(folder, "init", "-q", "-b", "evidence");
    git = new FileRepositoryBuilder().setGitDir(folder.resolve(".git").toFile()).build();
  }

  @AfterEach
  void close() {
    git.close();
  }

  private Addition said(String channel, Digest release, String kind, long seconds) {
    var details = JsonNodeFactory.instance.objectNode();
    var time = TIME.minusSeconds(seconds);
    return Addition.of(
        new Statement(channel, release, kind, Optional.empty(), time, Result.passed, details), key);
  }

  /** A branch with the statements, one commit each. */
  private ObjectId chain(Addition... additions) {
    var tip = Optional.<ObjectId>empty();
    for (var addition : additions) {
      tip = Optional.of(add(tip, addition));
    }
    return tip.orElseThrow();
  }

  private ObjectId add(Optional<ObjectId> tip, Addition... additions) {
    return new EvidenceBranch(git, tip).with(List.of(additions), key, trusted, TIME);
  }

  private EvidenceBranch at(ObjectId tip) {
    return new EvidenceBranch(git, Optional.of(tip));
  }

  private static String paths(List<Evidence> evidence) {
    return evidence.stream().map(found -> found.path().toString()).collect(joining("\n"));
  }

  @Test
  void whatWasSaidOfAReleaseIsFoundInWhateverChannel() {
    var alpha = said("alpha", FIRST, "conformance", 1);
    var stable = said("stable", FIRST, "load-test", 2);
    var other = said("alpha", SECOND, "conformance", 3);
    var branch = at(chain(alpha, other, stable));

    assertThat(paths(branch.of(FIRST, judge))).isEqualTo(alpha.path() + "\n" + stable.path());
    assertThat(paths(branch.of("alpha", FIRST, judge))).isEqualTo(alpha.path().toString());
    assertThat(branch.of("beta", FIRST, judge)).isEmpty();
    assertThat(branch.of(Digest.of("nothing"), judge)).isEmpty();
    assertThat(branch.of("alpha", judge)).hasSize(2);
    assertThat(branch.all(judge)).hasSize(3).allMatch(Evidence.Counted.class::isInstance);
    assertThat(new EvidenceBranch(git, Optional.empty()).all(judge)).isEmpty();
  }

  @Test
  void gitSeesSignedCommitsThatOnlyAdd() throws IOException {
    var first = said("alpha", FIRST, "conformance", 1);
    var tip =
        add(
            Optional.of(chain(said("alpha-b", FIRST, "load-test", 2), first)),
            said("alpha", SECOND, "load-test", 3),
            said("alpha", SECOND, "conformance", 4));
    GitCommand.git(folder, "update-ref", "refs/heads/evidence", tip.name());

    assertThat(GitCommand.git(folder, "fsck", "--strict")).doesNotContain("error", "warning");
    assertThat(GitCommand.git(folder, "log", "--format=%an %s", "evidence").lines())
        .hasSize(3)
        .allMatch(line -> line.matches("ci Add (conformance|load-test) of [0-9a-f]{12} for .*"));
    for (var commit : GitCommand.git(folder, "rev-list", "evidence").lines().toList()) {
      var verify =
          new String[] {"git", "-c", "gpg.ssh.allowedSignersFile=allowed", "verify-commit", commit};
      assertThat(GitCommand.run(folder, verify).exitCode()).isZero();
    }
    assertThat(GitCommand.git(folder, "show", "evidence:" + first.path()) + "\n")
        .isEqualTo(new String(first.envelope().file(), UTF_8));
    assertThat(GitCommand.git(folder, "log", "--diff-filter=MD", "--format=%h", "evidence"))
        .isEmpty();
    assertThat(audit(tip)).isEmpty();
  }

  @Test
  void theSameFileIsNothingToDoAndTheSameWordsLaterAreAnotherFile() {
    var said = said("alpha", FIRST, "conformance", 1);
    var tip = chain(said);

    assertThat(add(Optional.of(tip), said)).isEqualTo(tip);
    assertThat(add(Optional.of(tip), said, said("alpha", FIRST, "conformance", 2)))
        .isNotEqualTo(tip);
  }

  /** What adding writes does not grow with what was added before. */
  @Test
  void addingWritesOnlyTheTreesOnItsWay() throws IOException {
    var tip = chain(said("alpha", FIRST, "conformance", 1));
    for (var i = 2; i < 200; i++) {
      tip = add(Optional.of(tip), said("alpha", Digest.of("release " + i), "conformance", i));
    }
    var before = objects();

    add(Optional.of(tip), said("alpha", SECOND, "conformance", 1));

    assertThat(objects() - before).as("commit, blob, three trees").isEqualTo(5);
  }

  private long objects() throws IOException {
    try (var files = Files.walk(folder.resolve(".git/objects"))) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  @Test
  void whatStandsInTheWayIsNotTakenAway() throws IOException {
    var occupied = byGit("echo x > alpha");

    assertThatThrownBy(() -> add(Optional.of(occupied), said("alpha", FIRST, "conformance", 1)))
        .isInstanceOfSatisfying(
            GitFailure.class,
            failure ->
                assertThat(failure.outcome().diagnostics().all())
                    .extracting(Diagnostic::code)
                    .containsExactly(Code.REWRITTEN_EVIDENCE));
  }

  /** A commit of git's, signed with our key, of what a shell did to the files. */
  private ObjectId byGit(String shell) throws IOException {
    return byGit(shell, "-S");
  }

  private ObjectId byGit(String shell, String sign) throws IOException {
    var ran = GitCommand.run(folder, "sh", "-ec", shell);
    assertThat(ran.exitCode()).as(ran.out()).isZero();
    GitCommand.git(folder, "add", "-A", "--", ":!id*", ":!allowed", ":!other*");
    GitCommand.git(
        folder,
        "-c",
        "gpg.format=ssh",
        "-c",
        "user.signingKey=" + folder.resolve("id"),
        "commit",
        "-q",
        "--allow-empty",
        "--date",
        TIME.toString(),
        sign,
        "-m",
        "By hand");
    return ObjectId.fromString(GitCommand.git(folder, "rev-parse", "HEAD"));
  }

  private ObjectId checkedOut(Addition... additions) throws IOException {
    var tip = chain(additions);
    GitCommand.git(folder, "reset", "-q", "--hard", tip.name());
    return tip;
  }

  private List<String> audit(ObjectId to) {
    var said = new ArrayList<String>();
    // By hand, commits are of now.
    var always =
        new Trust(
            List.of(
                new TrustedKey(
                    "ci",
                    key.publicKey(),
                    new TreeSet<>(),
                    new TreeSet<>(List.of("conformance")),
                    new TreeSet<>(),
                    new TreeSet<>(),
                    Instant.EPOCH,
                    Optional.empty())));
    for (var diagnostic : EvidenceAudit.of(git, "origin", to, always).all()) {
      said.add(diagnostic.code().id() + " " + diagnostic.message());
    }
    return said;
  }

  @Test
  void whatOthersDidToTheBranchIsNamed() throws IOException {
    var first = said("alpha", FIRST, "conformance", 1);
    var tip = checkedOut(first, said("alpha", SECOND, "conformance", 2));
    var name = first.path().toString();

    assertSays(byGit("rm " + name), "deletes " + name);
    GitCommand.git(folder, "reset", "-q", "--hard", tip.name());
    assertSays(byGit("echo >> " + name), "changes " + name);
    GitCommand.git(folder, "reset", "-q", "--hard", tip.name());
    assertSays(byGit("echo hi > README"), "adds what is no statement: README");
    GitCommand.git(folder, "reset", "-q", "--hard", tip.name());
    assertSays(byGit("chmod +x " + name), "changes " + name);
    GitCommand.git(folder, "reset", "-q", "--hard", tip.name());
    var forged = name.replace("conformance", "load-test").replace("alpha", "stable");
    assertSays(
        byGit("mkdir -p $(dirname %1$s); echo '{}' > %1$s".formatted(forged)),
        "adds other bytes than the name says: " + forged);
  }

  private void assertSays(ObjectId to, String what) {
    assertThat(audit(to)).containsExactly("FW9205 the commit " + to.name() + " " + what);
  }

  @Test
  void aCommitThatNobodyTrustedSignedIsNamed() throws IOException {
    checkedOut(said("alpha", FIRST, "conformance", 1));
    var unsigned = byGit("true", "--no-gpg-sign");
    assertThat(audit(unsigned))
        .containsExactly("FW9206 the commit " + unsigned.name() + ": it is not signed");

    var stranger = GitCommand.newKey(folder.resolve("other"), "ed25519", "");
    Files.copy(stranger, folder.resolve("id"), REPLACE_EXISTING);
    Files.copy(folder.resolve("other.pub"), folder.resolve("id.pub"), REPLACE_EXISTING);
    var foreign = byGit("true");
    assertThat(audit(foreign))
        .hasSize(2)
        .contains("FW9206 the commit " + unsigned.name() + ": it is not signed")
        .anySatisfy(said ->
            assertThat(said)
                .startsWith(
                    "FW9206 the commit "
                        + foreign.name()
                        + ": trust.yaml does not know its key, "));
  }

  @Test
  void aMergeIsNamed() throws IOException {
    checkedOut(said("alpha", FIRST, "conformance", 1));
    var unrelated = chain(said("beta", FIRST, "conformance", 1));
    GitCommand.git(
        folder,
        "-c",
        "gpg.format=ssh",
        "-c",
        "user.signingKey=" + folder.resolve("id"),
        "merge",
        "-q",
        "-S",
        "--allow-unrelated-histories",
        "-m",
        "Merge",
        unrelated.name());
    var merge = ObjectId.fromString(GitCommand.git(folder, "rev-parse", "HEAD"));

    assertThat(audit(merge))
        .containsExactly(
            "FW9205 the commit " + merge.name() + " has 2 parents, where adding has one");
  }
}
