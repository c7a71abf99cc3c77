package dev.fairway.e2e;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A certificate authority of a test. What it issues shares one key: tests judge names, and keys
 * take the longest to make.
 */
final class Authority {
  private static final String COMMON_NAME = "2.5.4.3";
  private static final String ORGANIZATION = "2.5.4.10";
  private static final byte[] ALGORITHM =
      Der.sequence(Der.object("1.2.840.113549.1.1.11"), new byte[] {5, 0});
  private static final KeyPair LEAF = newKey();

  private final String name;
  private final KeyPair key = newKey();
  private final String certificate;

  /** A key and its certificate, as PEM. */
  record Issued(String certificate, String key) {
    PrivateKey privateKey() {
      return LEAF.getPrivate();
    }

    Certificate[] chain() throws CertificateException {
      var pem = new ByteArrayInputStream(certificate.getBytes(StandardCharsets.US_ASCII));
      return new Certificate[] {CertificateFactory.getInstance("X.509").generateCertificate(pem)};
    }
  }

  /** Who an API server takes the holder for. */
  record Subject(String user, List<String> groups) {
    Subject(String user, String... groups) {
      this(user, List.of(groups));
    }
  }

  Authority(String name) {
    this.name = name;
    var self = new Subject(name);
    this.certificate =
        signed(
            self,
            key,
            List.of(
                extension("2.5.29.19", Der.sequence(Der.yes())),
                // Signing certificates and revocation lists.
                extension("2.5.29.15", Der.bits((byte) 0x06))));
  }

  /** Its own certificate. */
  String certificate() {
    return certificate;
  }

  /** Its own key, for those that issue in its name. */
  String key() {
    return pem("PRIVATE KEY", key.getPrivate().getEncoded());
  }

  /** For a client. */
  Issued client(String user, String... groups) {
    return issue(new Subject(user, groups), List.of());
  }

  /** For a server, which may be a client too, by DNS names and addresses. */
  Issued server(String commonName, List<String> names) {
    return issue(
        new Subject(commonName),
        List.of(
            extension("2.5.29.17", Der.sequence(names.stream().map(Authority::name).toList()))));
  }

  static KeyPair newKey() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String pem(String label, byte[] content) {
    var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, lines);
  }

  private Issued issue(Subject subject, List<byte[]> names) {
    var extensions = new ArrayList<>(names);
    // Digital signature and key encipherment.
    extensions.add(extension("2.5.29.15", Der.bits((byte) 0xa0)));
    extensions.add(
        extension(
            "2.5.29.37",
            Der.sequence(Der.object("1.3.6.1.5.5.7.3.1"), Der.object("1.3.6.1.5.5.7.3.2"))));
    return new Issued(
        signed(subject, LEAF, extensions), pem("PRIVATE KEY", LEAF.getPrivate().getEncoded()));
  }

  private String signed(Subject subject, KeyPair holder, List<byte[]> extensions) {
    var now = Instant.now();
    var content =
        Der.sequence(
            Der.tagged(0xa0, Der.integer(BigInteger.TWO)),
            Der.integer(new BigInteger(120, new SecureRandom()).add(BigInteger.ONE)),
            ALGORITHM,
            distinguished(new Subject(name)),
            // Clocks differ, and a second is cut off.
            Der.sequence(
                Der.time(now.minus(Duration.ofHours(1))), Der.time(now.plus(Duration.ofDays(2)))),
            distinguished(subject),
            holder.getPublic().getEncoded(),
            Der.tagged(0xa3, Der.sequence(extensions)));
    return pem("CERTIFICATE", Der.sequence(content, ALGORITHM, Der.bits(signature(content))));
  }

  private byte[] signature(byte[] content) {
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key.getPrivate());
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] distinguished(Subject subject) {
    var parts = new ArrayList<byte[]>();
    subject.groups().forEach(group -> parts.add(attribute(ORGANIZATION, group)));
    parts.add(attribute(COMMON_NAME, subject.user()));
    return Der.sequence(parts);
  }

  private static byte[] attribute(String type, String value) {
    return Der.set(Der.sequence(Der.object(type), Der.text(value)));
  }

  /** All are critical but those that say what a certificate is for. */
  private static byte[] extension(String type, byte[] value) {
    return type.equals("2.5.29.15") || type.equals("2.5.29.19")
        ? Der.sequence(Der.object(type), Der.yes(), Der.octets(value))
        : Der.sequence(Der.object(type), Der.octets(value));
  }

  private static byte[] name(String name) {
    if (!name.matches("[0-9.]+")) {
      return Der.tagged(0x82, name.getBytes(StandardCharsets.US_ASCII));
    }
    try {
      return Der.tagged(0x87, InetAddress.getByName(name).getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(name, e);
    }
  }
}
