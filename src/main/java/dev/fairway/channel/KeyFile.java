package dev.fairway.channel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.apache.sshd.common.config.keys.loader.openssh.kdf.BCrypt;

/**
 * The private key in a file as OpenSSH writes it (its PROTOCOL.key): a header, the public key, and
 * the private part, encrypted or not.
 */
record KeyFile(Path file, Optional<char[]> passphrase) {
  private static final String BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----";
  private static final String END = "-----END OPENSSH PRIVATE KEY-----";
  private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(US_ASCII);
  private static final String PLAIN = "none";
  private static final int SEED = 32;
  private static final int AES_BLOCK = 16;

  /** What the private part of one that is not encrypted is filled up to. */
  private static final int BLOCK = 8;

  /** As long as {@code ssh-keygen} makes them. */
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(70, "\n".getBytes(US_ASCII));

  /** More than anybody waits for; a file can ask for days. */
  private static final int MOST_ROUNDS = 1_000;

  /** A file that no passphrase opens, or not the given one. */
  private static final class LockedException extends Exception {
    private static final long serialVersionUID = 1;

    private final String why;

    LockedException(String why) {
      super(why);
      this.why = why;
    }
  }

  static Outcome<SigningKey> read(Path file, Optional<char[]> passphrase) {
    return new KeyFile(file, passphrase).read();
  }

  private Outcome<SigningKey> read() {
    try {
      return Outcome.of(key(decoded(Files.readString(file, US_ASCII))));
    } catch (NoSuchFileException _) {
      return refused(Code.NO_SIGNING_KEY, "there is no such file");
    } catch (IOException _) {
      return refused(Code.NO_SIGNING_KEY, "it can't be read");
    } catch (SshWire.MalformedException e) {
      return refused(Code.WRONG_SIGNING_KEY, e.why());
    } catch (LockedException e) {
      return refused(Code.LOCKED_SIGNING_KEY, e.why);
    }
  }

  private Outcome<SigningKey> refused(Code code, String why) {
    var remedy =
        switch (code) {
          case NO_SIGNING_KEY -> "name the file of a private key, or make one with ssh-keygen";
          case LOCKED_SIGNING_KEY -> "give its passphrase in FAIRWAY_KEY_PASSPHRASE";
          default -> "make one with: ssh-keygen -t ed25519";
        };
    var message = "the signing key %s: %s".formatted(file, why);
    return new Outcome<>(
        Optional.empty(), Diagnostics.of(Diagnostic.general(code, message, remedy)));
  }

  private static byte[] decoded(String text) throws SshWire.MalformedException {
    var stripped = text.strip();
    if (stripped.startsWith(PublicKeys.TYPE + " ")) {
      throw new SshWire.MalformedException("it is the public half; the private one is needed");
    }
    if (!stripped.startsWith(BEGIN) || !stripped.endsWith(END)) {
      throw new SshWire.MalformedException("it is not a private key of OpenSSH");
    }
    var body = stripped.substring(BEGIN.length(), stripped.length() - END.length());
    try {
      return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
    } catch (IllegalArgumentException _) {
      throw new SshWire.MalformedException("it is damaged: no base64");
    }
  }

  private SigningKey key(byte[] bytes) throws SshWire.MalformedException, LockedException {
    var reader = new SshWire.Reader(bytes);
    reader.expect(MAGIC, "it is not a private key of OpenSSH");
    var cipher = reader.text();
    var derivation = reader.text();
    var options = reader.bytes();
    if (reader.number() != 1) {
      throw new SshWire.MalformedException("it holds more than one key");
    }
    var publicKey = publicKey(reader.bytes());
    var secret = reader.bytes();
    reader.end();
    return cipher.equals(PLAIN) && derivation.equals(PLAIN) && options.length == 0
        ? key(new SshWire.Reader(secret), publicKey)
        : unlocked(cipher, derivation, options, secret, publicKey);
  }

  private static String publicKey(byte[] blob) throws SshWire.MalformedException {
    var type = new SshWire.Reader(blob).text();
    if (!type.equals(PublicKeys.TYPE)) {
      throw new SshWire.MalformedException(
          "it is of the type %s, and only %s signs here".formatted(type, PublicKeys.TYPE));
    }
    return PublicKeys.text(blob);
  }

  /** Twice the same random number comes first, which is how a wrong passphrase is noticed. */
  private static SigningKey key(SshWire.Reader reader, String publicKey)
      throws SshWire.MalformedException {
    var first = reader.number();
    if (reader.number() != first) {
      throw new SshWire.MalformedException("it is damaged");
    }
    if (!reader.text().equals(PublicKeys.TYPE)) {
      throw new SshWire.MalformedException("it is damaged: its halves are of two types");
    }
    var point = PublicKeys.point(PublicKeys.blobOf(publicKey));
    var repeated = reader.bytes();
    var seedAndPoint = reader.bytes();
    if (seedAndPoint.length != 2 * SEED
        || !Arrays.equals(repeated, point)
        || !Arrays.equals(seedAndPoint, SEED, 2 * SEED, point, 0, SEED)) {
      throw new SshWire.MalformedException("it is damaged: its halves are not of one key");
    }
    return SigningKey.of(Arrays.copyOf(seedAndPoint, SEED), publicKey)
        .orElseThrow(
            () -> new SshWire.MalformedException("it is damaged: its halves are not of one key"));
  }

  private SigningKey unlocked(
      String cipher, String derivation, byte[] options, byte[] secret, String publicKey)
      throws SshWire.MalformedException, LockedException {
    if (passphrase.filter(words -> words.length > 0).isEmpty()) {
      throw new LockedException("it is encrypted, and no passphrase was given");
    }
    if (!cipher.equals("aes256-ctr") || !derivation.equals("bcrypt")) {
      throw new LockedException(
          "it is encrypted with %s and %s, and only aes256-ctr with bcrypt is read"
              .formatted(cipher, derivation));
    }
    var plain = new SshWire.Reader(decrypted(options, secret));
    try {
      return key(plain, publicKey);
    } catch (SshWire.MalformedException _) {
      throw new LockedException("the passphrase is not its own");
    }
  }

  private byte[] decrypted(byte[] options, byte[] secret) throws SshWire.MalformedException {
    var reader = new SshWire.Reader(options);
    var salt = reader.bytes();
    var rounds = reader.number();
    if (salt.length == 0 || rounds < 1 || rounds > MOST_ROUNDS) {
      throw new SshWire.MalformedException("it is damaged: %d rounds of bcrypt".formatted(rounds));
    }
    var derived = new byte[SEED + AES_BLOCK];
    var words = UTF_8.encode(CharBuffer.wrap(passphrase.orElseThrow()));
    new BCrypt().pbkdf(bytes(words), salt, rounds, derived);
    try {
      var aes = Cipher.getInstance("AES/CTR/NoPadding");
      var iv = new IvParameterSpec(derived, SEED, AES_BLOCK);
      aes.init(Cipher.DECRYPT_MODE, new SecretKeySpec(derived, 0, SEED, "AES"), iv);
      return aes.doFinal(secret);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES", e);
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    var bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  /** The text of a file that {@link #read} and {@code ssh-keygen} take, not encrypted. */
  static String text(byte[] seed, String publicKey) {
    var blob = PublicKeys.blobOf(publicKey);
    try {
      var point = PublicKeys.point(blob);
      var both = Arrays.copyOf(seed, 2 * SEED);
      System.arraycopy(point, 0, both, SEED, SEED);
      var secret =
          new SshWire.Writer().number(0).number(0).text(PublicKeys.TYPE).bytes(point).bytes(both);
      secret.text("");
      // Filled up to whole blocks, by which a reader of an encrypted one sees that it has all.
      for (var padding = 1; secret.written().length % BLOCK != 0; padding++) {
        secret.fixed(new byte[] {(byte) padding});
      }
      var whole =
          new SshWire.Writer()
              .fixed(MAGIC)
              .text(PLAIN)
              .text(PLAIN)
              .text("")
              .number(1)
              .bytes(blob)
              .bytes(secret.written())
              .written();
      return BEGIN + "\n" + LINES.encodeToString(whole) + "\n" + END + "\n";
    } catch (SshWire.MalformedException e) {
      throw new IllegalArgumentException("no key of ours: " + publicKey, e);
    }
  }
}
