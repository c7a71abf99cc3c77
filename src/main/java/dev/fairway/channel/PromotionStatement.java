package dev.fairway.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.channel.Evidence.Counted;
import dev.fairway.model.ClusterId;
import dev.fairway.model.Digest;
import dev.fairway.model.EvidenceKind;
import dev.fairway.model.Gate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is said of a channel that moved: all that its gates were judged by and that Git does not
 * hold by itself, so that anybody can judge them again.
 *
 * @param evidence the files that the judgement heard, whether or not a gate stands on them
 * @param gates what came of each gate
 */
record PromotionStatement(
    Act act,
    String policy,
    String from,
    List<Digest> evidence,
    Losses losses,
    Linking linking,
    ObjectNode gates) {
  PromotionStatement {
    evidence = evidence.stream().sorted().distinct().toList();
  }

  static PromotionStatement of(
      Question question, PromotionCommit commit, List<GateResult> results) {
    return new PromotionStatement(
        question.act(),
        commit.trailers().policy().name(),
        commit.trailers().from() + "@" + commit.trailers().fromCommit().name(),
        question.proofs().stream().map(proof -> proof.path().file()).toList(),
        question.losses(),
        question.linking(),
        gates(question, results));
  }

  /**
   * The first thing that is said otherwise than it was, by one who judged again. Words in which a
   * gate says why it is met may change with Fairway; names of people may not.
   */
  Optional<String> difference(PromotionStatement judged) {
    return silence(judged).or(() -> otherGate(judged));
  }

  private Optional<String> silence(PromotionStatement judged) {
    return judged.evidence.stream()
        .filter(file -> !evidence.contains(file))
        .findFirst()
        .map(file -> "it is silent about %s.json, which was there".formatted(file));
  }

  /** Which version each should run the linker of that time said, and a later one may not. */
  Optional<String> otherClusters(Linking linked) {
    var said = linking.versions().keySet();
    var were = linked.versions().keySet();
    return said.equals(were)
        ? Optional.empty()
        : Optional.of(
            "it says that it was linked with %s, where the channel's clusters were %s"
                .formatted(said, were));
  }

  private Optional<String> otherGate(PromotionStatement judged) {
    return Stream.of(judged.gates, gates)
        .flatMap(all -> all.properties().stream())
        .map(Map.Entry::getKey)
        .filter(gate -> !told(gate, gates).equals(told(gate, judged.gates)))
        .findFirst()
        .map(gate ->
            "of the gate %s it says %s, where it was %s"
                .formatted(gate, told(gate, gates), told(gate, judged.gates)));
  }

  /** Without the gate's own words, unless they name people. */
  private static JsonNode told(String name, ObjectNode gates) {
    var gate = gates.path(name).deepCopy();
    if (gate instanceof ObjectNode object
        && !name.equals(Gate.APPROVALS.keyword())
        && !isOverridden(gate)) {
      object.remove("reason");
    }
    return gate;
  }

  private static boolean isOverridden(JsonNode gate) {
    return gate.path("state").asText().equals("overridden");
  }

  private static ObjectNode gates(Question question, List<GateResult> results) {
    var json = JsonNodeFactory.instance.objectNode();
    for (var result : results) {
      var gate = json.putObject(result.name());
      gate.put("state", result.state().name().toLowerCase(Locale.ROOT));
      gate.put("reason", result.reason());
      var files = gate.putArray("evidence");
      result.evidence().forEach(file -> files.add(file.hex()));
    }
    question
        .upstreamSince()
        .ifPresent(since -> {
          if (json.get("soak") instanceof ObjectNode soak) {
            soak.put("since", since.toString()).put("until", question.now().toString());
          }
        });
    question.proofs().stream()
        .filter(proof -> proof.statement().kind().equals(EvidenceKind.HEALTH))
        .reduce((_, later) -> later)
        .ifPresent(health -> {
          if (json.get("upstream-health") instanceof ObjectNode gate) {
            gate.set("clusters", health.statement().details().path("clusters"));
          }
        });
    return json;
  }

  /** As evidence about the very commit that the branch moves to. */
  Statement about(String channel, String branch, PromotionCommit commit, Instant now) {
    return new Statement(
        channel,
        commit.trailers().release(),
        EvidenceKind.PROMOTION,
        Optional.of(new Statement.Moved(branch, commit.id().name())),
        now,
        Statement.Result.passed,
        details());
  }

  private ObjectNode details() {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("act", act.word()).put("policy", policy).put("from", from);
    var files = json.putArray("evidence");
    evidence.forEach(file -> files.add(file.hex()));
    losses.writeTo(json.putObject("losses"));
    var clusters = json.putObject("clusters");
    linking.versions().forEach((id, version) -> clusters.put(id.toString(), version.hex()));
    json.set("gates", gates);
    return json;
  }

  /**
   * Reads one back; empty when it was written by something else: what is read must come to the same
   * bytes, so nothing in it was passed over or taken for another.
   */
  static Optional<PromotionStatement> read(Counted counted) {
    var json = counted.statement().details();
    try {
      var versions = new TreeMap<ClusterId, Digest>();
      json.path("clusters")
          .properties()
          .forEach(cluster ->
              versions.put(
                  ClusterId.of(cluster.getKey()), new Digest(cluster.getValue().asText())));
      var read =
          new PromotionStatement(
              Act.valueOf(json.path("act").asText().toUpperCase(Locale.ROOT)),
              json.path("policy").asText(),
              json.path("from").asText(),
              json.path("evidence").valueStream().map(JsonNode::asText).map(Digest::new).toList(),
              Losses.read(json.path("losses")),
              new Linking(versions, List.of()),
              (ObjectNode) json.required("gates"));
      return Optional.of(read).filter(said -> said.details().equals(json));
    } catch (IllegalArgumentException | ClassCastException e) {
      return Optional.empty();
    }
  }

  /** Who approved, as the gate said. */
  List<String> approvals() {
    var gate = gates.path("approvals");
    return gate.path("state").asText().equals("met")
        ? List.of(gate.path("reason").asText().split(", "))
        : List.of();
  }

  /** Each gate that was gone around, and by whom and why. */
  List<String> overridden() {
    return gates.properties().stream()
        .filter(gate -> isOverridden(gate.getValue()))
        .map(gate -> gate.getKey() + " " + gate.getValue().path("reason").asText())
        .toList();
  }
}
