package dev.fairway.model;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The value of a symbol for one cluster, pool or stack. */
public sealed interface SymbolValue {

  /** The value as one line of text, as it stands within a string or a template's parameter. */
  String inline();

  record Text(String text) implements SymbolValue {
    public Text {
      if (text.indexOf('\n') >= 0) {
        throw new IllegalArgumentException("a symbol's value is one line: " + text);
      }
    }

    @Override
    public String inline() {
      return text;
    }
  }

  record Whole(long number) implements SymbolValue {
    @Override
    public String inline() {
      return Long.toString(number);
    }
  }

  record Bool(boolean truth) implements SymbolValue {
    @Override
    public String inline() {
      return Boolean.toString(truth);
    }
  }

  record TextList(List<String> items) implements SymbolValue {
    public TextList {
      items = List.copyOf(items);
    }

    @Override
    public String inline() {
      return String.join(",", items);
    }
  }

  record TextMap(SortedMap<String, String> entries) implements SymbolValue {
    public TextMap {
      entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    @Override
    public String inline() {
      return entries.entrySet().stream()
          .map(entry -> entry.getKey() + "=" + entry.getValue())
          .collect(Collectors.joining(","));
    }
  }

  record Taints(List<Taint> taints) implements SymbolValue {
    public Taints {
      taints = List.copyOf(taints);
    }

    @Override
    public String inline() {
      return taints.stream().map(Taint::toString).collect(Collectors.joining(","));
    }
  }
}
