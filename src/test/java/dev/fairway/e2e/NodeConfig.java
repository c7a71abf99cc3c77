package dev.fairway.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.release.CanonicalJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A linked node config, as a node reads it.
 *
 * @param files by path, those whose content the config holds
 * @param units by name
 */
record NodeConfig(SortedMap<String, String> files, SortedMap<String, String> units) {
  NodeConfig {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    units = Collections.unmodifiableSortedMap(new TreeMap<>(units));
  }

  static NodeConfig read(Path ignition) {
    try {
      var config = CanonicalJson.TREES.readTree(Files.readAllBytes(ignition));
      var files = new TreeMap<String, String>();
      for (var file : config.at("/storage/files")) {
        var source = file.at("/contents/source").asText();
        if (source.startsWith("data:")) {
          files.put(file.path("path").asText(), content(source));
        }
      }
      var units = new TreeMap<String, String>();
      for (JsonNode unit : config.at("/systemd/units")) {
        units.put(unit.path("name").asText(), unit.path("contents").asText());
      }
      return new NodeConfig(files, units);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The content of a file that there must be. */
  String file(String path) {
    var content = files.get(path);
    if (content == null) {
      throw new AssertionError("no file " + path + " among " + files.keySet());
    }
    return content;
  }

  /** The content of a unit that there must be. */
  String unit(String name) {
    var content = units.get(name);
    if (content == null) {
      throw new AssertionError("no unit " + name + " among " + units.keySet());
    }
    return content;
  }

  /** The labels that kubelet registers its node with, as its flag takes them. */
  String nodeLabels() {
    var file = "/etc/fairway/node.env";
    return Objects.requireNonNull(
        environment(file).get("NODE_LABELS"), "no NODE_LABELS in " + file);
  }

  /** The values of a file of shell assignments. */
  SortedMap<String, String> environment(String path) {
    var values = new TreeMap<String, String>();
    file(path)
        .lines()
        .filter(line -> line.contains("="))
        .forEach(line -> {
          var equals = line.indexOf('=');
          values.put(line.substring(0, equals), line.substring(equals + 1).replace("'", ""));
        });
    return values;
  }

  private static String content(String url) {
    var comma = url.indexOf(',');
    var data = url.substring(comma + 1);
    return url.substring(0, comma).endsWith(";base64")
        ? new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8)
        // The decoder is one of forms, which have another way to say a space.
        : URLDecoder.decode(data.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
