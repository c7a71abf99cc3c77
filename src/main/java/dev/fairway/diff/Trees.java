package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.fairway.release.CanonicalJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Files of a release as trees. */
final class Trees {
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
