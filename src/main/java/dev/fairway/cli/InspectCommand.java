package dev.fairway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.model.Symbol;
import dev.fairway.release.CanonicalJson;
import dev.fairway.release.Release;
import java.io.IOException;
import java.io.UncheckedIOException;
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
      "  fairway inspect symbols | grep setting",
      "%nExample: what each component runs, on which ports, and as whom",
      "  fairway inspect components"
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
    return console.finish(found, this::json, shown -> new Table(rows(shown)).print(console.out()));
  }

  private ObjectNode json(Release found) {
    var json = JsonNodeFactory.instance.objectNode();
    json.set(
        topic.name(),
        topic == Topic.components ? componentsJson(inventory(found)) : json(rows(found)));
    return json;
  }

  private static ArrayNode json(List<List<String>> rows) {
    var array = JsonNodeFactory.instance.arrayNode();
    for (var row : rows.subList(1, rows.size())) {
      var json = array.addObject();
      for (var column = 0; column < row.size(); column++) {
        json.put(rows.getFirst().get(column), row.get(column));
      }
    }
    return array;
  }

  private List<List<String>> rows(Release found) {
    return switch (topic) {
      case stacks -> stacks(found);
      case components -> components(inventory(found));
      case images -> images(inventory(found));
      case roles -> roles(inventory(found));
      case symbols -> symbols(found);
      case reach -> reach(inventory(found));
    };
  }

  private static JsonNode inventory(Release found) {
    return tree(found, "inventory.json");
  }

  private static JsonNode tree(Release found, String file) {
    try {
      return CanonicalJson.TREES.readTree(found.file(file));
    } catch (IOException e) {
      throw new UncheckedIOException("a release that was read holds JSON", e);
    }
  }

  private static List<List<String>> stacks(Release found) {
    var rows = table("template", "resources", "parameters", "node config", "bytes");
    for (var template : found.manifest().templates()) {
      rows.add(
          List.of(
              template.name(),
              Integer.toString(tree(found, template.file()).path("Resources").size()),
              Integer.toString(template.parameters().size()),
              template.nodeConfig().orElse("-"),
              Integer.toString(found.file(template.file()).length)));
    }
    return rows;
  }

  private static List<List<String>> components(JsonNode inventory) {
    var rows = table("component", "images", "ports", "role", "accounts", "switched by", "needs");
    inventory
        .required("components")
        .properties()
        .forEach(component -> {
          var made = component.getValue();
          rows.add(
              List.of(
                  component.getKey(),
                  lines(made.path("images")),
                  lines(made.path("ports")),
                  made.path("role").asText("-"),
                  lines(made.path("serviceAccounts")),
                  made.path("enabledBy").asText("-"),
                  lines(made.path("needs"))));
        });
    return rows;
  }

  /** What is several has a list, which a row of a table has not. */
  private static ArrayNode componentsJson(JsonNode inventory) {
    var array = JsonNodeFactory.instance.arrayNode();
    inventory
        .required("components")
        .properties()
        .forEach(component -> {
          ObjectNode json = array.addObject().put("component", component.getKey());
          json.setAll((ObjectNode) component.getValue());
        });
    return array;
  }

  private static String lines(JsonNode array) {
    return array.isEmpty() ? "-" : String.join("\n", texts(array));
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
    return String.join(" ", texts(array));
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
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
