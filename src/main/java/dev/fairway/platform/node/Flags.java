package dev.fairway.platform.node;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The flags of a program, by name: none twice, of which a program would heed only the last. */
record Flags(SortedMap<String, String> values) {
  Flags {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  static Flags none() {
    return new Flags(new TreeMap<>());
  }

  Flags with(String name, String value) {
    var more = new TreeMap<>(values);
    if (more.put(name, value) != null) {
      throw new IllegalArgumentException("flag --" + name + " is given twice");
    }
    return new Flags(more);
  }

  Flags with(String name, long value) {
    return with(name, Long.toString(value));
  }

  Flags with(String name, boolean value) {
    return with(name, Boolean.toString(value));
  }

  Flags with(String name, List<String> values) {
    return with(name, String.join(",", values));
  }

  List<String> arguments() {
    return values.entrySet().stream()
        .map(flag -> "--" + flag.getKey() + "=" + flag.getValue())
        .toList();
  }
}
