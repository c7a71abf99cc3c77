package dev.fairway.source;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** A YAML document as a tree in which every part knows its line and column, both from 1. */
sealed interface YamlNode {
  int line();

  int column();

  /** How a person would call it: "text", "a list". */
  String kind();

  /** The part with this key or, in a list, at this index. */
  Optional<YamlNode> child(String step);

  record Scalar(int line, int column, String text, ScalarKind scalarKind) implements YamlNode {
    @Override
    public String kind() {
      return scalarKind.word;
    }

    @Override
    public Optional<YamlNode> child(String step) {
      return Optional.empty();
    }

    boolean is(ScalarKind kind) {
      return scalarKind == kind;
    }

    /** As a file would have it, in short: text in quotes, the rest bare. */
    String quoted() {
      return scalarKind == ScalarKind.TEXT ? '"' + shown() + '"' : shown();
    }

    /** As much of it as a message has room for. */
    String shown() {
      return Shown.of(text);
    }
  }

  /** What a scalar is in YAML 1.2's core schema. Whatever is quoted is text. */
  enum ScalarKind {
    TEXT("text"),
    WHOLE("a number"),
    FRACTION("a number with a fraction"),
    BOOLEAN("a boolean"),
    NULL("empty");

    private final String word;

    ScalarKind(String word) {
      this.word = word;
    }
  }

  record Sequence(int line, int column, List<YamlNode> items) implements YamlNode {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }

    @Override
    public Optional<YamlNode> child(String step) {
      return step.matches("[0-9]{1,6}") && Integer.parseInt(step) < items.size()
          ? Optional.of(items.get(Integer.parseInt(step)))
          : Optional.empty();
    }
  }

  /**
   * A map without duplicate keys.
   *
   * @param complete false when entries were left out because they could not be read; nobody can say
   *     then what is missing
   */
  record Mapping(int line, int column, SequencedMap<String, Entry> byKey, boolean complete)
      implements YamlNode {
    public Mapping {
      byKey = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(byKey));
    }

    Collection<Entry> entries() {
      return byKey.values();
    }

    @Override
    public String kind() {
      return "a map";
    }

    @Override
    public Optional<YamlNode> child(String step) {
      return entry(step).map(Entry::value);
    }

    Optional<Entry> entry(String key) {
      return Optional.ofNullable(byKey.get(key));
    }
  }

  record Entry(Scalar key, YamlNode value) {}

  /** Stands where something was that a diagnostic has already refused. */
  record Refused(int line, int column) implements YamlNode {
    @Override
    public String kind() {
      return "refused";
    }

    @Override
    public Optional<YamlNode> child(String step) {
      return Optional.empty();
    }
  }
}
