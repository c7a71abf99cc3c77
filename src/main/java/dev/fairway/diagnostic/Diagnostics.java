package dev.fairway.diagnostic;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Diagnostics in the order of file, line, column and code, in whatever order they were found, so
 * that two runs print the same.
 */
public record Diagnostics(List<Diagnostic> all) {
  public static final Diagnostics NONE = new Diagnostics(List.of());

  public Diagnostics {
    all = all.stream().sorted().toList();
  }

  public static Diagnostics of(Diagnostic... diagnostics) {
    return new Diagnostics(List.of(diagnostics));
  }

  public Diagnostics plus(Diagnostics more) {
    return new Diagnostics(Stream.of(all, more.all).flatMap(List::stream).toList());
  }

  /** The same where none of them stops anything. */
  public Diagnostics asWarnings() {
    return new Diagnostics(all.stream().map(Diagnostic::asWarning).toList());
  }

  public boolean hasErrors() {
    return all.stream().anyMatch(Diagnostic::isError);
  }

  public long count(Severity severity) {
    return all.stream().filter(diagnostic -> diagnostic.severity() == severity).count();
  }

  /** Where a pass puts what it finds while it goes on. For one thread. */
  public static final class Collector {
    private final List<Diagnostic> found = new ArrayList<>();

    public void add(Diagnostic diagnostic) {
      found.add(diagnostic);
    }

    public void addAll(Diagnostics diagnostics) {
      found.addAll(diagnostics.all());
    }

    public boolean hasErrors() {
      return found.stream().anyMatch(Diagnostic::isError);
    }

    public Diagnostics diagnostics() {
      return new Diagnostics(found);
    }
  }
}
