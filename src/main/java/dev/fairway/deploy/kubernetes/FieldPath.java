package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Comparator;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * The value at a path as an API server writes it: {@code .spec.containers[name="web"].image}. Keys
 * with dots in them stand unquoted there, so it takes an object to read a path.
 */
final class FieldPath {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern SELECTOR =
      Pattern.compile("\\[((?:\"(?:[^\"\\\\]|\\\\.)*\"|[^\\]\"])*)\\]");
  private static final Pattern KEY = Pattern.compile("([^=,\"]+)=(\"(?:[^\"\\\\]|\\\\.)*\"|[^,]+)");

  private FieldPath() {}

  /** A missing node when there is no value. */
  static JsonNode value(JsonNode object, String path) {
    if (path.isEmpty() || object.isMissingNode()) {
      return object;
    }
    return path.startsWith("[") ? item(object, path) : field(object, path);
  }

  private static JsonNode field(JsonNode object, String path) {
    return object.properties().stream()
        .filter(entry -> leads(path, "." + entry.getKey()))
        .sorted(Comparator.comparingInt(entry -> -entry.getKey().length()))
        .map(entry -> value(entry.getValue(), path.substring(1 + entry.getKey().length())))
        .filter(found -> !found.isMissingNode())
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  private static boolean leads(String path, String step) {
    return path.startsWith(step)
        && (path.length() == step.length() || ".[".indexOf(path.charAt(step.length())) >= 0);
  }

  private static JsonNode item(JsonNode list, String path) {
    var selector = SELECTOR.matcher(path);
    if (!selector.lookingAt()) {
      return MissingNode.getInstance();
    }
    var rest = path.substring(selector.end());
    var wanted = selector.group(1);
    if (wanted.matches("[0-9]+")) {
      return value(list.path(Integer.parseInt(wanted)), rest);
    }
    return StreamSupport.stream(list.spliterator(), false)
        .filter(item -> isMeant(item, wanted))
        .findFirst()
        .map(item -> value(item, rest))
        .orElse(MissingNode.getInstance());
  }

  private static boolean isMeant(JsonNode item, String selector) {
    if (selector.startsWith("=")) {
      return item.equals(json(selector.substring(1)));
    }
    // A key that the server fills in, such as a port's protocol, need not stand in a manifest.
    return KEY.matcher(selector)
        .results()
        .allMatch(
            key -> !item.has(key.group(1)) || item.get(key.group(1)).equals(json(key.group(2))));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException _) {
      return MissingNode.getInstance();
    }
  }
}
