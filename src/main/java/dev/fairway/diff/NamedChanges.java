package dev.fairway.diff;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Named values that are text. */
final class NamedChanges {
  private NamedChanges() {}

  static Stream<Difference> between(
      Area area, String file, String kind, Map<String, String> was, Map<String, String> becomes) {
    var names = new TreeSet<>(was.keySet());
    names.addAll(becomes.keySet());
    return names.stream()
        .filter(name -> !Objects.equals(was.get(name), becomes.get(name)))
        .map(name ->
            difference(
                area,
                file,
                name,
                kind,
                Optional.ofNullable(was.get(name)),
                Optional.ofNullable(becomes.get(name))));
  }

  private static Difference difference(
      Area area,
      String file,
      String name,
      String kind,
      Optional<String> was,
      Optional<String> becomes) {
    var act = was.isEmpty() ? Act.ADDED : becomes.isEmpty() ? Act.REMOVED : Act.CHANGED;
    var fields =
        was.orElse("").isEmpty() && becomes.orElse("").isEmpty()
            ? List.<FieldChange>of()
            : List.of(new FieldChange("", was, becomes));
    return Difference.of(area, act, file, name, kind).with(fields);
  }
}
