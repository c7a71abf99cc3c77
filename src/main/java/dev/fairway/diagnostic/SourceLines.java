package dev.fairway.diagnostic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The text of the files that diagnostics point at, so that a report can quote the line. Each file
 * is read and split once. For one thread.
 */
public final class SourceLines {
  /** A pipe would be waited for, and nobody reads a quote of a file of this size. */
  private static final long LARGEST = 1 << 20;

  /** Longer than any line that a person wrote. */
  private static final int LONGEST = 1000;

  private final Function<String, Optional<String>> read;
  private final Map<String, Optional<String>> texts = new HashMap<>();
  private final Map<String, List<String>> lines = new HashMap<>();

  private SourceLines(Function<String, Optional<String>> read) {
    this.read = read;
  }

  public static SourceLines of(Map<String, String> texts) {
    return new SourceLines(file -> Optional.ofNullable(texts.get(file)));
  }

  /** Files on disk; one that can't be read is not quoted. */
  public static SourceLines onDisk() {
    return new SourceLines(SourceLines::read);
  }

  /** The whole text of a file, or empty when there is none to quote. */
  public Optional<String> text(String file) {
    return texts.computeIfAbsent(file, read);
  }

  /** The line, unless it is too long to quote. */
  Optional<String> line(Span span) {
    var all =
        lines.computeIfAbsent(
            span.file(), file -> text(file).map(text -> text.lines().toList()).orElse(List.of()));
    return span.line() > all.size()
        ? Optional.empty()
        : Optional.of(all.get(span.line() - 1)).filter(line -> line.length() <= LONGEST);
  }

  private static Optional<String> read(String file) {
    try {
      var path = Path.of(file);
      return Files.isRegularFile(path) && Files.size(path) <= LARGEST
          ? Optional.of(Files.readString(path))
          : Optional.empty();
    } catch (IOException | InvalidPathException unreadable) {
      return Optional.empty();
    }
  }
}
