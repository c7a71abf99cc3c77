package dev.fairway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairway.model.Symbol;
import dev.fairway.release.CanonicalJson;
import dev.fairway.release.Release;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "inspect",
    description = "Shows what is in a release, one kind of thing at a time.",
    footer = {
      "%nExample: which settings a cluster's config_items may override",
      "  fairway inspect symbols | grep setting"
    })
final class InspectCommand implements Callable<Integer> {
  /** What there is to see. */
  enum Topic {
    stacks,
    components,
    images,
    roles,
    symbols,
    reach
  }

  @Mixin private Console console = new Console();

  @Parameters(
      index = "0",
      paramLabel = "WHAT",
      arity = "0..1",
      defaultValue = "components",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private Topic topic = Topic.components;

  @Option(
      names = "--release",
      paramLabel = "DIR",
      description = "the release (default: target/release, compiled when stale)")
  private Optional<Path> release = Optional.empty();

  @Override
  public Integer call() throws Exception {
    var found = Workspace.here().release(release, console.progress());
    if (found.value().isPresent()) {
      var rows = rows(found.value().get());
      if (console.isJson()) {
        console.out().print(CanonicalJson.text(json(rows)));
      } else {
        new Table(rows).print(console.out());
      }
    }
    return console.report(found.diagnostics());
  }

  private JsonNode json(List<List<String>> rows) {
    var array = JsonNodeFactory.instance.arrayNode();
    for (var row : rows.subList(1, rows.size())) {
      var json = array.addObject();
      for (var column = 0; column < row.size(); column++) {
        json.put(rows.getFirst().get(column), row.get(column));
      }
    }
    return JsonNodeFactory.instance.objectNode().set(topic.name(), array);
  }

  private List<List<String>> rows(Release found) throws IOException {
    return switch (topic) {
      case stacks -> stacks(found);
      case components -> components(found);
      case images -> images(inventory(found));
      case roles -> roles(inventory(found));
      case symbols -> symbols(found);
      case reach -> reach(inventory(found));
    };
  }

  private static JsonNode inventory(Release found) throws IOException {
    return CanonicalJson.TREES.readTree(found.file("inventory.json"));
  }

  private static List<List<String>> stacks(Release found) throws IOException {
    var rows = table("template", "resources", "parameters", "node config", "bytes");
    for (var template : found.manifest().templates()) {
      var bytes = found.file(template.file());
      rows.add(
          List.of(
              template.name(),
              Integer.toString(CanonicalJson.TREES.readTree(bytes).path("Resources").size()),
              Integer.toString(template.parameters().size()),
              template.nodeConfig().orElse("-"),
              Integer.toString(bytes.length)));
    }
    return rows;
  }

  private static List<List<String>> components(Release found) {
    var rows = table("component", "switched by", "slots", "bytes");
    for (var component : found.manifest().components()) {
      var slots =
          found.manifest().slots().stream()
              .filter(slot -> slot.file().equals(component.file()))
              .count();
      rows.add(
          List.of(
              component.name(),
              component.enabledBy().orElse("-"),
              Long.toString(slots),
              Integer.toString(found.file(component.file()).length)));
    }
    return rows;
  }

  private static List<List<String>> images(JsonNode inventory) {
    var rows = table("image");
    inventory.required("images").forEach(image -> rows.add(List.of(image.asText())));
    return rows;
  }

  private static List<List<String>> roles(JsonNode inventory) {
    var rows = table("template", "policy", "statement", "effect", "actions", "why a wildcard");
    inventory
        .required("policies")
        .properties()
        .forEach(template ->
            template
                .getValue()
                .properties()
                .forEach(policy ->
                    policy
                        .getValue()
                        .forEach(statement ->
                            rows.add(
                                List.of(
                                    template.getKey(),
                                    policy.getKey(),
                                    statement.path("Sid").asText(),
                                    statement.path("Effect").asText(),
                                    words(statement.path("Action")),
                                    statement.path("WildcardReason").asText("-"))))));
    return rows;
  }

  private static String words(JsonNode array) {
    var words = new ArrayList<String>();
    array.forEach(word -> words.add(word.asText()));
    return String.join(" ", words);
  }

  private static List<List<String>> symbols(Release found) {
    var rows = table("symbol", "scope", "takes", "initial", "description");
    for (Symbol symbol : found.manifest().symbols().values()) {
      rows.add(
          List.of(
              symbol.name(),
              symbol.scope().name(),
              symbol.type().expectation(),
              symbol.initial().map(value -> value.inline()).orElse("-"),
              symbol.description()));
    }
    return rows;
  }

  private static List<List<String>> reach(JsonNode inventory) {
    var rows = table("group", "direction", "peer", "protocol", "ports", "why");
    for (var rule : inventory.required("reach")) {
      var peer = rule.path("peer");
      rows.add(
          List.of(
              rule.path("group").asText(),
              rule.path("direction").asText(),
              peer.isTextual() ? peer.asText() : peer.toString(),
              rule.path("protocol").asText(),
              rule.path("ports").asText(),
              rule.path("reason").asText()));
    }
    return rows;
  }

  private static List<List<String>> table(String... headings) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of(headings));
    return rows;
  }
}
