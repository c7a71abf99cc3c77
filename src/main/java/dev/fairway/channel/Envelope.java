package dev.fairway.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairway.release.CanonicalJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.Optional;

/**
 * A statement with its signature: DSSE, version 1, with one signature, as bytes of a file.
 *
 * @param payload the statement's JSON, to the byte as it was signed
 * @param keyid the signer's fingerprint, {@code SHA256:...}: a hint that nothing protects
 * @param signature of Ed25519, in base64
 */
public record Envelope(String payload, String keyid, String signature) {
  static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

  /** The statement in an envelope that the key signed; equal for equal input. */
  public static Envelope sign(Statement statement, SigningKey key) {
    var payload = statement.json();
    var signature = Base64.getEncoder().encodeToString(key.sign(preAuthentication(payload)));
    return new Envelope(payload, key.fingerprint(), signature);
  }

  static Envelope read(byte[] file) throws MalformedEvidenceException {
    var json = StrictJson.read(text(file, "the envelope"), "the envelope");
    json.of("payload", "payloadType", "signatures").expect("payloadType", PAYLOAD_TYPE);
    var signatures = json.items("signatures");
    if (signatures.size() != 1) {
      throw new MalformedEvidenceException(
          "the envelope has %d signatures, not one".formatted(signatures.size()));
    }
    var signature = signatures.getFirst().of("keyid", "sig");
    var payload = text(bytes(json.text("payload"), "the payload"), "the payload");
    bytes(signature.text("sig"), "the signature");
    return new Envelope(payload, signature.text("keyid"), signature.text("sig"));
  }

  boolean isSignedBy(String key) {
    return PublicKeys.verifies(
        key, preAuthentication(payload), Base64.getDecoder().decode(signature));
  }

  /** The file's bytes, in their one form. */
  public byte[] file() {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("payload", Base64.getEncoder().encodeToString(payload.getBytes(UTF_8)));
    json.put("payloadType", PAYLOAD_TYPE);
    json.putArray("signatures").addObject().put("keyid", keyid).put("sig", signature);
    return CanonicalJson.bytes(json);
  }

  /** What DSSE signs: type and payload, each after its length in bytes. */
  static byte[] preAuthentication(String payload) {
    var length = payload.getBytes(UTF_8).length;
    return "DSSEv1 %d %s %d %s"
        .formatted(PAYLOAD_TYPE.length(), PAYLOAD_TYPE, length, payload)
        .getBytes(UTF_8);
  }

  /** Only what is encoded as we encode: nothing hides in bits that a decoder skips. */
  private static byte[] bytes(String base64, String what) throws MalformedEvidenceException {
    return strictly(base64)
        .orElseThrow(() -> new MalformedEvidenceException(what + " is not in base64"));
  }

  private static Optional<byte[]> strictly(String base64) {
    try {
      var bytes = Base64.getDecoder().decode(base64);
      return Optional.of(bytes)
          .filter(decoded -> Base64.getEncoder().encodeToString(decoded).equals(base64));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static String text(byte[] bytes, String what) throws MalformedEvidenceException {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      throw new MalformedEvidenceException(what + " is not UTF-8");
    }
  }
}
