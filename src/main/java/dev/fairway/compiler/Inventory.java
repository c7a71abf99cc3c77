package dev.fairway.compiler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.model.Image;
import dev.fairway.model.Policy;
import dev.fairway.model.Reach;
import dev.fairway.model.Value;
import dev.fairway.platform.Platform;
import dev.fairway.release.CanonicalJson;
import java.util.Comparator;
import java.util.TreeSet;

/**
 * {@code inventory.json}: what reviewers look at first. Images, who may do what, open ports, and
 * what each component is made of.
 */
final class Inventory {
  private Inventory() {}

  static ObjectNode of(Platform platform) {
    var json = JsonNodeFactory.instance.objectNode();
    json.set("images", images(platform));
    json.set("policies", policies(platform));
    json.set("reach", reach(platform));
    json.set("listeners", listeners(platform));
    json.set("rbac", rbac(platform));
    var components = json.putObject("components");
    platform
        .parts()
        .forEach(part -> components.set(part.name(), ComponentInventory.of(part).json()));
    return json;
  }

  private static ArrayNode images(Platform platform) {
    var images = new TreeSet<String>();
    platform.images().stream().map(Image::toString).forEach(images::add);
    var json = JsonNodeFactory.instance.arrayNode();
    images.forEach(json::add);
    return json;
  }

  private static ObjectNode policies(Platform platform) {
    var json = JsonNodeFactory.instance.objectNode();
    for (var template : platform.templates()) {
      for (Policy policy : template.policies()) {
        var statements =
            json.withObject("/" + template.name())
                .putArray(policy.logicalId() + "/" + policy.property());
        policy
            .statements()
            .forEach(statement -> {
              ObjectNode entry = tree(statement.cloudFormation());
              statement.wildcardReason().ifPresent(reason -> entry.put("WildcardReason", reason));
              statements.add(entry);
            });
      }
    }
    return json;
  }

  private static ArrayNode reach(Platform platform) {
    var json = JsonNodeFactory.instance.arrayNode();
    platform.templates().stream()
        .flatMap(template -> template.reach().stream())
        .map(Inventory::reach)
        .sorted(Comparator.comparing(CanonicalJson::text))
        .forEach(json::add);
    return json;
  }

  private static ObjectNode reach(Reach rule) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("direction", rule.direction().name())
            .put("group", rule.owner().name())
            .put("protocol", rule.protocol().ec2())
            .put("ports", rule.ports().map(Object::toString).orElse("all"))
            .put("reason", rule.reason());
    switch (rule.peer()) {
      case Reach.SecurityGroup(var name) -> json.put("peer", name);
      case Reach.Network(var cidr) -> json.set("peer", value(cidr));
      case Reach.PrefixList(var id) -> json.set("peer", value(id));
    }
    return json;
  }

  private static ArrayNode listeners(Platform platform) {
    var json = JsonNodeFactory.instance.arrayNode();
    platform.templates().stream()
        .flatMap(template -> template.listeners().stream())
        .forEach(listener ->
            json.addObject()
                .put("port", listener.port())
                .put("protocol", listener.protocol())
                .put("instancePort", listener.instancePort())
                .put("instanceProtocol", listener.instanceProtocol()));
    return json;
  }

  /** Who is bound to what, and what each role allows, component by component. */
  private static ObjectNode rbac(Platform platform) {
    var json = JsonNodeFactory.instance.objectNode();
    for (var part : platform.parts()) {
      for (var object : KubernetesObjects.of(part)) {
        if (object.path("apiVersion").asText().startsWith("rbac.authorization.k8s.io/")) {
          var name =
              object.path("kind").asText() + "/" + object.path("metadata").path("name").asText();
          ObjectNode entry = object.deepCopy();
          json.withObject("/" + part.name())
              .set(name, entry.retain("rules", "roleRef", "subjects"));
        }
      }
    }
    return json;
  }

  private static JsonNode value(Value value) {
    return CanonicalJson.TREES.valueToTree(value.cloudFormation());
  }

  private static ObjectNode tree(Object json) {
    return CanonicalJson.TREES.valueToTree(json);
  }
}
