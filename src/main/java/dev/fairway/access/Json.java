package dev.fairway.access;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/** JSON of others: no key twice, nothing behind its end, and not nested without bound. */
final class Json {
  static final JsonMapper TREES =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(32).build())
                  .build())
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** The object that the bytes are, or empty when they are something else. */
  static Optional<ObjectNode> object(byte[] bytes) {
    try {
      return Optional.ofNullable(TREES.readTree(bytes))
          .filter(ObjectNode.class::isInstance)
          .map(ObjectNode.class::cast);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A member that is a text. */
  static Optional<String> text(JsonNode object, String key) {
    return Optional.of(object.path(key)).filter(JsonNode::isTextual).map(JsonNode::textValue);
  }
}
