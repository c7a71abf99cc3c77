package dev.fairway.diff.report;

import dev.fairway.diff.Area;
import dev.fairway.diff.Difference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/**
 * A difference that several files have alike, such as those of all pools: told once.
 *
 * @param difference the first file's
 */
record Shared(Difference difference, List<String> files) {
  Shared {
    files = List.copyOf(files);
  }

  /** In the order of the first file of each. */
  static List<Shared> of(Stream<Difference> differences) {
    var byContent = new LinkedHashMap<Difference, List<Difference>>();
    differences.forEach(difference ->
        byContent.computeIfAbsent(nowhere(difference), _ -> new ArrayList<>()).add(difference));
    return byContent.values().stream()
        .map(alike ->
            new Shared(
                alike.getFirst(), alike.stream().flatMap(it -> it.files().stream()).toList()))
        .toList();
  }

  static List<Shared> in(Area area, Comparison comparison) {
    return of(comparison.release().in(area).stream());
  }

  private static Difference nowhere(Difference it) {
    return new Difference(
        it.area(),
        it.act(),
        List.of(),
        it.subject(),
        it.kind(),
        it.risk(),
        it.fate(),
        it.fields(),
        it.note());
  }

  /** What it is, where its name does not say so. */
  String kind() {
    var it = difference;
    return it.subject().startsWith(it.kind() + " ") ? "" : it.kind();
  }

  /** The file, or how many they are. */
  String where() {
    return files.size() == 1
        ? files.getFirst()
        : "%s and %d more".formatted(files.getFirst(), files.size() - 1);
  }
}
