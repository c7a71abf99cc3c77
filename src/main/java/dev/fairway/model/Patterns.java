package dev.fairway.model;

import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Compiled patterns by their text: a fleet asks for the same few thousands of times. */
final class Patterns {
  private static final ConcurrentHashMap<String, Pattern> COMPILED = new ConcurrentHashMap<>();

  private Patterns() {}

  static Pattern of(String text) {
    return COMPILED.computeIfAbsent(text, Pattern::compile);
  }
}
