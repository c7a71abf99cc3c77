package dev.fairway.e2e;

import dev.fairway.Compiled;
import dev.fairway.link.Assembly;
import dev.fairway.link.Linker;
import dev.fairway.model.Cluster;
import dev.fairway.release.Folders;
import dev.fairway.source.ClusterSource;
import dev.fairway.source.FleetReader;
import dev.fairway.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A cluster of the example fleet whose record somebody edits. */
record ChangedRecord(String text) {
  private static final Path FLEET = Path.of("clusters");

  /** The record as the fleet has it, by the cluster's alias. */
  static ChangedRecord of(String alias) {
    try {
      return new ChangedRecord(Files.readString(FLEET.resolve(alias + ".yaml")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With another text in place of one that stands there once. */
  ChangedRecord with(String from, String to) {
    if (text.split(Pattern.quote(from), -1).length != 2) {
      throw new AssertionError("the record does not say once: " + from);
    }
    return new ChangedRecord(text.replace(from, to));
  }

  /** With values of settings, beside those that the record has. */
  ChangedRecord with(Map<String, String> settings) {
    var lines = new StringBuilder("\nconfig_items:");
    settings.forEach((key, value) -> lines.append("\n  %s: \"%s\"".formatted(key, value)));
    return with("\nconfig_items:", lines.toString());
  }

  Cluster cluster() {
    return source().cluster();
  }

  Assembly assembly() {
    var linked = new Linker(Compiled.linkable()).link(source());
    return linked
        .value()
        .orElseThrow(() -> new AssertionError("not linked: " + linked.diagnostics()));
  }

  private ClusterSource source() {
    var file = new SourceFile("clusters/changed.yaml", text);
    var read = FleetReader.read(List.of(file), Compiled.facts());
    return read.value()
        .orElseThrow(() -> new AssertionError("no record: " + read.diagnostics()))
        .clusters()
        .getFirst();
  }

  /** Writes an assembly into an empty folder of this name. */
  static Path written(Assembly assembly, String name) {
    var folder = Path.of("target/e2e/assemblies", name).toAbsolutePath();
    try {
      Folders.delete(folder);
      assembly.write(folder);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
