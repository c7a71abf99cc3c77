package dev.fairway.diff.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.diagnostic.Printable;
import dev.fairway.diff.Budget;
import dev.fairway.diff.Difference;
import dev.fairway.diff.FieldChange;
import dev.fairway.diff.fleet.ComponentEffect;
import dev.fairway.diff.fleet.EffectClass;
import dev.fairway.diff.fleet.FleetImpact;
import dev.fairway.diff.fleet.NodeSpan;
import dev.fairway.diff.fleet.StackEffect;
import dev.fairway.diff.fleet.TimeSpan;
import dev.fairway.diff.fleet.WaveImpact;
import dev.fairway.release.CanonicalJson;
import java.util.Locale;

/** For programs: everything, with whole values. Durations are seconds. */
public final class JsonReport {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonReport() {}

  public static String of(Comparison comparison) {
    return Printable.json(CanonicalJson.text(tree(comparison)));
  }

  public static ObjectNode tree(Comparison comparison) {
    var json =
        NODES
            .objectNode()
            .put("before", comparison.release().before().hex())
            .put("after", comparison.release().after().hex())
            .put("deleted", comparison.release().deleted())
            .put("replaced", comparison.release().replaced());
    var differences = json.putArray("differences");
    comparison.release().differences().forEach(it -> differences.add(difference(it)));
    comparison.fleet().ifPresent(fleet -> json.set("fleet", fleet(fleet)));
    return json;
  }

  private static ObjectNode difference(Difference it) {
    var json =
        NODES
            .objectNode()
            .put("area", word(it.area()))
            .put("act", word(it.act()))
            .put("subject", it.subject())
            .put("kind", it.kind())
            .put("risk", word(it.risk()))
            .put("fate", word(it.fate()));
    var files = json.putArray("files");
    it.files().forEach(files::add);
    it.note().ifPresent(note -> json.put("note", note));
    if (!it.fields().isEmpty()) {
      var fields = json.putArray("fields");
      it.fields().forEach(field -> fields.add(field(field)));
    }
    return json;
  }

  private static ObjectNode field(FieldChange field) {
    var json = NODES.objectNode().put("path", field.path());
    field.was().ifPresent(value -> json.put("was", value));
    field.becomes().ifPresent(value -> json.put("becomes", value));
    if (field.isLong()) {
      var lines = field.lines();
      json.put("linesAdded", lines.added()).put("linesRemoved", lines.removed());
    }
    return json;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static ObjectNode fleet(FleetImpact fleet) {
    var json =
        NODES
            .objectNode()
            .put("clusters", fleet.clusters())
            .put("notReady", fleet.notReady())
            .put("unchanged", fleet.unchanged());
    var classes = json.putArray("classes");
    fleet.classes().forEach(effects -> classes.add(effects(effects)));
    var unlinked = json.putArray("unlinked");
    fleet
        .unlinked()
        .forEach(it ->
            unlinked
                .addObject()
                .put("cluster", it.cluster())
                .put("release", it.isNew() ? "after" : "before")
                .put("why", it.why()));
    var waves = json.putArray("waves");
    fleet.waves().forEach(wave -> waves.add(wave(wave)));
    return json;
  }

  private static ObjectNode effects(EffectClass effects) {
    var json = NODES.objectNode();
    var clusters = json.putArray("clusters");
    effects.clusters().forEach(clusters::add);
    var stacks = json.putArray("stacks");
    effects.effect().stacks().forEach(stack -> stacks.add(stack(stack)));
    var components = json.putArray("components");
    effects.effect().components().forEach(it -> components.add(component(it)));
    var nodes = json.putObject("nodes");
    effects.nodes().forEach((template, span) -> nodes.set(template, nodes(span)));
    json.set("secondsOfACluster", seconds(effects.longest()));
    var waves = json.putObject("waves");
    effects.waves().forEach(waves::put);
    json.set("budgets", budgets(effects));
    return json;
  }

  private static ObjectNode stack(StackEffect stack) {
    var json =
        NODES
            .objectNode()
            .put("template", stack.template())
            .put("act", word(stack.act()))
            .put("templateChanges", stack.isTemplateOther())
            .put("nodeConfigChanges", stack.isNodeConfigOther())
            .put("nodesAreReplaced", stack.isRolling());
    var parameters = json.putArray("parameters");
    stack.parameters().forEach(parameters::add);
    return json;
  }

  private static ObjectNode component(ComponentEffect it) {
    return NODES.objectNode().put("component", it.component()).put("act", word(it.act()));
  }

  private static ObjectNode nodes(NodeSpan span) {
    return NODES.objectNode().put("least", span.least()).put("most", span.most());
  }

  private static ObjectNode seconds(TimeSpan span) {
    return NODES
        .objectNode()
        .put("least", span.least().toSeconds())
        .put("most", span.most().toSeconds());
  }

  private static ArrayNode budgets(EffectClass effects) {
    var json = NODES.arrayNode();
    effects.budgets().forEach(it -> json.add(budget(it)));
    return json;
  }

  private static ObjectNode budget(Budget it) {
    var json =
        NODES
            .objectNode()
            .put("name", it.name())
            .put("component", it.component())
            .put("allowed", it.allowed())
            .put("blocks", it.isBlocking())
            .put("graceSeconds", it.grace().toSeconds());
    it.replicas().ifPresent(replicas -> json.put("replicas", replicas));
    return json;
  }

  private static ObjectNode wave(WaveImpact wave) {
    var json =
        NODES
            .objectNode()
            .put("channel", wave.channel())
            .put("clusters", wave.clusters())
            .put("inFlight", wave.inFlight())
            .put("pauseSeconds", wave.pause().toSeconds());
    wave.wave().ifPresent(name -> json.put("wave", name));
    json.set("nodes", nodes(wave.nodes()));
    json.set("seconds", seconds(wave.time()));
    return json;
  }
}
