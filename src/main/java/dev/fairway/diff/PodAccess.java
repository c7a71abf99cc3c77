package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the pods of an object may do on their node and at the API server, that they could not
 * before. Sources: the Kubernetes API reference and its Pod Security Standards.
 */
final class PodAccess {
  private static final String FALSE_FIRST = "false<true";
  private static final String TRUE_FIRST = "true<false";

  private static final List<Tightness> OF_PODS =
      List.of(
          new Tightness("/hostNetwork", FALSE_FIRST, "false"),
          new Tightness("/hostPID", FALSE_FIRST, "false"),
          new Tightness("/hostIPC", FALSE_FIRST, "false"),
          new Tightness("/shareProcessNamespace", FALSE_FIRST, "false"),
          new Tightness("/hostUsers", FALSE_FIRST, "true"),
          // Its service account decides where it says nothing.
          new Tightness("/automountServiceAccountToken", "false<account's<true", "account's"));

  /** Of a container's security context, those of its pod in the place of what it leaves out. */
  private static final List<Tightness> OF_CONTAINERS =
      List.of(
          new Tightness("/privileged", FALSE_FIRST, "false"),
          new Tightness("/allowPrivilegeEscalation", FALSE_FIRST, "true"),
          new Tightness("/readOnlyRootFilesystem", TRUE_FIRST, "false"),
          new Tightness("/runAsNonRoot", TRUE_FIRST, "false"),
          new Tightness("/procMount", "Default<Unmasked", "Default"),
          new Tightness("/windowsOptions/hostProcess", FALSE_FIRST, "false"),
          new Tightness(
              "/seccompProfile/type", "RuntimeDefault=Localhost<Unconfined", "Unconfined"),
          new Tightness(
              "/appArmorProfile/type", "RuntimeDefault=Localhost<Unconfined", "RuntimeDefault"));

  /** What a pod that there was not before is told of. */
  private static final Set<String> OPENING =
      Set.of("/hostNetwork", "/hostPID", "/hostIPC", "/privileged", "/windowsOptions/hostProcess");

  private static final List<String> CONTAINERS =
      List.of("initContainers", "containers", "ephemeralContainers");

  private static final JsonNode NONE = JsonNodeFactory.instance.objectNode();

  private final JsonNode was;
  private final JsonNode becomes;
  private final SequencedSet<String> found = new LinkedHashSet<>();

  private PodAccess(JsonNode was, JsonNode becomes) {
    this.was = was;
    this.becomes = becomes;
  }

  /**
   * @param was a missing node where the object is new
   */
  static Stream<String> widened(JsonNode was, JsonNode becomes) {
    var before = templates(was);
    return templates(becomes).entrySet().stream()
        .flatMap(it -> {
          var old = before.getOrDefault(it.getKey(), MissingNode.getInstance());
          return new PodAccess(old.path("spec"), it.getValue().path("spec")).found().stream();
        })
        .distinct();
  }

  /** Wherever they stand in an object, by the path there: whatever has containers is a pod. */
  static SortedMap<String, JsonNode> templates(JsonNode object) {
    var templates = new TreeMap<String, JsonNode>();
    templates("", object, templates);
    return templates;
  }

  private static void templates(String path, JsonNode node, SortedMap<String, JsonNode> found) {
    if (node.at("/spec/containers").isArray()) {
      found.put(path, node);
      return;
    }
    node.properties().forEach(it -> templates(path + "." + it.getKey(), it.getValue(), found));
  }

  private SequencedSet<String> found() {
    OF_PODS.forEach(flag -> flag(flag, "", was, becomes));
    if (!was.isMissingNode() && !account(was).equals(account(becomes))) {
      found.add("its service account is " + account(becomes));
    }
    var before = containers(was);
    containers(becomes)
        .forEach((name, container) ->
            container(name, Optional.ofNullable(before.get(name)), container, before));
    hostPaths();
    return found;
  }

  private static String account(JsonNode pod) {
    var name = pod.path("serviceAccountName").asText(pod.path("serviceAccount").asText());
    return name.isEmpty() ? "default" : name;
  }

  private void flag(Tightness flag, String whose, JsonNode old, JsonNode fresh) {
    var opens =
        old.isMissingNode()
            ? OPENING.contains(flag.pointer()) && flag.isLoose(fresh)
            : flag.isLoosened(old, fresh);
    if (opens) {
      var field = flag.pointer().substring(1).replace('/', '.');
      found.add(
          "%s%s is %s"
              .formatted(
                  whose, field, Trees.text(fresh.at(flag.pointer())).orElse("no longer set")));
    }
  }

  private static Map<String, JsonNode> containers(JsonNode pod) {
    var containers = new TreeMap<String, JsonNode>();
    for (var list : CONTAINERS) {
      pod.path(list)
          .forEach(it -> containers.put(it.path("name").asText(), withPodContext(pod, it)));
    }
    return containers;
  }

  /** With the security context that it comes to. */
  private static JsonNode withPodContext(JsonNode pod, JsonNode container) {
    ObjectNode own = container.deepCopy();
    var context = own.putObject("securityContext");
    pod.path("securityContext").properties().forEach(it -> context.set(it.getKey(), it.getValue()));
    container
        .path("securityContext")
        .properties()
        .forEach(it -> context.set(it.getKey(), it.getValue()));
    return own;
  }

  /** One that is new is compared with each of those before: it may be one under another name. */
  private void container(
      String name, Optional<JsonNode> old, JsonNode fresh, Map<String, JsonNode> before) {
    var context = fresh.path("securityContext");
    var others = old.map(List::of).orElseGet(() -> List.copyOf(before.values()));
    if (others.isEmpty()) {
      OF_CONTAINERS.forEach(flag -> flag(flag, name + ": ", MissingNode.getInstance(), context));
      capabilities(name, NONE, context);
    } else {
      var least = container(name, others.getFirst(), fresh);
      others.forEach(other -> least.retainAll(container(name, other, fresh)));
      found.addAll(least);
    }
  }

  private static Set<String> container(String name, JsonNode old, JsonNode fresh) {
    var one = new PodAccess(old, fresh);
    var was = old.path("securityContext");
    var becomes = fresh.path("securityContext");
    OF_CONTAINERS.forEach(flag -> one.flag(flag, name + ": ", was, becomes));
    one.capabilities(name, was, becomes);
    one.user(name, was.path("runAsUser"), becomes.path("runAsUser"));
    one.ports(name, old.path("ports"), fresh.path("ports"));
    return one.found;
  }

  /** Who drops all has none but those added; who drops none keeps the runtime's. */
  private void capabilities(String name, JsonNode old, JsonNode fresh) {
    var added = words(fresh.at("/capabilities/add"));
    added.removeAll(words(old.at("/capabilities/add")));
    if (!added.isEmpty()) {
      found.add("%s: it has the capability %s".formatted(name, String.join(", ", added)));
    }
    var drop = words(fresh.at("/capabilities/drop"));
    var kept = words(old.at("/capabilities/drop"));
    kept.removeAll(drop);
    if (!kept.isEmpty() && !drop.contains("ALL")) {
      found.add(
          "%s: it no longer drops the capability %s".formatted(name, String.join(", ", kept)));
    }
  }

  private static Set<String> words(JsonNode list) {
    var words = new TreeSet<String>();
    list.forEach(word -> words.add(word.asText()));
    return words;
  }

  private void user(String name, JsonNode old, JsonNode fresh) {
    var isRoot = fresh.asText().equals("0");
    if (!old.equals(fresh) && (isRoot || (fresh.isMissingNode() && !old.asText().equals("0")))) {
      found.add("%s: it may run as root".formatted(name));
    }
  }

  private void ports(String name, JsonNode old, JsonNode fresh) {
    var known = words(hostPorts(old));
    fresh
        .valueStream()
        .map(port -> port.path("hostPort").asText())
        .filter(port -> !port.isEmpty() && !known.contains(port))
        .forEach(port -> found.add("%s: it listens on its node's port %s".formatted(name, port)));
  }

  private static JsonNode hostPorts(JsonNode ports) {
    var found = JsonNodeFactory.instance.arrayNode();
    ports.forEach(port -> found.add(port.path("hostPort")));
    return found;
  }

  private void hostPaths() {
    var known = hostPaths(was);
    hostPaths(becomes)
        .forEach((path, writes) -> {
          var covered =
              known.entrySet().stream()
                  .anyMatch(it -> holds(it.getKey(), path) && (it.getValue() || !writes));
          if (!covered) {
            found.add("it %s %s of its node".formatted(writes ? "writes" : "reads", path));
          }
        });
  }

  private static boolean holds(String folder, String path) {
    return path.equals(folder) || path.startsWith(folder.endsWith("/") ? folder : folder + "/");
  }

  /** Those of the node, and whether a container may write there. */
  private static SortedMap<String, Boolean> hostPaths(JsonNode pod) {
    var paths = new TreeMap<String, Boolean>();
    for (var volume : pod.path("volumes")) {
      var path = volume.at("/hostPath/path").asText();
      if (!path.isEmpty()) {
        paths.merge(path, isWritten(pod, volume.path("name")), Boolean::logicalOr);
      }
    }
    return paths;
  }

  private static boolean isWritten(JsonNode pod, JsonNode volume) {
    var mounts = new ArrayList<JsonNode>();
    CONTAINERS.forEach(list ->
        pod.path(list).forEach(container -> container.path("volumeMounts").forEach(mounts::add)));
    return mounts.stream()
        .anyMatch(
            mount -> mount.path("name").equals(volume) && !mount.path("readOnly").asBoolean());
  }
}
