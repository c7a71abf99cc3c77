package dev.fairway.e2e.report;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Predicate;

/** What went wrong, as far as it is about our code. */
final class Failure {
  private Failure() {}

  static String of(Throwable thrown) {
    var trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    var lines = trace.toString().lines().toList();
    return String.join(
        "\n", lines.stream().filter(Predicate.not(Failure::isOfTheMachinery)).toList());
  }

  private static boolean isOfTheMachinery(String line) {
    return line.matches("\\s+at (java\\.base|org\\.junit|jdk\\.|org\\.apache\\.maven).*")
        || line.matches("\\s+\\.\\.\\. \\d+ more");
  }
}
