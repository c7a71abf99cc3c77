package dev.fairway.link;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.model.Digest;
import dev.fairway.model.Encoding;
import dev.fairway.release.CanonicalJson;
import dev.fairway.release.Release;
import dev.fairway.release.ReleaseManifest;
import dev.fairway.release.ReleaseManifest.ComponentEntry;
import dev.fairway.release.ReleaseManifest.TemplateEntry;
import dev.fairway.release.Slot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A release made ready for linking many clusters: files taken apart, digests of what no cluster
 * changes, and the exports and imports of its templates.
 *
 * @param constants the files that every cluster gets as they are, by path
 * @param manifests by component
 * @param nodes by node config
 * @param templates by name
 */
public record Linkable(
    ReleaseManifest manifest,
    Digest digest,
    SortedMap<String, Content> constants,
    SortedMap<String, Program> manifests,
    SortedMap<String, Program> nodes,
    SortedMap<String, TemplateLinks> templates,
    JsonNode assembly) {

  /** Takes a release apart, once for all clusters. */
  public static Linkable of(Release release) {
    var manifest = release.manifest();
    var constants = new TreeMap<String, Content>();
    var templates = new TreeMap<String, TemplateLinks>();
    for (var template : manifest.templates()) {
      var bytes = release.file(template.file());
      constants.put(template.file(), Content.of(bytes));
      templates.put(template.name(), TemplateLinks.of(template, json(bytes)));
    }
    manifest.files().keySet().stream()
        .filter(path -> path.startsWith("policies/"))
        .forEach(path -> constants.put(path, Content.of(release.file(path))));
    return new Linkable(
        manifest,
        release.digest(),
        constants,
        manifests(release),
        nodes(release),
        templates,
        json(release.file("assembly/manifest.json")));
  }

  private static SortedMap<String, Program> manifests(Release release) {
    var programs = new TreeMap<String, Program>();
    for (ComponentEntry component : release.manifest().components()) {
      var slots = slots(release, component.file());
      programs.put(component.name(), manifest(component.file(), release, slots));
    }
    return programs;
  }

  private static List<Slot> slots(Release release, String file) {
    return release.manifest().slots().stream().filter(slot -> slot.file().equals(file)).toList();
  }

  private static Program manifest(String file, Release release, List<Slot> slots) {
    var bytes = release.file(file);
    var program = new Program.Builder(file);
    var from = 0;
    for (var slot : slots) {
      if (!(slot.place() instanceof Slot.Bytes(var start, var end)) || start < from) {
        throw new IllegalArgumentException(file + ": a manifest's slots are spans, in order");
      }
      program.add(text(bytes, from, start));
      program.add(new Program.Hole(slot.symbol(), slot.encoding(), UnaryOperator.identity()));
      from = end;
    }
    return program.add(text(bytes, from, bytes.length)).build();
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private static SortedMap<String, Program> nodes(Release release) {
    var programs = new TreeMap<String, Program>();
    for (TemplateEntry template : release.manifest().templates()) {
      template
          .nodeConfig()
          .ifPresent(config -> {
            var file = ReleaseManifest.nodeFile(config);
            programs.put(
                config, NodeProgram.of(file, json(release.file(file)), encodings(release, file)));
          });
    }
    return programs;
  }

  private static Map<String, List<Encoding>> encodings(Release release, String file) {
    var encodings = new TreeMap<String, List<Encoding>>();
    for (var slot : slots(release, file)) {
      if (!(slot.place() instanceof Slot.Pointer(var pointer))) {
        throw new IllegalArgumentException(file + ": a node config's slots are pointers");
      }
      encodings.computeIfAbsent(pointer, _ -> new ArrayList<>()).add(slot.encoding());
    }
    return encodings;
  }

  private static JsonNode json(byte[] bytes) {
    try {
      return CanonicalJson.TREES.readTree(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("a release that was read holds JSON", e);
    }
  }
}
