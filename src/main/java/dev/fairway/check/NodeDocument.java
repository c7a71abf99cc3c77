package dev.fairway.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.fairway.platform.Platform;
import dev.fairway.platform.node.NodeConfig;
import dev.fairway.platform.node.NodeFile;
import dev.fairway.platform.node.NodeFile.Format;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A YAML file of a node that programs of Kubernetes read, such as a static pod. */
record NodeDocument(NodeConfig config, NodeFile file, JsonNode tree) {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  static List<NodeDocument> of(Platform platform) {
    return platform.nodes().stream().flatMap(NodeDocument::of).toList();
  }

  static Stream<NodeDocument> of(NodeConfig config) {
    return config.files().stream()
        .filter(file -> file.format() == Format.YAML)
        .map(file -> new NodeDocument(config, file, parse(file)))
        .filter(document -> document.tree.has("apiVersion"));
  }

  private static JsonNode parse(NodeFile file) {
    try {
      return YAML.readTree(file.content());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(file.path() + " is not YAML", e);
    }
  }

  String kind() {
    return tree.path("kind").asText();
  }

  boolean isStaticPod() {
    return kind().equals("Pod");
  }

  boolean isKubelet() {
    return kind().equals("KubeletConfiguration");
  }

  String name() {
    return tree.path("metadata").path("name").asText();
  }

  Stream<JsonNode> containers() {
    return StreamSupport.stream(tree.path("spec").path("containers").spliterator(), false);
  }

  /** The words of the containers' command lines. */
  Stream<String> arguments() {
    return containers()
        .flatMap(container -> Stream.of(container.path("command"), container.path("args")))
        .flatMap(words -> StreamSupport.stream(words.spliterator(), false))
        .map(JsonNode::asText);
  }

  /** The value of a flag that is written {@code --name=value}. */
  Optional<String> flag(String name) {
    var start = "--" + name + "=";
    return arguments()
        .filter(word -> word.startsWith(start))
        .map(word -> word.substring(start.length()))
        .findFirst();
  }

  /** The class that writes it is looked in before the node's own. */
  Origin origin(String... words) {
    var origin = Origin.ofNode(config.name(), words);
    return switch (name()) {
      case "kube-apiserver" -> origin.first("ApiServer", "StaticPod");
      case "kube-controller-manager" -> origin.first("ControllerManager", "StaticPod");
      case "kube-scheduler" -> origin.first("Scheduler", "StaticPod");
      default -> isKubelet() ? origin.first("KubeletConfiguration") : origin;
    };
  }
}
