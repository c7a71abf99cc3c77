package dev.fairway.compiler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.release.CanonicalJson;
import dev.fairway.release.Release;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Node configs as text: a part a file, link or unit. A part that is the same in the first worker's
 * config is only named, so that a reviewer sees what a profile is about.
 */
final class NodeConfigText {
  private static final String FOLDER = "nodes/";
  private static final String MODEL = "worker-worker";

  private NodeConfigText() {}

  /** By the configs' names. */
  static SortedMap<String, String> of(Release release) throws IOException {
    SortedMap<String, Map<String, String>> configs = new TreeMap<>();
    for (var file : release.files().entrySet()) {
      if (file.getKey().startsWith(FOLDER)) {
        var name = file.getKey().substring(FOLDER.length()).replace(".json", "");
        configs.put(name, parts(CanonicalJson.TREES.readTree(file.getValue())));
      }
    }
    var model = configs.getOrDefault(MODEL, Map.of());
    SortedMap<String, String> texts = new TreeMap<>();
    configs.forEach(
        (name, parts) -> texts.put(name, text(parts, name.equals(MODEL) ? Map.of() : model)));
    return texts;
  }

  private static String text(Map<String, String> parts, Map<String, String> model) {
    var text = new StringBuilder();
    parts.forEach((heading, content) -> {
      text.append("==== ").append(heading);
      var same = content.equals(model.get(heading));
      text.append(same ? " (as in " + MODEL + ")\n" : "\n");
      text.append(same ? "" : content + (content.isEmpty() ? "" : "\n"));
    });
    return text.toString();
  }

  private static Map<String, String> parts(JsonNode config) {
    var parts = new LinkedHashMap<String, String>();
    parts.put("Ignition " + config.at("/ignition/version").asText(), "");
    for (var file : config.at("/storage/files")) {
      var mode = Integer.toOctalString(file.path("mode").asInt());
      parts.put(
          "file " + file.path("path").asText() + " 0" + mode + condition(file), content(file));
    }
    for (var link : config.at("/storage/links")) {
      parts.put("link " + link.path("path").asText() + " -> " + link.path("target").asText(), "");
    }
    for (var unit : config.at("/systemd/units")) {
      parts.put("unit " + unit.path("name").asText() + state(unit), unit.path("contents").asText());
      for (var dropIn : unit.path("dropins")) {
        parts.put(
            "drop-in " + unit.path("name").asText() + ".d/" + dropIn.path("name").asText(),
            dropIn.path("contents").asText());
      }
    }
    return parts;
  }

  private static String condition(JsonNode file) {
    var when = file.path("when");
    return when.isMissingNode()
        ? ""
        : ", when %s is %s".formatted(when.path("symbol").asText(), when.path("is").asText());
  }

  private static String content(JsonNode file) {
    return file.at("/contents/inline").isMissingNode()
        ? "fetched from %s, verified as %s\n"
            .formatted(
                file.at("/contents/source").asText(),
                file.at("/contents/verification/hash").asText())
        : file.at("/contents/inline").asText();
  }

  private static String state(JsonNode unit) {
    return (unit.path("enabled").asBoolean() ? ", enabled" : "")
        + (unit.path("mask").asBoolean() ? ", masked" : "");
  }
}
