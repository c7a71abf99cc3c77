package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Properties that CloudFormation can't change in place, by resource type. Of a type that the table
 * lacks, any property may be one.
 */
record CreateOnly(
    Map<String, Set<String>> replacing,
    Map<String, Set<String>> conditional,
    Map<String, Set<String>> refused,
    Map<String, Set<String>> naming) {
  private static final CreateOnly TABLE = read();

  CreateOnly {
    replacing = Collections.unmodifiableMap(new TreeMap<>(replacing));
    conditional = Collections.unmodifiableMap(new TreeMap<>(conditional));
    refused = Collections.unmodifiableMap(new TreeMap<>(refused));
    naming = Collections.unmodifiableMap(new TreeMap<>(naming));
  }

  static CreateOnly table() {
    return TABLE;
  }

  Set<String> types() {
    return replacing.keySet();
  }

  /** What a change of the property does to a resource of the type. */
  Risk risk(String type, String property) {
    if (!replacing.containsKey(type)) {
      return Risk.POSSIBLE_REPLACEMENT;
    }
    if (has(refused, type, property)) {
      return Risk.REFUSED;
    }
    if (has(replacing, type, property)) {
      return Risk.REPLACEMENT;
    }
    return has(conditional, type, property) ? Risk.POSSIBLE_REPLACEMENT : Risk.ORDINARY;
  }

  /** Whether the resource never gets another value of it, but for one that takes its place. */
  boolean isFixed(String type, String property) {
    return has(replacing, type, property) || has(refused, type, property);
  }

  boolean isNamed(String type) {
    return naming.containsKey(type);
  }

  /** The properties that a resource of the type may get its name by. */
  Set<String> names(String type) {
    return naming.getOrDefault(type, Set.of());
  }

  /** The name that a resource keeps: its replacement would need it while it is still taken. */
  Optional<String> fixedName(String type, JsonNode before, JsonNode after) {
    return names(type).stream()
        .filter(name -> before.has(name) && before.path(name).equals(after.path(name)))
        .findFirst();
  }

  private static boolean has(Map<String, Set<String>> table, String type, String property) {
    return table.getOrDefault(type, Set.of()).contains(property);
  }

  private static CreateOnly read() {
    var replacing = new TreeMap<String, Set<String>>();
    var conditional = new TreeMap<String, Set<String>>();
    var refused = new TreeMap<String, Set<String>>();
    var naming = new TreeMap<String, Set<String>>();
    for (var line : lines()) {
      var words = List.of(line.split(" "));
      switch (words.getFirst()) {
        case "may" -> put(conditional, words.subList(1, words.size()));
        case "refused" -> put(refused, words.subList(1, words.size()));
        case "named" -> put(naming, words.subList(1, words.size()));
        default -> put(replacing, words);
      }
    }
    return new CreateOnly(replacing, conditional, refused, naming);
  }

  private static void put(Map<String, Set<String>> table, List<String> words) {
    table.put(words.getFirst(), new TreeSet<>(words.subList(1, words.size())));
  }

  private static List<String> lines() {
    try (InputStream table = CreateOnly.class.getResourceAsStream("create-only.txt")) {
      return new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
