package dev.fairway.platform.component;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The labels of every object. */
public final class Labels {
  /** Selects a program's pods. Selectors never change, so nothing else may stand in them. */
  public static final String NAME = "app.kubernetes.io/name";

  private Labels() {}

  public static SortedMap<String, String> of(String name) {
    return new TreeMap<>(Map.of(NAME, name, "app.kubernetes.io/managed-by", "fairway"));
  }
}
