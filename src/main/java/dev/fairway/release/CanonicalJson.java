package dev.fairway.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.TreeSet;

/** JSON with one form for each content: keys sorted, two spaces, a line feed at the end. */
public final class CanonicalJson {
  /**
   * Reads and writes trees only; types are mapped by hand, so that nothing is found by reflection.
   * A key that stands twice is refused, and so is what stands behind the end: of these, other
   * readers may take the one that this one would not.
   */
  public static final ObjectMapper TREES =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final ObjectWriter WRITER = TREES.writer(printer());

  private CanonicalJson() {}

  private static DefaultPrettyPrinter printer() {
    var indenter = new DefaultIndenter("  ", "\n");
    return new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""))
        .withObjectIndenter(indenter)
        .withArrayIndenter(indenter);
  }

  /** The bytes of the tree, in UTF-8. */
  public static byte[] bytes(JsonNode tree) {
    return text(tree).getBytes(StandardCharsets.UTF_8);
  }

  public static String text(JsonNode tree) {
    try {
      return WRITER.writeValueAsString(sorted(tree)) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree in memory is always JSON", e);
    }
  }

  /** The same tree with every object's keys in order. */
  public static JsonNode sorted(JsonNode tree) {
    return switch (tree) {
      case ObjectNode object -> {
        var copy = JsonNodeFactory.instance.objectNode();
        var names = new TreeSet<String>(TreeDigest.ORDER);
        object.fieldNames().forEachRemaining(names::add);
        names.forEach(name -> copy.set(name, sorted(object.required(name))));
        yield copy;
      }
      case ArrayNode array -> {
        var items = new ArrayList<JsonNode>();
        array.forEach(item -> items.add(sorted(item)));
        yield JsonNodeFactory.instance.arrayNode().addAll(items);
      }
      default -> tree;
    };
  }
}
