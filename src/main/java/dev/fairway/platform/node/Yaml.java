package dev.fairway.platform.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import dev.fairway.platform.node.NodeFile.Format;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * YAML from maps, lists, strings, numbers and truths, keys in the order of the program. Every
 * string stands in double quotes: the linker escapes a symbol's value for them.
 */
final class Yaml {
  private static final ObjectMapper WRITER =
      new ObjectMapper(
          YAMLFactory.builder()
              .disable(Feature.WRITE_DOC_START_MARKER)
              .disable(Feature.SPLIT_LINES)
              .build());

  private Yaml() {}

  /** A map of key, value, key, value, ... in this order. */
  static Map<String, Object> map(Object... entries) {
    if (entries.length % 2 != 0) {
      throw new IllegalArgumentException("a key without a value");
    }
    var map = new LinkedHashMap<String, Object>();
    for (var index = 0; index < entries.length; index += 2) {
      if (map.put((String) entries[index], entries[index + 1]) != null) {
        throw new IllegalArgumentException("key " + entries[index] + " is given twice");
      }
    }
    return Collections.unmodifiableMap(map);
  }

  static NodeFile file(String path, int mode, Map<String, Object> document) {
    try {
      return new NodeFile(path, mode, Format.YAML, WRITER.writeValueAsString(document));
    } catch (JsonProcessingException exception) {
      throw new IllegalStateException(exception);
    }
  }
}
