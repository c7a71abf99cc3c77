package dev.fairway.channel;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.channel.EvidenceBranch.Addition;
import dev.fairway.channel.RefusalsTest.Attempt;
import dev.fairway.channel.RefusalsTest.Case;
import dev.fairway.channel.RefusalsTest.Stage;
import dev.fairway.channel.Statement.Result;
import dev.fairway.model.Digest;
import dev.fairway.release.Release;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Gates that are not met, each in every way. */
final class GateRefusals {
  private GateRefusals() {}

  /** What is wrong, before the promotion is tried. */
  interface Spoiling {
    void in(Harbour harbour, Release release) throws IOException;
  }

  private static Case dev(String what, Spoiling spoiling) {
    return new Case("Gates", what, Stage.PUBLISHED, promoting("dev", spoiling));
  }

  private static Case alpha(String what, Spoiling spoiling) {
    return new Case("Gates", what, Stage.IN_DEV, promoting("alpha", spoiling));
  }

  private static Case stable(String what, Spoiling spoiling) {
    return new Case("Gates", what, Stage.IN_ALPHA, promoting("stable", spoiling));
  }

  private static Attempt promoting(String channel, Spoiling spoiling) {
    return (harbour, release) -> {
      spoiling.in(harbour, release);
      var before = RefusalsTest.remoteState(harbour);
      var outcome = harbour.promote(channel);
      if (!RefusalsTest.remoteState(harbour).equals(before)) {
        throw new AssertionError("it moved something: " + outcome);
      }
      return outcome;
    };
  }

  static List<Case> cases() {
    return List.of(
        dev("nobody tested it", (_, _) -> {}),
        dev("the test failed", (h, r) -> said(h, r, "conformance", "dev", Result.failed)),
        dev(
            "it passed, and failed when tested again",
            (h, r) -> {
              said(h, r, "conformance", "dev", Result.passed);
              h.pass(Duration.ofMinutes(5));
              said(h, r, "conformance", "dev", Result.failed);
            }),
        dev(
            "who says that it passed may not say so",
            (h, r) -> h.attest("conformance", "dev", r, h.grace)),
        dev(
            "who says that it passed is nobody known",
            (h, r) ->
                h.add(
                    Addition.of(
                        new Statement(
                            "dev",
                            r.digest(),
                            "conformance",
                            Optional.empty(),
                            h.now,
                            Result.passed,
                            instance.objectNode()),
                        h.stranger),
                    h.ci)),
        dev("the key had ended when it was said", GateRefusals::endedKey),
        dev(
            "it passed for another channel",
            (h, r) -> said(h, r, "conformance", "alpha", Result.passed)),
        alpha("it has not soaked long enough", (h, _) -> h.pass(Duration.ofHours(23))),
        alpha(
            "a test failed in another channel",
            (h, r) -> {
              h.pass(Duration.ofHours(24));
              said(h, r, "load-test", "dev", Result.failed);
            }),
        alpha(
            "what failed in another channel passed in this one only",
            (h, r) -> {
              h.pass(Duration.ofHours(24));
              said(h, r, "load-test", "dev", Result.failed);
              h.pass(Duration.ofMinutes(5));
              said(h, r, "load-test", "alpha", Result.passed);
            }),
        alpha("a cluster's record is wrong", GateRefusals::brokenRecord),
        stable(
            "nobody looked at the upstream's clusters",
            (h, r) -> {
              h.approve(r, h.ada);
              h.approve(r, h.grace);
            }),
        stable(
            "nobody has looked at them for too long",
            (h, r) -> {
              h.readyForStable(r);
              h.pass(Duration.ofMinutes(31));
            }),
        stable(
            "one of them is not well",
            (h, r) -> {
              h.readyForStable(r);
              h.pass(Duration.ofMinutes(1));
              h.say(
                  "health",
                  "alpha",
                  r.digest(),
                  h.ci,
                  Harbour.healthy("two nodes are not ready"),
                  Result.failed);
            }),
        stable(
            "one of two has approved",
            (h, r) -> {
              healthy(h, r);
              h.approve(r, h.ada);
            }),
        stable("one person approves with two keys", GateRefusals::oneVoice),
        stable(
            "who approves is not of the group",
            (h, r) -> {
              healthy(h, r);
              h.approve(r, h.ada);
              h.approve(r, h.ci);
            }),
        stable(
            "somebody takes their approval back",
            (h, r) -> {
              h.readyForStable(r);
              h.pass(Duration.ofMinutes(1));
              h.say("approval", "stable", r.digest(), h.grace, group(), Result.failed);
            }),
        new Case("Gates", "it loses more than it may", Stage.IN_ALPHA, losing(-1)),
        new Case("Gates", "less was acknowledged than it loses", Stage.IN_ALPHA, losing(2)),
        new Case(
            "Gates",
            "what another release would lose was acknowledged",
            Stage.IN_ALPHA,
            losingOfAnother()),
        stable(
            "the channel is frozen",
            (h, r) -> {
              h.pass(Duration.between(h.now, Instant.parse("2026-03-20T13:30:00Z")));
              h.readyForStable(r);
            }));
  }

  private static void said(Harbour h, Release r, String kind, String channel, Result result) {
    h.say(kind, channel, r.digest(), h.ci, instance.objectNode(), result);
  }

  private static void healthy(Harbour h, Release r) {
    h.attest("health", "alpha", r, h.ci, Harbour.healthy("healthy"));
  }

  private static ObjectNode group() {
    return instance.objectNode().put("group", "platform");
  }

  private static void endedKey(Harbour h, Release r) throws IOException {
    var old = SigningKey.generate();
    h.files.put(
        "channels/trust.yaml",
        h.trust()
            + Harbour.key("old", old, "    attests: [conformance]\n")
            + "    until: 2026-02-01T00:00:00Z\n");
    h.main("an old key");
    h.attest("conformance", "dev", r, old);
  }

  private static void brokenRecord(Harbour h, Release ignored) throws IOException {
    h.pass(Duration.ofHours(24));
    h.files.put("clusters/shop.yaml", "alias: shop\nchannel: alpha\nid: shop\n");
    h.main("a cluster");
  }

  private static void oneVoice(Harbour h, Release r) throws IOException {
    var second = SigningKey.generate();
    h.files.put(
        "channels/trust.yaml", h.trust() + Harbour.key("ada", second, "    groups: [platform]\n"));
    h.main("a second key");
    healthy(h, r);
    h.approve(r, h.ada);
    h.approve(r, second);
  }

  /** Two resources; a first release in stable is needed, for something to be lost. */
  private static Attempt losing(int acknowledged) {
    return losing(acknowledged, Release::digest);
  }

  /** What was acknowledged would have been lost of another release than the channel has. */
  private static Attempt losingOfAnother() {
    return losing(3, release -> Digest.of(release.digest().hex()));
  }

  private static Attempt losing(int acknowledged, Function<Release, Digest> from) {
    return (h, r) -> {
      h.readyForStable(r);
      Harbour.mustMove(ActReport.State.MOVED, h.promote("stable"));
      var next = h.inAlpha("two");
      h.pass(Duration.ofHours(24));
      h.readyForStable(next);
      h.losses = new Losses(Optional.of(r.digest()), 3, 1);
      if (acknowledged >= 0) {
        h.attest(
            "acknowledgement",
            "stable",
            next,
            h.ada,
            instance
                .objectNode()
                .put("deleted", acknowledged)
                .put("replaced", 1)
                .put("from", from.apply(r).hex())
                .put("reason", "it was unused"));
      }
      return h.promote("stable");
    };
  }
}
