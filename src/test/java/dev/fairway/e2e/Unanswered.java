package dev.fairway.e2e;

import static java.util.stream.Collectors.toCollection;

import dev.fairway.e2e.cloud.Finding;
import dev.fairway.e2e.cloud.Finding.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The properties that no API of the engine answers, each with its reason, as {@code unanswered.txt}
 * lists them: what an engine begins to pass over is then seen.
 */
final class Unanswered {
  private static final Path LIST = Path.of("src/test/resources/e2e/unanswered.txt");

  private Unanswered() {}

  /** The reasons, by type and path. */
  static SortedMap<String, String> known() {
    var reasons = new TreeMap<String, String>();
    try {
      for (var line : Files.readAllLines(LIST)) {
        if (!line.isBlank() && !line.startsWith("#")) {
          var parts = line.split(": ", 2);
          reasons.put(parts[0], parts[1]);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return reasons;
  }

  /** Those of a comparison. */
  static SortedSet<String> of(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.kind() == Kind.NOT_ANSWERED)
        .map(Finding::property)
        .collect(toCollection(TreeSet::new));
  }

  /** What a comparison found that is neither equal nor unanswered. */
  static List<Finding> wrong(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.kind() == Kind.DIFFERS || finding.kind() == Kind.MISSING)
        .toList();
  }
}
