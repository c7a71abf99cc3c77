package dev.fairway.deploy.kubernetes;

import dev.fairway.link.Assembly;
import dev.fairway.release.ManifestFile;
import dev.fairway.release.ObjectName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a release puts on a cluster.
 *
 * @param all in apply order: by wave, then in the components' order, then as they stand in a file
 */
public record Manifests(List<Manifest> all) {
  public Manifests {
    all = all.stream().sorted(Comparator.comparing(Manifest::wave)).toList();
    var seen = new HashSet<ObjectName>();
    for (var manifest : all) {
      if (!seen.add(manifest.ref().identity())) {
        throw new IllegalArgumentException("an object stands twice in a release: " + manifest);
      }
    }
  }

  public static Manifests of(Assembly assembly) {
    return of(assembly.components(), assembly.manifests());
  }

  /**
   * Reads files.
   *
   * @param components in apply order
   * @param files by path, which ends in {@code <component>.yaml}
   */
  static Manifests of(List<String> components, SortedMap<String, byte[]> files) {
    var order = new ArrayList<String>();
    components.forEach(component -> order.add("manifests/" + component + ".yaml"));
    files.keySet().stream().filter(path -> !order.contains(path)).forEach(order::add);
    return new Manifests(
        order.stream()
            .flatMap(path ->
                Optional.ofNullable(files.get(path)).stream()
                    .flatMap(bytes -> documents(path, bytes)))
            .toList());
  }

  private static Stream<Manifest> documents(String path, byte[] bytes) {
    return ManifestFile.read(path, bytes).objects().stream()
        .map(object -> Manifest.of(path, object));
  }

  List<Manifest> of(Wave wave) {
    return all.stream().filter(manifest -> manifest.wave() == wave).toList();
  }

  /** The definition of the object's kind, when it comes with this very release. */
  Optional<Manifest> definitionOf(ObjectRef ref) {
    return all.stream().filter(manifest -> manifest.defines(ref)).findFirst();
  }

  boolean has(ObjectRef ref) {
    return all.stream().anyMatch(manifest -> manifest.ref().equals(ref));
  }

  /** Who they are, in whatever version of their groups. */
  Set<ObjectName> identities() {
    return all.stream()
        .map(manifest -> manifest.ref().identity())
        .collect(Collectors.toUnmodifiableSet());
  }
}
