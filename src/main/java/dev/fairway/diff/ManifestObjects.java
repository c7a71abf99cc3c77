package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.release.Release;
import dev.fairway.release.ReleaseManifest.ComponentEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The Kubernetes objects of a release, for who asks what is in them. */
public final class ManifestObjects {
  private ManifestObjects() {}

  /**
   * The objects by component, of those manifests only whose text holds any of the words: parsing
   * takes its time.
   */
  public static SortedMap<String, List<JsonNode>> of(Release release, String... words) {
    var objects = new TreeMap<String, List<JsonNode>>();
    release.manifest().components().parallelStream()
        .map(component -> Map.entry(component.name(), objects(release, component, words)))
        .toList()
        .forEach(entry -> objects.put(entry.getKey(), entry.getValue()));
    return objects;
  }

  private static List<JsonNode> objects(Release release, ComponentEntry component, String[] words) {
    var bytes = Optional.ofNullable(release.files().get(component.file()));
    var text = bytes.map(it -> new String(it, StandardCharsets.UTF_8)).orElse("");
    return Stream.of(words).anyMatch(text::contains) ? Trees.yaml(bytes) : List.of();
  }
}
