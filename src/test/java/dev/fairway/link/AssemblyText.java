package dev.fairway.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.model.Symbol;
import dev.fairway.release.CanonicalJson;
import dev.fairway.release.Release;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** An assembly as text. */
final class AssemblyText {
  private AssemblyText() {}

  static byte[] bytes(Assembly assembly, String file) {
    return Objects.requireNonNull(assembly.files().get(file), file).bytes();
  }

  static JsonNode json(Assembly assembly, String file) {
    return tree(bytes(assembly, file));
  }

  static JsonNode tree(byte[] bytes) {
    try {
      return CanonicalJson.TREES.readTree(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The stacks in deploy order, each with its template, protection, tags and predecessors. */
  static String stacks(Assembly assembly) {
    var artifacts = json(assembly, "manifest.json").required("artifacts");
    var text = new StringBuilder();
    for (var name : assembly.stackNames()) {
      var artifact = artifacts.required(name);
      var properties = artifact.required("properties");
      text.append(name).append('\n');
      line(text, "in", artifact.required("environment").asText());
      line(text, "template", properties.required("templateFile").asText());
      line(text, "protected", properties.required("terminationProtection").asText());
      artifact
          .required("dependencies")
          .forEach(before -> {
            if (!before.asText().endsWith(".assets")) {
              line(text, "after", before.asText());
            }
          });
      properties
          .required("tags")
          .properties()
          .forEach(tag -> line(text, "tag", tag.getKey() + "=" + tag.getValue().asText()));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String what, String value) {
    text.append("  ").append(what).append(' ').append(value).append('\n');
  }

  /** Every line of a manifest or of a node's file in which the release has a slot, as linked. */
  static String values(Assembly assembly, Release release) {
    var text = new StringBuilder();
    for (var component : release.manifest().components()) {
      if (assembly.files().containsKey(component.file())) {
        var before = new String(release.file(component.file()), UTF_8);
        var after = new String(bytes(assembly, component.file()), UTF_8);
        text.append(lines(component.file(), before, after));
      } else {
        text.append(component.file()).append(" is left out\n");
      }
    }
    nodeConfigs(assembly, release)
        .forEach((path, config) -> {
          var before = texts(plain(assembly, release, config), "");
          texts(json(assembly, path), "")
              .forEach((place, after) ->
                  text.append(
                      lines(
                          path + " " + place,
                          Objects.requireNonNull(before.get(place), place),
                          after)));
        });
    return text.toString();
  }

  /** A node config of the release, with those of its conditional files that the assembly has. */
  static JsonNode plain(Assembly assembly, Release release, String config) {
    var tree = tree(release.file(config));
    var files = tree.at("/storage/files").iterator();
    while (files.hasNext()) {
      var file = (ObjectNode) files.next();
      var when = Optional.ofNullable(file.remove("when"));
      if (when.isPresent() && !holds(when.get(), assembly, release)) {
        files.remove();
      }
    }
    return tree;
  }

  private static boolean holds(JsonNode when, Assembly assembly, Release release) {
    var toggle = when.required("symbol").textValue();
    var isOn =
        release.manifest().components().stream()
            .filter(component -> component.enabledBy().filter(toggle::equals).isPresent())
            .anyMatch(component -> assembly.components().contains(component.name()));
    return when.required("is").booleanValue() == isOn;
  }

  private static String lines(String place, String before, String after) {
    var text = new StringBuilder();
    var left = before.lines().toList();
    var right = after.lines().toList();
    if (left.size() != right.size()) {
      throw new AssertionError(place + ": a value is one line, so linking changes no line's place");
    }
    for (var number = 0; number < left.size(); number++) {
      if (Symbol.tokens(left.get(number)).find()) {
        text.append("%s:%d: %s%n".formatted(place, number + 1, right.get(number).strip()));
      }
    }
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  /** The linked node configs, each with the file of the release that it was linked from. */
  static SortedMap<String, String> nodeConfigs(Assembly assembly, Release release) {
    var artifacts = json(assembly, "manifest.json").required("artifacts");
    var configs = new TreeMap<String, String>();
    for (var stack : assembly.stackNames()) {
      var file = artifacts.required(stack).at("/properties/templateFile").asText();
      var template =
          release.manifest().templates().stream()
              .filter(entry -> entry.file().equals(file))
              .findFirst()
              .orElseThrow();
      for (var path : nodeConfigs(assembly, stack)) {
        configs.put(path, "nodes/" + template.nodeConfig().orElseThrow() + ".json");
      }
    }
    return configs;
  }

  private static List<String> nodeConfigs(Assembly assembly, String stack) {
    var paths = new ArrayList<String>();
    for (var asset : json(assembly, stack + ".assets.json").required("files")) {
      var path = asset.at("/source/path").asText();
      if (path.endsWith(".ign")) {
        paths.add(path);
      }
    }
    return paths;
  }

  /**
   * The texts of a node config, of the release or linked, by their places: a linked one's data URLs
   * are decoded.
   */
  static SortedMap<String, String> texts(JsonNode config, String pointer) {
    var texts = new TreeMap<String, String>();
    config
        .properties()
        .forEach(entry -> {
          var inline = entry.getKey().equals("inline");
          var key = inline ? "source" : entry.getKey();
          texts.putAll(texts(entry.getValue(), pointer + "/" + key));
        });
    for (var index = 0; config.isArray() && index < config.size(); index++) {
      // By its path or name, so that a file more does not move all others.
      var item = config.required(index);
      var name = item.path("name").asText(Integer.toString(index));
      texts.putAll(texts(item, pointer + "/" + item.path("path").asText(name)));
    }
    if (config.isTextual()) {
      texts.put(pointer, decoded(config.asText()));
    }
    return texts;
  }

  private static String decoded(String text) {
    return text.startsWith("data:,")
        ? URLDecoder.decode(text.substring("data:,".length()).replace("+", "%2B"), UTF_8)
        : text;
  }
}
