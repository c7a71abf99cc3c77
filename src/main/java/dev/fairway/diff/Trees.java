package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.fairway.release.CanonicalJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Files of a release as trees. */
final class Trees {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Trees() {}

  /** A missing node for a file that is not there. */
  static JsonNode json(Optional<byte[]> bytes) {
    return bytes.map(Trees::json).orElseGet(MissingNode::getInstance);
  }

  /** A missing node for a text that is no JSON. */
  static JsonNode parsed(String text) {
    try {
      return CanonicalJson.TREES.readTree(text);
    } catch (IOException _) {
      return MissingNode.getInstance();
    }
  }

  private static JsonNode json(byte[] bytes) {
    try {
      return CanonicalJson.TREES.readTree(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("a release that was read holds JSON", e);
    }
  }

  /** The documents of a manifest; none when the file is not there. */
  static List<JsonNode> yaml(Optional<byte[]> bytes) {
    var documents = new ArrayList<JsonNode>();
    bytes.ifPresent(given ->
        new Load(LoadSettings.builder().build())
            .loadAllFromString(new String(given, StandardCharsets.UTF_8))
            .forEach(document -> documents.add(tree(document))));
    documents.removeIf(document -> !document.isObject());
    return documents;
  }

  private static JsonNode tree(Object value) {
    return switch (value) {
      case null -> NODES.nullNode();
      case Map<?, ?> map -> {
        var object = NODES.objectNode();
        map.forEach((key, item) -> object.set(String.valueOf(key), tree(item)));
        yield object;
      }
      case List<?> list -> {
        var array = NODES.arrayNode();
        list.forEach(item -> array.add(tree(item)));
        yield array;
      }
      case Boolean truth -> NODES.booleanNode(truth);
      case Integer number -> NODES.numberNode(number);
      case Long number -> NODES.numberNode(number);
      case BigInteger number -> NODES.numberNode(number);
      case Double number -> NODES.numberNode(number);
      default -> NODES.textNode(value.toString());
    };
  }

  /** The names of both objects' members, sorted; a missing node has none. */
  static SortedSet<String> names(JsonNode before, JsonNode after) {
    var names = new TreeSet<String>();
    before.fieldNames().forEachRemaining(names::add);
    after.fieldNames().forEachRemaining(names::add);
    return names;
  }

  static Act act(JsonNode before, JsonNode after) {
    return before.isMissingNode() ? Act.ADDED : after.isMissingNode() ? Act.REMOVED : Act.CHANGED;
  }

  /** A text as it is, anything else as JSON; empty when there is none. */
  static Optional<String> text(JsonNode node) {
    return node.isMissingNode()
        ? Optional.empty()
        : Optional.of(node.isTextual() ? node.asText() : node.toString());
  }
}
