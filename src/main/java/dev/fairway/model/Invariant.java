package dev.fairway.model;

import java.util.Collection;
import java.util.HashSet;

/**
 * What records demand of their components. Input is judged by diagnostics before it gets here, so
 * an exception from here is a bug of ours.
 */
final class Invariant {
  private Invariant() {}

  static void holds(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  static void matches(String what, String pattern, String text) {
    if (!Patterns.of(pattern).matcher(text).matches()) {
      throw new IllegalArgumentException("not " + what + ": " + text);
    }
  }

  static void within(String what, int min, int max, int number) {
    if (number < min || number > max) {
      throw new IllegalArgumentException(
          what + " is " + number + ", outside " + min + " to " + max);
    }
  }

  static void distinct(String what, Collection<?> items) {
    if (new HashSet<>(items).size() != items.size()) {
      throw new IllegalArgumentException(what + " repeats itself: " + items);
    }
  }
}
