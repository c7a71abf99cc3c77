package dev.fairway.source;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/** Keeps a file that is no record at all from drowning what is wrong with the others. */
final class Capped {
  /** More than anybody mends before looking again. */
  private static final int MOST = 100;

  private Capped() {}

  /** The first of each file, and one more that counts the rest. */
  static Diagnostics perFile(Diagnostics found) {
    var kept = new ArrayList<Diagnostic>();
    var counts = new LinkedHashMap<String, Integer>();
    var last = new LinkedHashMap<String, Span>();
    for (var diagnostic : found.all()) {
      var file = diagnostic.span().map(Span::file).orElse("");
      if (file.isEmpty() || counts.merge(file, 1, Integer::sum) <= MOST) {
        kept.add(diagnostic);
        diagnostic.span().ifPresent(span -> last.put(file, span));
      }
    }
    last.forEach((file, span) -> {
      var more = counts.getOrDefault(file, 0) - MOST;
      if (more > 0) {
        kept.add(more(span, more));
      }
    });
    return new Diagnostics(kept);
  }

  private static Diagnostic more(Span span, int more) {
    return Diagnostic.at(
        span,
        Code.TOO_MANY_MISTAKES,
        "%s more mistakes from here on are not listed".formatted(more),
        "correct those above, or check that the right file is read");
  }
}
