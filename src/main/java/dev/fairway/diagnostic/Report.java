package dev.fairway.diagnostic;

import java.util.List;
import java.util.Optional;

/** The one view of diagnostics that every {@link Renderer} is fed from. */
public record Report(Diagnostics diagnostics, List<Entry> entries) {

  /**
   * A diagnostic and the line that it points at.
   *
   * @param source empty when the diagnostic has no place or the file can't be read
   */
  public record Entry(Diagnostic diagnostic, Optional<String> source) {}

  public Report {
    entries = List.copyOf(entries);
  }

  public static Report of(Diagnostics diagnostics, SourceLines sources) {
    return new Report(
        diagnostics,
        diagnostics.all().stream()
            .map(diagnostic -> new Entry(diagnostic, diagnostic.span().flatMap(sources::line)))
            .toList());
  }

  public long errors() {
    return diagnostics.count(Severity.ERROR);
  }

  public long warnings() {
    return diagnostics.count(Severity.WARNING);
  }
}
