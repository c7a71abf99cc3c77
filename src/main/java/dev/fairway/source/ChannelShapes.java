package dev.fairway.source;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.DidYouMean;
import dev.fairway.model.Cluster;
import dev.fairway.model.TrustedKey;
import dev.fairway.source.YamlNode.Scalar;
import dev.fairway.source.YamlNode.ScalarKind;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;

/** What the values of a channel's policy and of {@code trust.yaml} look like. */
final class ChannelShapes {
  private static final String KEY_TYPE = "ssh-ed25519";
  private static final int KEY_BYTES = 32;

  private static final Shape<Duration> TEXT_OF_DURATION =
      Shape.text(
          "a duration", "a whole number and s, m, h or d", "30m, 24h or 7d", DurationText::parse);
  static final Shape<Duration> DURATION = ChannelShapes::duration;
  static final Shape<LocalDateTime> START =
      Shape.text(
          "a date and a time of the time zone's wall clock",
          "a date and a time without an offset",
          "2026-12-18T16:00",
          dated("20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}", LocalDateTime::parse));
  static final Shape<Instant> INSTANT =
      Shape.text(
          "an instant in UTC",
          "a date and a time in UTC, to the second",
          "2026-01-31T00:00:00Z",
          dated("20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", Instant::parse));
  static final Shape<ZoneId> TIME_ZONE = ChannelShapes::timeZone;
  static final Shape<String> KIND =
      Shape.text(
          "a kind of evidence",
          "lower-case letters, digits and hyphens",
          "load-test",
          Cluster::requireName);
  static final Shape<String> OWNER =
      Shape.text(
          "an owner's name",
          "letters, digits and . _ @ - with no space: it stands in commits and in lists of signers",
          "ada@example.org",
          ChannelShapes::requireOwner);
  static final Shape<String> KEY =
      Shape.text(
          "an ed25519 public key of SSH",
          "type and key of the one line of an ed25519 .pub file, without its comment",
          KEY_TYPE + " AAAA...",
          ChannelShapes::requireKey);

  private ChannelShapes() {}

  /** In quotes it would be no duration either. */
  private static Optional<Duration> duration(Item item) {
    return item.node() instanceof Scalar scalar && scalar.is(ScalarKind.WHOLE)
        ? item.reject(
            Code.MALFORMED_VALUE,
            "%s is %s, a number without a unit".formatted(item.name(), scalar.shown()),
            "write s, m, h or d after it, such as %sh".formatted(scalar.shown()))
        : TEXT_OF_DURATION.read(item);
  }

  private static <T> Function<String, T> dated(String form, Function<String, T> parse) {
    return text -> {
      try {
        if (text.matches(form)) {
          return parse.apply(text);
        }
      } catch (DateTimeException e) {
        throw new IllegalArgumentException("not a date: " + text, e);
      }
      throw new IllegalArgumentException("not of the form: " + text);
    };
  }

  private static Optional<ZoneId> timeZone(Item item) {
    return item.text("write the name of a time zone, such as Europe/Berlin")
        .flatMap(name -> timeZone(item, name));
  }

  /** By name only: an offset knows nothing of daylight-saving time. */
  private static Optional<ZoneId> timeZone(Item item, String name) {
    var known = ZoneId.getAvailableZoneIds();
    return known.contains(name)
        ? Optional.of(ZoneId.of(name))
        : item.reject(
            Code.UNKNOWN_VALUE,
            "%s is \"%s\", which is no time zone".formatted(item.name(), Shown.of(name)),
            DidYouMean.nearest(name, known)
                .map("did you mean %s?"::formatted)
                .orElse("write a name of the IANA time zone database, such as Europe/Berlin"));
  }

  private static String requireOwner(String text) {
    if (!text.matches("[A-Za-z0-9][A-Za-z0-9._@-]{0,62}")) {
      throw new IllegalArgumentException("not an owner's name: " + text);
    }
    return text;
  }

  /** Its second word repeats the type, then comes the key, each after its length. */
  private static String requireKey(String text) {
    TrustedKey.requireKey(text);
    var base64 = text.substring(KEY_TYPE.length() + 1);
    var bytes = Base64.getDecoder().decode(base64);
    var head =
        ByteBuffer.allocate(2 * Integer.BYTES + KEY_TYPE.length())
            .putInt(KEY_TYPE.length())
            .put(KEY_TYPE.getBytes(US_ASCII))
            .putInt(KEY_BYTES)
            .array();
    var isKey =
        bytes.length == head.length + KEY_BYTES
            && Arrays.equals(head, Arrays.copyOf(bytes, head.length))
            && Base64.getEncoder().encodeToString(bytes).equals(base64);
    if (!isKey) {
      throw new IllegalArgumentException("not an ed25519 key: " + text);
    }
    return text;
  }
}
