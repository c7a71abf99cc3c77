package dev.fairway.channel;

import dev.fairway.model.Digest;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Public keys in the form that SSH and {@code trust.yaml} write them, {@code ssh-ed25519 AAAA...}
 * without a comment, and what they say of signatures.
 *
 * <p>The JDK does the arithmetic. The library for SSH that JGit brings has no Ed25519 without one
 * more provider, and JGit's own verifier asks files in the user's home whom to trust.
 */
final class PublicKeys {
  static final String TYPE = "ssh-ed25519";

  /** What X.509 puts before the 32 bytes of such a key (RFC 8410). */
  private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final int LENGTH = 32;

  private PublicKeys() {}

  /** The text of a key that stands in SSH's layout, which must be of our type. */
  static String text(byte[] blob) throws SshWire.MalformedException {
    point(blob);
    return TYPE + " " + Base64.getEncoder().encodeToString(blob);
  }

  static String text(PublicKey key) {
    var encoded = key.getEncoded();
    var point = Arrays.copyOfRange(encoded, X509.length, encoded.length);
    var blob = new SshWire.Writer().text(TYPE).bytes(point).written();
    return TYPE + " " + Base64.getEncoder().encodeToString(blob);
  }

  /** What people and logs call a key: {@code SHA256:...}, as {@code ssh-keygen -l} shows it. */
  static String fingerprint(String key) {
    var hash = Digest.sha256().digest(blobOf(key));
    return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
  }

  /**
   * Whether the key signed these very bytes. A key that is no point of the curve signed nothing.
   */
  static boolean verifies(String key, byte[] message, byte[] signature) {
    try {
      var verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(jdkKey(point(blobOf(key))));
      verifier.update(message);
      return verifier.verify(signature);
    } catch (SignatureException | InvalidKeyException | SshWire.MalformedException _) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK verifies Ed25519", e);
    }
  }

  static byte[] blobOf(String key) {
    return Base64.getDecoder().decode(key.substring(TYPE.length() + 1));
  }

  /** The 32 bytes that the key is. */
  static byte[] point(byte[] blob) throws SshWire.MalformedException {
    var reader = new SshWire.Reader(blob);
    var type = reader.text();
    if (!type.equals(TYPE)) {
      throw new SshWire.MalformedException(
          "it is by a key of the type " + type + ", and only " + TYPE + " counts");
    }
    var point = reader.bytes();
    reader.end();
    if (point.length != LENGTH) {
      throw new SshWire.MalformedException("its key is not of " + LENGTH + " bytes");
    }
    return point;
  }

  private static PublicKey jdkKey(byte[] point) throws GeneralSecurityException {
    var encoded = Arrays.copyOf(X509, X509.length + LENGTH);
    System.arraycopy(point, 0, encoded, X509.length, LENGTH);
    try {
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    } catch (InvalidKeySpecException e) {
      throw new InvalidKeyException("not a key", e);
    }
  }
}
