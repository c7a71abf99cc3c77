package dev.fairway.platform.node;

import dev.fairway.model.Symbol;
import dev.fairway.platform.node.NodeFile.Format;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A file of {@code NAME=value} lines that scripts source and units name as {@code EnvironmentFile}.
 * It is the one place where a cluster's values enter scripts: these stay the same everywhere, and
 * can be read, checked and tried out as they are.
 */
record Environment(SortedMap<String, String> lines) {
  /** What the node knows of its cluster; the stack's own facts are in a file beside it. */
  static final String PATH = "/etc/fairway/node.env";

  Environment {
    lines = Collections.unmodifiableSortedMap(new TreeMap<>(lines));
  }

  static Environment none() {
    return new Environment(new TreeMap<>());
  }

  /** The linker writes a symbol's value as one quoted word. */
  Environment with(String name, Symbol symbol) {
    return line(name, symbol.token());
  }

  /** A value of ours, of characters that need no quotes. */
  Environment with(String name, String value) {
    if (!value.matches("[A-Za-z0-9._:/@,=+-]+")) {
      throw new IllegalArgumentException(name + " needs quotes: " + value);
    }
    return line(name, value);
  }

  Environment with(String name, long value) {
    return with(name, Long.toString(value));
  }

  private Environment line(String name, String value) {
    var more = new TreeMap<>(lines);
    if (more.put(name, value) != null) {
      throw new IllegalArgumentException(name + " is given twice");
    }
    return new Environment(more);
  }

  NodeFile file() {
    return new NodeFile(PATH, 0644, Format.SHELL, text(lines));
  }

  private static String text(Map<String, String> lines) {
    return lines.entrySet().stream()
        .map(line -> line.getKey() + "=" + line.getValue() + "\n")
        .collect(Collectors.joining());
  }
}
