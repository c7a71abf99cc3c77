package dev.fairway.channel;

import dev.fairway.diagnostic.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Optional;

/**
 * A private key of SSH that commits and evidence are signed with. It is read from a file; one that
 * only an agent holds can't sign here.
 */
public final class SigningKey {
  private final PrivateKey secret;
  private final String publicKey;

  private SigningKey(PrivateKey secret, String publicKey) {
    this.secret = secret;
    this.publicKey = publicKey;
  }

  /**
   * Reads a file of {@code ssh-keygen -t ed25519}.
   *
   * @param passphrase for a file that is encrypted; the caller may wipe it afterwards
   */
  public static Outcome<SigningKey> read(Path file, Optional<char[]> passphrase) {
    return KeyFile.read(file, passphrase);
  }

  /** A new key, for a demonstration or a test: it is in no file. */
  public static SigningKey generate() {
    try {
      var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return new SigningKey(pair.getPrivate(), PublicKeys.text(pair.getPublic()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK makes keys of Ed25519", e);
    }
  }

  /** Empty when the two halves are not of one key. */
  static Optional<SigningKey> of(byte[] seed, String publicKey) {
    try {
      var spec = new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed);
      var key = new SigningKey(KeyFactory.getInstance("Ed25519").generatePrivate(spec), publicKey);
      var probe = new byte[0];
      return Optional.of(key).filter(k -> PublicKeys.verifies(publicKey, probe, k.sign(probe)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK signs with Ed25519", e);
    }
  }

  /**
   * Writes a file that only its owner may read, not encrypted.
   *
   * @param file that does not exist yet
   */
  public void write(Path file) throws IOException {
    var seed = ((EdECPrivateKey) secret).getBytes().orElseThrow();
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, KeyFile.text(seed, publicKey), StandardCharsets.US_ASCII);
  }

  /** As {@code trust.yaml} has it: {@code ssh-ed25519 AAAA...}, without a comment. */
  public String publicKey() {
    return publicKey;
  }

  /** As {@code ssh-keygen -l} shows it: {@code SHA256:...}. */
  public String fingerprint() {
    return PublicKeys.fingerprint(publicKey);
  }

  /** The 64 bytes of Ed25519 over the message; the same ones each time. */
  public byte[] sign(byte[] message) {
    try {
      var signer = Signature.getInstance("Ed25519");
      signer.initSign(secret);
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK signs with Ed25519", e);
    }
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return fingerprint();
  }
}
