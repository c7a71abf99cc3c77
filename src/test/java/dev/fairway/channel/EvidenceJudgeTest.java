package dev.fairway.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.Seeds;
import dev.fairway.channel.Statement.Moved;
import dev.fairway.channel.Statement.Result;
import dev.fairway.model.Digest;
import dev.fairway.model.Trust;
import dev.fairway.model.TrustedKey;
import dev.fairway.release.CanonicalJson;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EvidenceJudgeTest {
  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant UNTIL = Instant.parse("2026-06-01T00:00:00Z");
  private static final Digest RELEASE = Digest.of("a release");
  private static final Digest OTHER = Digest.of("another release");

  private static final SigningKey CI = SigningKey.generate();
  private static final SigningKey ADA = SigningKey.generate();
  private static final SigningKey STRANGER = SigningKey.generate();

  private static final Trust TRUST =
      new Trust(
          List.of(
              key("ci", CI, "alpha", "conformance", "soak", "none"),
              key("ada", ADA, "stable", "health", "soak", "sre")));

  private static final EvidenceJudge JUDGE = new EvidenceJudge(TRUST, TIME);

  private static TrustedKey key(
      String owner, SigningKey key, String promotes, String kind, String gate, String group) {
    return new TrustedKey(
        owner,
        key.publicKey(),
        new TreeSet<>(List.of(promotes)),
        new TreeSet<>(List.of(kind)),
        new TreeSet<>(List.of(gate)),
        new TreeSet<>(List.of(group)),
        FROM,
        Optional.of(UNTIL));
  }

  private static Statement conformance(Instant time) {
    return new Statement(
        "alpha", RELEASE, "conformance", Optional.empty(), time, Result.passed, details("{}"));
  }

  private static ObjectNode details(String json) {
    try {
      return (ObjectNode) CanonicalJson.TREES.readTree(json.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Evidence judged(Statement statement, SigningKey key) {
    var file = Envelope.sign(statement, key).file();
    return JUDGE.judge(EvidencePath.of(statement, file), file);
  }

  @Test
  void whatATrustedKeySignedCounts() {
    assertThat(judged(conformance(TIME), CI))
        .isInstanceOfSatisfying(
            Evidence.Counted.class,
            counted -> {
              assertThat(counted.statement()).isEqualTo(conformance(TIME));
              assertThat(counted.signedBy()).isEqualTo("ci");
            });
  }

  static Stream<Arguments> tamperings() {
    return Stream.of(
        tampered("payload", replaced("passed", "failed"), "the key of ci did not sign these bytes"),
        tampered("subject", replaced(RELEASE.hex(), OTHER.hex()), "the key of ci did not sign"),
        tampered("channel", replaced("alpha", "gamma"), "the key of ci did not sign these bytes"),
        tampered("kind", replaced("conformance", "load-test"), "the key of ci did not sign"),
        tampered("time", replaced("12:00:00", "11:00:00"), "the key of ci did not sign these"),
        tampered(
            "spaces",
            replaced("\"_type\": ", "\"_type\":"),
            "the statement is not JSON in its canonical form"),
        tampered("signature", envelope(TamperedSignature::other), "the key of ci did not sign"),
        tampered(
            "short signature",
            envelope(json -> signature(json).put("sig", "AAAA")),
            "the key of ci did not sign these bytes"),
        tampered(
            "loose base64",
            envelope(json -> signature(json).put("sig", "AB==")),
            "the signature is not in base64"),
        tampered(
            "keyid of another",
            envelope(json -> signature(json).put("keyid", ADA.fingerprint())),
            "the key of ada did not sign these bytes"),
        tampered(
            "keyid of nobody",
            envelope(json -> signature(json).put("keyid", STRANGER.fingerprint())),
            "trust.yaml does not know its key, " + STRANGER.fingerprint()),
        tampered(
            "payload's type",
            envelope(json -> json.put("payloadType", "text/plain")),
            "payloadType of the envelope is 'text/plain', not 'application/vnd.in-toto+json'"),
        tampered(
            "second signature",
            envelope(json -> json.withArray("signatures").addObject().put("keyid", "x")),
            "the envelope has 2 signatures, not one"),
        tampered(
            "no signature",
            envelope(json -> json.putArray("signatures")),
            "the envelope has 0 signatures, not one"),
        tampered(
            "member",
            envelope(json -> json.put("note", "trust me")),
            "the envelope holds [note, payload, payloadType, signatures], not [payload,"),
        tampered("appended", file -> file + " ", "the envelope is not JSON in its canonical form"),
        tampered(
            "key twice",
            file -> file.replaceFirst("\\{", "{\n  \"payload\": \"\","),
            "the envelope is not JSON in its canonical form"),
        tampered(
            "cut",
            file -> file.substring(0, file.length() / 2),
            "the envelope is not JSON in its canonical form"),
        tampered("empty", file -> "", "the envelope is not a JSON object"),
        tampered("array", file -> "[]\n", "the envelope is not a JSON object"));
  }

  private static final class TamperedSignature {
    static void other(ObjectNode json) {
      var bytes = Base64.getDecoder().decode(signature(json).get("sig").asText());
      bytes[63] = (byte) (bytes[63] ^ 1);
      signature(json).put("sig", Base64.getEncoder().encodeToString(bytes));
    }
  }

  private static ObjectNode signature(ObjectNode envelope) {
    return (ObjectNode) envelope.required("signatures").required(0);
  }

  private static Arguments tampered(String what, UnaryOperator<String> how, String why) {
    return Arguments.of(what, how, why);
  }

  private static UnaryOperator<String> replaced(String from, String to) {
    return envelope(json -> {
      var payload = new String(Base64.getDecoder().decode(json.get("payload").asText()), UTF_8);
      assertThat(payload).contains(from);
      var other = payload.replace(from, to).getBytes(UTF_8);
      json.put("payload", Base64.getEncoder().encodeToString(other));
    });
  }

  private static UnaryOperator<String> envelope(Consumer<ObjectNode> change) {
    return file -> {
      var json = details(file);
      change.accept(json);
      return CanonicalJson.text(json);
    };
  }

  /** Under the old name, and under the one that the new bytes would have. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("tamperings")
  void aTamperedFileIsRejectedAndSaysWhy(String what, UnaryOperator<String> how, String why) {
    var good = Envelope.sign(conformance(TIME), CI).file();
    var bad = how.apply(new String(good, UTF_8)).getBytes(UTF_8);
    var path = EvidencePath.of(conformance(TIME), good);
    var renamed = EvidencePath.of(conformance(TIME), bad);

    assertThat(against(JUDGE.judge(renamed, bad))).anyMatch(reason -> reason.startsWith(why));
    assertThat(against(JUDGE.judge(path, bad)))
        .contains("its bytes have the digest %s, not the one of its name".formatted(Digest.of(bad)))
        .anyMatch(reason -> reason.startsWith(why));
  }

  private static List<String> against(Evidence evidence) {
    return switch (evidence) {
      case Evidence.Counted _ -> List.of();
      case Evidence.Rejected rejected -> rejected.against();
    };
  }

  static Stream<Arguments> elsewhere() {
    return Stream.of(
        Arguments.of(
            "stable/%s/%s.conformance".formatted(RELEASE.hex().substring(0, 2), RELEASE),
            "it is about the channel alpha, not stable"),
        Arguments.of(
            "alpha/%s/%s.load-test".formatted(RELEASE.hex().substring(0, 2), RELEASE),
            "it is of the kind conformance, not load-test"),
        Arguments.of(
            "alpha/%s/%s.conformance".formatted(OTHER.hex().substring(0, 2), OTHER),
            "it is about the release " + RELEASE + ", not " + OTHER));
  }

  /** A good statement is good in its own place only. */
  @ParameterizedTest
  @MethodSource("elsewhere")
  void aFileThatWasMovedIsRejected(String folder, String why) {
    var file = Envelope.sign(conformance(TIME), CI).file();
    var path = folder + "." + Digest.of(file) + ".json";

    assertThat(against(JUDGE.judge(EvidencePath.parse(path).orElseThrow(), file)))
        .containsExactly(why);
  }

  static Stream<Arguments> beyondTheKey() {
    var none = Optional.<Moved>empty();
    var moved = Optional.of(new Moved("channel/alpha", "0123456789".repeat(4)));
    return Stream.of(
        Arguments.of("load-test", "{}", none, "ci may not attest load-test"),
        Arguments.of("approval", "{'group': 'sre'}", none, "ci is not of the group sre"),
        Arguments.of("health", "{'clusters': {'a': 'healthy'}}", none, "ci may not attest health"),
        Arguments.of(
            "acknowledgement",
            "{'deleted': 1, 'replaced': 0, 'from': '%s', 'reason': 'seen'}"
                .formatted(RELEASE.hex()),
            none,
            "ci may not attest acknowledgement"),
        Arguments.of(
            "override",
            "{'after': '0123456789012345678901234567890123456789', 'gates': ['soak', 'approvals',"
                + " 'freeze'], 'reason': 'fire'}",
            none,
            "ci may not override approvals, freeze"),
        Arguments.of("promotion", "{'act': 'promote'}", moved, "ci may not move stable"));
  }

  @ParameterizedTest
  @MethodSource("beyondTheKey")
  void whatAKeyMayNotSayDoesNotCount(
      String kind, String details, Optional<Moved> moved, String why) {
    var statement =
        new Statement("stable", RELEASE, kind, moved, TIME, Result.passed, details(details));

    assertThat(against(judged(statement, CI))).containsExactly(why);
  }

  static Stream<Arguments> allowed() {
    var none = Optional.<Moved>empty();
    var moved = Optional.of(new Moved("channel/stable", "0123456789".repeat(4)));
    return Stream.of(
        Arguments.of("approval", "{'group': 'sre'}", none),
        Arguments.of("health", "{'clusters': {}}", none),
        Arguments.of(
            "override",
            "{'after': '0123456789012345678901234567890123456789', 'gates': ['soak'], 'reason':"
                + " 'fire'}",
            none),
        Arguments.of("promotion", "{'act': 'rollback'}", moved));
  }

  @ParameterizedTest
  @MethodSource("allowed")
  void whatAKeyMaySayCounts(String kind, String details, Optional<Moved> moved) {
    var statement =
        new Statement("stable", RELEASE, kind, moved, TIME, Result.passed, details(details));

    assertThat(judged(statement, ADA)).isInstanceOf(Evidence.Counted.class);
  }

  static Stream<Arguments> shapeless() {
    return Stream.of(
        Arguments.of("approval", "{}", "the predicate of its kind, approval, needs group, a word"),
        Arguments.of(
            "approval", "{'group': ['sre']}", "the predicate of its kind, approval, needs"),
        Arguments.of("override", "{'gates': [], 'reason': 'x'}", "the predicate of its kind"),
        Arguments.of("override", "{'gates': ['soak']}", "the predicate of its kind, override"),
        Arguments.of("override", "{'gates': ['soak'], 'reason': 'x'}", "the predicate of its kind"),
        Arguments.of("health", "{'clusters': {'a': 1}}", "the predicate of its kind, health"),
        Arguments.of(
            "acknowledgement",
            "{'deleted': -1, 'replaced': 0, 'reason': 'x'}",
            "the predicate of its kind, acknowledgement, needs deleted and"),
        Arguments.of(
            "acknowledgement",
            "{'deleted': 1, 'replaced': 0, 'reason': 'x'}",
            "the predicate of its kind, acknowledgement, needs deleted and replaced, two counts,"
                + " from,"),
        Arguments.of("promotion", "{'act': 'promote'}", "it names no commit"));
  }

  @ParameterizedTest
  @MethodSource("shapeless")
  void aKindOfOursHasItsShape(String kind, String details, String why) {
    var statement =
        new Statement(
            "stable", RELEASE, kind, Optional.empty(), TIME, Result.passed, details(details));

    assertThat(against(judged(statement, ADA))).singleElement().asString().startsWith(why);
  }

  @Test
  void aKeyCountsFromItsFirstInstantToItsLast() {
    var late = new EvidenceJudge(TRUST, UNTIL.plusSeconds(1_000));
    assertThat(at(late, FROM.minusSeconds(1)))
        .containsExactly(
            "the key of ci is valid from 2026-01-01T00:00:00Z until 2026-06-01T00:00:00Z, not at"
                + " 2025-12-31T23:59:59Z");
    assertThat(at(late, FROM)).isEmpty();
    assertThat(at(late, UNTIL.minusSeconds(1))).isEmpty();
    assertThat(at(late, UNTIL)).hasSize(1);
  }

  @Test
  void whatIsStillToComeDoesNotCountBeyondWhatClocksDiffer() {
    assertThat(at(JUDGE, TIME.plusSeconds(60))).isEmpty();
    assertThat(at(JUDGE, TIME.plusSeconds(61)))
        .containsExactly("its time, 2026-03-01T12:01:01Z, is still to come");
  }

  @Test
  void whatFailedCountsWhateverTheClockSaid() {
    var failed =
        new Statement(
            "alpha",
            RELEASE,
            "conformance",
            Optional.empty(),
            TIME.plusSeconds(61),
            Result.failed,
            details("{}"));

    assertThat(judged(failed, CI)).isInstanceOf(Evidence.Counted.class);
  }

  private static List<String> at(EvidenceJudge judge, Instant time) {
    var file = Envelope.sign(conformance(time), CI).file();
    return against(judge.judge(EvidencePath.of(conformance(time), file), file));
  }

  @Test
  void everyReasonIsToldAtOnce() {
    var statement = conformance(UNTIL);
    var file = Envelope.sign(statement, ADA).file();
    var path =
        EvidencePath.parse(
                "beta/%s/%s.conformance.%s.json"
                    .formatted(RELEASE.hex().substring(0, 2), RELEASE, Digest.of("x")))
            .orElseThrow();

    assertThat(against(JUDGE.judge(path, file))).hasSize(5);
  }

  @Test
  void aStatementReadsAsItWasWritten() {
    Seeds.check(
        300,
        random -> {
          var statement = any(random);
          assertThat(read(statement.json())).isEqualTo(statement);
          assertThat(read(statement.json()).json()).isEqualTo(statement.json());
          var envelope = Envelope.sign(statement, CI);
          assertThat(reread(envelope.file())).isEqualTo(envelope);
        });
  }

  /**
   * No bit of a file can be another one; the name that the new bytes would have changes nothing.
   */
  @Test
  void noBitOfAFileCanBeAnother() {
    var good = Envelope.sign(conformance(TIME), CI).file();
    for (var bit = 0; bit < good.length * 8; bit++) {
      var bad = good.clone();
      bad[bit / 8] = (byte) (bad[bit / 8] ^ (1 << (bit % 8)));
      assertThat(JUDGE.judge(EvidencePath.of(conformance(TIME), bad), bad))
          .as("bit %d", bit)
          .isInstanceOf(Evidence.Rejected.class);
    }
  }

  private static Statement any(Random random) {
    var details = JsonNodeFactory.instance.objectNode();
    for (var i = random.nextInt(4); i > 0; i--) {
      var name = "größe \"%d\"\n".formatted(random.nextInt());
      switch (random.nextInt(4)) {
        case 0 -> details.put(name, random.nextInt());
        case 1 -> details.put(name, random.nextBoolean());
        case 2 -> details.putArray(name).add("a/b\\c").addObject().put("b", 1).put("a", 2);
        default -> details.put(name, new String(Character.toChars(0x1F6A2 + random.nextInt(9))));
      }
    }
    return new Statement(
        "channel-" + random.nextInt(9),
        Digest.of("release " + random.nextInt()),
        "kind-" + random.nextInt(9),
        Optional.empty(),
        Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L)),
        random.nextBoolean() ? Result.passed : Result.failed,
        details);
  }

  private static Statement read(String json) {
    try {
      return StatementReader.read(json);
    } catch (MalformedEvidenceException e) {
      throw new AssertionError(e.why(), e);
    }
  }

  private static Envelope reread(byte[] file) {
    try {
      return Envelope.read(file);
    } catch (MalformedEvidenceException e) {
      throw new AssertionError(e.why(), e);
    }
  }
}
