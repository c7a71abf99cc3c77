package dev.fairway.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenSSH and git are the judges of what we sign, and we of what they sign. */
class CommitSignaturesTest {
  private static final byte[] PAYLOAD = "tree 0\n\nwhat was tested\n".getBytes(UTF_8);

  @TempDir private Path folder;

  private SigningKey key;

  @BeforeEach
  void keyAndRepository() throws IOException {
    var file = GitCommand.newKey(folder.resolve("id"), "ed25519", "");
    key = SigningKey.read(file, Optional.empty()).value().orElseThrow();
    GitCommand.allowedSigners(folder.resolve("allowed"), key.publicKey());
    GitCommand.git(folder, "init", "-q", "-b", "main");
  }

  @Test
  void sshKeygenAcceptsOurs() throws IOException {
    Files.writeString(folder.resolve("sig"), CommitSignatures.sign(key, PAYLOAD));

    assertThat(verify("git").out()).contains("Good \"git\" signature for ada", key.fingerprint());
    assertThat(verify("file").exitCode()).isNotZero();
  }

  private GitCommand verify(String namespace) throws IOException {
    return GitCommand.fed(
        folder,
        PAYLOAD,
        "ssh-keygen",
        "-Y",
        "verify",
        "-f",
        "allowed",
        "-I",
        "ada",
        "-n",
        namespace,
        "-s",
        "sig");
  }

  @Test
  void gitVerifiesACommitOfOurs() throws IOException {
    var commit = commitOfOurs();

    var ran = verifyCommit(commit.name());

    assertThat(ran.out()).startsWith("Good \"git\" signature for ada with ED25519 key");
    assertThat(ran.exitCode()).isZero();
    assertThat(signer(commit)).isEqualTo(new Signed.By(key.publicKey()));
    assertThat(GitCommand.git(folder, "fsck", "--strict")).doesNotContain("error", "warning");
  }

  private ObjectId commitOfOurs() throws IOException {
    try (var repository = repository();
        var inserter = repository.newObjectInserter()) {
      var commit = new CommitBuilder();
      var when = Instant.parse("2026-03-01T12:00:00Z");
      var who = new PersonIdent("Ada Lövelace", "ada@example.org", when, ZoneOffset.UTC);
      commit.setTreeId(inserter.insert(new TreeFormatter()));
      commit.setAuthor(who);
      commit.setCommitter(who);
      commit.setMessage("Promote dev to alpha\n\nRelease-Digest: none of ours, größer\n");
      SignedCommits.sign(key, commit);
      var id = inserter.insert(commit);
      inserter.flush();
      return id;
    }
  }

  private GitCommand verifyCommit(String commit) throws IOException {
    return GitCommand.run(
        folder, "git", "-c", "gpg.ssh.allowedSignersFile=allowed", "verify-commit", commit);
  }

  @Test
  void weAcceptWhatGitSigns() throws IOException {
    var commit = commitOfGit("id", "-m", "One line\n\n gpgsig not a header\n\nthe end");

    assertThat(signer(commit)).isEqualTo(new Signed.By(key.publicKey()));
  }

  private ObjectId commitOfGit(String keyFile, String... words) throws IOException {
    var sign =
        new String[] {
          "-c",
          "gpg.format=ssh",
          "-c",
          "user.signingKey=" + folder.resolve(keyFile),
          "commit",
          "-q",
          "--allow-empty",
          "-S"
        };
    var all = Arrays.copyOf(sign, sign.length + words.length);
    System.arraycopy(words, 0, all, sign.length, words.length);
    GitCommand.git(folder, all);
    return ObjectId.fromString(GitCommand.git(folder, "rev-parse", "HEAD"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa", "ecdsa"})
  void weRefuseAnotherTypeOfKeyAndSayWhich(String type) throws IOException {
    GitCommand.newKey(folder.resolve("other"), type, "");

    assertThat(signer(commitOfGit("other", "-m", "Hello")))
        .isInstanceOfSatisfying(
            Signed.Wrong.class,
            wrong ->
                assertThat(wrong.why())
                    .startsWith("it is signed by a key of the type ")
                    .contains(type)
                    .endsWith(", and only ssh-ed25519 counts"));
  }

  @Test
  void weRefuseASignatureThatWasMeantForSomethingElse() throws IOException {
    var made =
        GitCommand.fed(folder, PAYLOAD, "ssh-keygen", "-q", "-Y", "sign", "-f", "id", "-n", "file");

    assertThat(CommitSignatures.signer(PAYLOAD, made.out()))
        .isEqualTo(new Signed.Wrong("its signature is meant for 'file', not for git"));
  }

  @Test
  void weAcceptTheOtherHashOfOpenSsh() throws IOException {
    Files.write(folder.resolve("payload"), PAYLOAD);
    GitCommand.run(
        folder,
        "ssh-keygen",
        "-q",
        "-Y",
        "sign",
        "-O",
        "hashalg=sha256",
        "-f",
        "id",
        "-n",
        "git",
        "payload");

    var armor = Files.readString(folder.resolve("payload.sig"));
    assertThat(CommitSignatures.signer(PAYLOAD, armor)).isEqualTo(new Signed.By(key.publicKey()));
  }

  /** Of the armor no bit can be another; what remains is that a whole line feed may be missing. */
  @Test
  void noBitOfPayloadOrSignatureCanBeAnother() {
    var armor = CommitSignatures.sign(key, PAYLOAD).stripTrailing();
    assertThat(CommitSignatures.signer(PAYLOAD, armor)).isInstanceOf(Signed.By.class);

    flips(PAYLOAD, flipped -> CommitSignatures.signer(flipped, armor));
    flips(
        armor.getBytes(UTF_8),
        flipped -> CommitSignatures.signer(PAYLOAD, new String(flipped, UTF_8)));
  }

  private static void flips(byte[] bytes, Function<byte[], Signed> judged) {
    for (var bit = 0; bit < bytes.length * 8; bit++) {
      var flipped = bytes.clone();
      flipped[bit / 8] = (byte) (flipped[bit / 8] ^ (1 << (bit % 8)));
      assertThat(judged.apply(flipped)).as("bit %d", bit).isInstanceOf(Signed.Wrong.class);
    }
  }

  /** Author, tree, parent, message, signature: whatever git hashes. */
  @Test
  void noBitOfACommitCanBeAnother() throws IOException {
    try (var repository = repository()) {
      var raw = repository.open(commitOfOurs()).getBytes();
      assertThat(SignedCommits.signer(raw)).isInstanceOf(Signed.By.class);

      flips(raw, SignedCommits::signer);
    }
  }

  @Test
  void aCommitWithoutASignatureOrWithTwoIsRefused() throws IOException {
    GitCommand.git(folder, "commit", "-q", "--allow-empty", "-m", "Hello");
    var unsigned = ObjectId.fromString(GitCommand.git(folder, "rev-parse", "HEAD"));
    assertThat(signer(unsigned)).isEqualTo(new Signed.Wrong("it is not signed"));

    try (var repository = repository()) {
      var text = new String(repository.open(commitOfOurs()).getBytes(), UTF_8);
      var twice = text.replace("\ngpgsig ", "\ngpgsig-sha256 x\ngpgsig ");
      assertThat(SignedCommits.signer(twice.getBytes(UTF_8)))
          .isEqualTo(new Signed.Wrong("it is signed in more than one way"));
      var again = text.replaceFirst("\n\n", "\ngpgsig x\n\n");
      assertThat(SignedCommits.signer(again.getBytes(UTF_8)))
          .isEqualTo(new Signed.Wrong("it is signed in more than one way"));
    }
  }

  private Signed signer(ObjectId commit) throws IOException {
    try (var repository = repository();
        var walk = new RevWalk(repository)) {
      return SignedCommits.signer(walk.parseCommit(commit));
    }
  }

  private Repository repository() throws IOException {
    return new FileRepositoryBuilder().setGitDir(folder.resolve(".git").toFile()).build();
  }
}
