package dev.fairway.deploy.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.release.CanonicalJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** JSON that CloudFormation gave back, as a tree in which only content counts. */
final class Json {
  private Json() {}

  static JsonNode tree(byte[] json) {
    return tree(new String(json, StandardCharsets.UTF_8));
  }

  /** The tree; a text node of the whole when it is no JSON, so that it equals no tree of ours. */
  static JsonNode tree(String json) {
    try {
      return CanonicalJson.sorted(CanonicalJson.TREES.readTree(json));
    } catch (IOException e) {
      return CanonicalJson.TREES.getNodeFactory().textNode(json);
    }
  }
}
