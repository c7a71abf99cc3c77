package dev.fairway.model;

import java.util.Locale;

/** An enum's constant as files and people write it: {@code internet-facing}. */
public interface Keyword {
  String name();

  default String keyword() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
