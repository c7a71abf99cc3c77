package dev.fairway.channel;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.fairway.model.Digest;
import java.util.Base64;
import java.util.Optional;

/**
 * Signatures of commits as {@code git} makes and verifies them with {@code gpg.format=ssh}:
 * OpenSSH's SSHSIG (its PROTOCOL.sshsig) with the namespace {@code git}. No file of the user, no
 * configuration and no agent has a say.
 */
public final class CommitSignatures {
  private static final String BEGIN = "-----BEGIN SSH SIGNATURE-----\n";
  private static final String END = "\n-----END SSH SIGNATURE-----";
  private static final byte[] MAGIC = "SSHSIG".getBytes(US_ASCII);
  private static final int VERSION = 1;
  private static final String NAMESPACE = "git";

  /** What OpenSSH itself hashes with when it signs. */
  private static final String HASH = "sha512";

  private static final int LINE = 70;

  private CommitSignatures() {}

  /** The armored signature of a commit without one, its lines ended by line feeds. */
  public static String sign(SigningKey key, byte[] commit) {
    var signature =
        new SshWire.Writer()
            .text(PublicKeys.TYPE)
            .bytes(key.sign(signedBytes(HASH, commit)))
            .written();
    var blob =
        new SshWire.Writer()
            .fixed(MAGIC)
            .number(VERSION)
            .bytes(PublicKeys.blobOf(key.publicKey()))
            .text(NAMESPACE)
            .text("")
            .text(HASH)
            .bytes(signature)
            .written();
    var encoder = Base64.getMimeEncoder(LINE, "\n".getBytes(US_ASCII));
    return BEGIN + encoder.encodeToString(blob) + END + "\n";
  }

  /**
   * Whose signature this is.
   *
   * @param payload the commit without its header {@code gpgsig}
   */
  public static Signed signer(byte[] payload, String armor) {
    try {
      return verified(payload, new SshWire.Reader(decoded(armor)));
    } catch (SshWire.MalformedException e) {
      return new Signed.Wrong("its signature is none of SSH: " + e.why());
    }
  }

  private static Signed verified(byte[] payload, SshWire.Reader reader)
      throws SshWire.MalformedException {
    reader.expect(MAGIC, "it does not begin as one");
    if (reader.number() != VERSION) {
      return new Signed.Wrong("its signature is of another version than " + VERSION);
    }
    var keyBlob = reader.bytes();
    var namespace = reader.text();
    var reserved = reader.bytes();
    var hash = reader.text();
    var signature = reader.bytes();
    reader.end();
    var type = new SshWire.Reader(keyBlob).text();
    if (!type.equals(PublicKeys.TYPE)) {
      return new Signed.Wrong(
          "it is signed by a key of the type %s, and only %s counts"
              .formatted(type, PublicKeys.TYPE));
    }
    if (!namespace.equals(NAMESPACE)) {
      return new Signed.Wrong("its signature is meant for '%s', not for git".formatted(namespace));
    }
    if (reserved.length > 0 || !(hash.equals("sha512") || hash.equals("sha256"))) {
      return new Signed.Wrong("its signature hashes with '%s'".formatted(hash));
    }
    var key = PublicKeys.text(keyBlob);
    return PublicKeys.verifies(key, signedBytes(hash, payload), raw(signature))
        ? new Signed.By(key)
        : new Signed.Wrong("its signature is of other bytes, or by another key than it says");
  }

  private static byte[] raw(byte[] signature) throws SshWire.MalformedException {
    var reader = new SshWire.Reader(signature);
    if (!reader.text().equals(PublicKeys.TYPE)) {
      throw new SshWire.MalformedException("its key and its signature are of two types");
    }
    var raw = reader.bytes();
    reader.end();
    return raw;
  }

  private static byte[] signedBytes(String hash, byte[] message) {
    var digest = hash.equals(HASH) ? Digest.sha512() : Digest.sha256();
    return new SshWire.Writer()
        .fixed(MAGIC)
        .text(NAMESPACE)
        .text("")
        .text(hash)
        .bytes(digest.digest(message))
        .written();
  }

  /** One armor has one reading: no stray characters, no bits that nothing reads. */
  private static byte[] decoded(String armor) throws SshWire.MalformedException {
    var text = armor.endsWith("\n") ? armor.substring(0, armor.length() - 1) : armor;
    if (!text.startsWith(BEGIN)
        || !text.endsWith(END)
        || text.length() < BEGIN.length() + END.length()) {
      throw new SshWire.MalformedException("it has not its first and last line");
    }
    var body = text.substring(BEGIN.length(), text.length() - END.length()).replace("\n", "");
    return strictly(body).orElseThrow(() -> new SshWire.MalformedException("it is not base64"));
  }

  private static Optional<byte[]> strictly(String base64) {
    try {
      var bytes = Base64.getDecoder().decode(base64);
      var again = Base64.getEncoder().encodeToString(bytes);
      return Optional.of(bytes).filter(_ -> again.equals(base64));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
