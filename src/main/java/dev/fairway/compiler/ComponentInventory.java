package dev.fairway.compiler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.model.Role;
import dev.fairway.model.Symbol;
import dev.fairway.platform.Platform.Part;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a component is made of, as its pods say: images, ports, accounts, and its IAM role.
 *
 * @param pods the specs of the pods that its objects make
 */
record ComponentInventory(Part part, List<ObjectNode> objects, List<JsonNode> pods) {

  static ComponentInventory of(Part part) {
    var objects = KubernetesObjects.of(part);
    var pods =
        objects.stream().flatMap(object -> object.findParents("containers").stream()).toList();
    return new ComponentInventory(part, objects, pods);
  }

  /** Keys: enabledBy, images, needs, ports, role, serviceAccounts; absent ones are left out. */
  ObjectNode json() {
    var json = JsonNodeFactory.instance.objectNode();
    part.enabledBy().map(Symbol::name).ifPresent(name -> json.put("enabledBy", name));
    json.set("needs", sorted(part.needs().stream().map(Symbol::name).toList()));
    json.set("images", sorted(images().toList()));
    json.set("ports", sorted(pods.stream().flatMap(ComponentInventory::ports).toList()));
    part.role().map(Role::name).ifPresent(name -> json.put("role", name));
    json.set("serviceAccounts", sorted(accounts().toList()));
    return json;
  }

  /** Of a setting's image stands the setting's name. */
  private Stream<String> images() {
    return pods.stream()
        .flatMap(ComponentInventory::containers)
        .map(container -> container.path("image").asText())
        .map(image -> Symbol.tokens(image).replaceAll(token -> token.group(2)));
  }

  private Stream<String> accounts() {
    return objects.stream()
        .filter(object -> object.path("kind").asText().equals("ServiceAccount"))
        .map(object -> object.path("metadata").path("name").asText());
  }

  private static Stream<JsonNode> containers(JsonNode pod) {
    return Stream.concat(elements(pod.path("initContainers")), elements(pod.path("containers")));
  }

  /** {@code 8080/TCP http}; a port of a pod on the node's network is one of the node itself. */
  private static Stream<String> ports(JsonNode pod) {
    var where = pod.path("hostNetwork").asBoolean() ? " on the node" : "";
    return containers(pod)
        .flatMap(container -> elements(container.path("ports")))
        .map(port ->
            "%s/%s %s%s"
                .formatted(
                    port.path("containerPort").asText(),
                    port.path("protocol").asText("TCP"),
                    port.path("name").asText(),
                    port.has("hostPort") ? " on the node" : where));
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static ArrayNode sorted(Collection<String> texts) {
    var json = JsonNodeFactory.instance.arrayNode();
    new TreeSet<>(texts).forEach(json::add);
    return json;
  }
}
