package dev.fairway.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigningKeyTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"''", "'correct horse'", "'zwölf Boxkämpfer'"})
  void aKeyOfSshKeygenIsReadAndNamedAsSshKeygenNamesIt(String passphrase) throws IOException {
    var file = GitCommand.newKey(folder.resolve("id"), "ed25519", passphrase);

    var key = SigningKey.read(file, Optional.of(passphrase.toCharArray())).value().orElseThrow();

    assertThat(Files.readString(folder.resolve("id.pub"))).isEqualTo(key.publicKey() + " ada\n");
    assertThat(GitCommand.run(folder, "ssh-keygen", "-l", "-f", "id.pub").out())
        .isEqualTo("256 " + key.fingerprint() + " ada (ED25519)\n");
    assertThat(key).hasToString(key.fingerprint());
    assertThat(PublicKeys.verifies(key.publicKey(), bytes("hi"), key.sign(bytes("hi")))).isTrue();
    assertThat(PublicKeys.verifies(key.publicKey(), bytes("ho"), key.sign(bytes("hi")))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "rsa, '', WRONG_SIGNING_KEY, 'it is of the type ssh-rsa, and only ssh-ed25519 signs here'",
    "ecdsa, '', WRONG_SIGNING_KEY, 'it is of the type ecdsa-sha2-nistp256, and only ssh-ed25519"
        + " signs here'",
    "ecdsa, secret, WRONG_SIGNING_KEY, 'it is of the type ecdsa-sha2-nistp256, and only ssh-ed25519"
        + " signs here'",
    "ed25519, secret, LOCKED_SIGNING_KEY, 'it is encrypted, and no passphrase was given'"
  })
  void anotherKindOfKeyIsRefused(String type, String passphrase, Code code, String why)
      throws IOException {
    var file = GitCommand.newKey(folder.resolve("id"), type, passphrase);

    assertRefused(file, Optional.empty(), code, why);
  }

  @Test
  void aWrongPassphraseIsRefusedAndNotShown() throws IOException {
    var file = GitCommand.newKey(folder.resolve("id"), "ed25519", "secret");

    var words = Optional.of("hunter2".toCharArray());
    assertRefused(file, words, Code.LOCKED_SIGNING_KEY, "the passphrase is not its own");
  }

  @Test
  void aFileThatHoldsNoPrivateKeyIsRefused() throws IOException {
    GitCommand.newKey(folder.resolve("id"), "ed25519", "");
    Files.writeString(folder.resolve("note"), "remember the milk");

    assertRefused(folder.resolve("gone"), Code.NO_SIGNING_KEY, "there is no such file");
    assertRefused(folder, Code.NO_SIGNING_KEY, "it can't be read");
    assertRefused(
        folder.resolve("id.pub"),
        Code.WRONG_SIGNING_KEY,
        "it is the public half; the private one is needed");
    assertRefused(
        folder.resolve("note"), Code.WRONG_SIGNING_KEY, "it is not a private key of OpenSSH");
  }

  /** A damaged file is never a key, and never an exception. */
  @Test
  void noByteOfAKeyCanBeAnotherUnnoticed() throws IOException {
    var file = GitCommand.newKey(folder.resolve("id"), "ed25519", "");
    var key = SigningKey.read(file, Optional.empty()).value().orElseThrow();
    var lines = Files.readString(file).lines().toList();
    var bytes = Base64.getDecoder().decode(String.join("", lines.subList(1, lines.size() - 1)));
    var comment = bytes.length - 16;
    for (var i = 0; i < comment; i++) {
      var damaged = bytes.clone();
      damaged[i] = (byte) (damaged[i] ^ 1);
      var body = Base64.getEncoder().encodeToString(damaged);
      Files.writeString(file, lines.getFirst() + "\n" + body + "\n" + lines.getLast() + "\n");

      assertThat(SigningKey.read(file, Optional.empty()).value().map(SigningKey::publicKey))
          .as("byte %d", i)
          .isNotEqualTo(Optional.of(key.publicKey()))
          .isEmpty();
    }
  }

  private void assertRefused(Path file, Code code, String why) {
    assertRefused(file, Optional.empty(), code, why);
  }

  private static void assertRefused(Path file, Optional<char[]> passphrase, Code code, String why) {
    assertThat(SigningKey.read(file, passphrase).diagnostics().all())
        .singleElement()
        .satisfies(diagnostic -> {
          assertThat(diagnostic.code()).isEqualTo(code);
          assertThat(diagnostic.message()).isEqualTo("the signing key " + file + ": " + why);
        })
        .extracting(Diagnostic::toString)
        .asString()
        .doesNotContain("hunter2");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
