package dev.fairway.compiler;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.model.Encoding;
import dev.fairway.model.Symbol;
import dev.fairway.platform.node.NodeConfig;
import dev.fairway.platform.node.NodeFile;
import dev.fairway.platform.node.Unit;
import dev.fairway.release.Slot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A node config as the release holds it: Ignition 3.4, but for {@code contents.inline}, a file's
 * plain text, which the linker turns into a data URL, and for {@code when}, the setting on which
 * the linker keeps a file or leaves it out.
 */
final class NodeConfigJson {
  static final String IGNITION = "3.4.0";

  private final String file;
  private final List<Slot> slots = new ArrayList<>();

  private NodeConfigJson(String file) {
    this.file = file;
  }

  /** The tree of a node config, and its slots. */
  record Written(ObjectNode json, List<Slot> slots) {}

  static Written of(String file, NodeConfig config) {
    var writer = new NodeConfigJson(file);
    return new Written(writer.write(config), writer.slots);
  }

  private ObjectNode write(NodeConfig config) {
    var json = JsonNodeFactory.instance.objectNode();
    json.putObject("ignition").put("version", IGNITION);
    var storage = json.putObject("storage");
    var files = storage.putArray("files");
    for (var entry : sorted(config.files())) {
      files.add(write(entry, "/storage/files/" + files.size()));
    }
    for (var entry : config.remoteFiles()) {
      files.add(write(entry, "/storage/files/" + files.size()));
    }
    var links = storage.putArray("links");
    for (var link : config.links()) {
      links
          .addObject()
          .put("path", link.path())
          .put("target", link.target())
          .put("hard", false)
          .put("overwrite", true);
    }
    var units = json.putObject("systemd").putArray("units");
    for (var unit : config.units()) {
      units.add(write(unit, "/systemd/units/" + units.size()));
    }
    return json;
  }

  /**
   * Conditional ones last: the linker has a file before each of them, and so a place for commas.
   */
  private static List<NodeFile> sorted(List<NodeFile> files) {
    return files.stream()
        .sorted(
            Comparator.comparing((NodeFile file) -> file.condition().isPresent())
                .thenComparing(NodeFile::path)
                .thenComparing(file -> file.condition().map(NodeFile.Condition::is).orElse(true)))
        .toList();
  }

  private ObjectNode write(NodeFile entry, String pointer) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("path", entry.path()).put("mode", entry.mode()).put("overwrite", true);
    json.putObject("contents").put("inline", entry.content());
    slots(pointer + "/contents/inline", entry.content(), entry.format().encoding());
    entry
        .condition()
        .ifPresent(condition ->
            json.putObject("when")
                .put("symbol", condition.symbol().name())
                .put("is", condition.is()));
    return json;
  }

  private ObjectNode write(NodeConfig.RemoteFile entry, String pointer) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("path", entry.path()).put("mode", entry.mode()).put("overwrite", true);
    var contents = json.putObject("contents").put("source", entry.source());
    contents.putObject("verification").put("hash", entry.hash());
    slots(pointer + "/contents/source", entry.source(), Encoding.PLAIN);
    slots(pointer + "/contents/verification/hash", entry.hash(), Encoding.PLAIN);
    return json;
  }

  private ObjectNode write(Unit unit, String pointer) {
    var json = JsonNodeFactory.instance.objectNode().put("name", unit.name());
    if (unit.enabled()) {
      json.put("enabled", true);
    }
    if (unit.masked()) {
      json.put("mask", true);
    }
    unit.contents()
        .ifPresent(contents -> {
          json.put("contents", contents);
          slots(pointer + "/contents", contents, Encoding.SYSTEMD);
        });
    if (!unit.dropIns().isEmpty()) {
      var dropIns = json.putArray("dropins");
      for (var dropIn : unit.dropIns()) {
        slots(
            pointer + "/dropins/" + dropIns.size() + "/contents",
            dropIn.contents(),
            Encoding.SYSTEMD);
        dropIns.addObject().put("name", dropIn.name()).put("contents", dropIn.contents());
      }
    }
    return json;
  }

  private void slots(String pointer, String text, Encoding encoding) {
    var tokens = Symbol.tokens(text);
    while (tokens.find()) {
      var how = tokens.group(1).isEmpty() ? encoding : Encoding.VALUE;
      slots.add(new Slot(file, new Slot.Pointer(pointer), tokens.group(2), how));
    }
  }
}
