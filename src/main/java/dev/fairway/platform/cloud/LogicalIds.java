package dev.fairway.platform.cloud;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Logical ids made of names: {@code api-elb} is {@code ApiElb}. */
final class LogicalIds {
  private LogicalIds() {}

  static String of(String name) {
    return Arrays.stream(name.split("-"))
        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .collect(Collectors.joining());
  }
}
