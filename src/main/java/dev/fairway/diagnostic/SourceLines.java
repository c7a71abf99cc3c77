package dev.fairway.diagnostic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The text of the files that diagnostics point at, so that a report can quote the line. */
@FunctionalInterface
public interface SourceLines {

  /** The whole text of a file, or empty when there is none to quote. */
  Optional<String> text(String file);

  default Optional<String> line(Span span) {
    return text(span.file()).flatMap(text -> text.lines().skip(span.line() - 1L).findFirst());
  }

  static SourceLines of(Map<String, String> texts) {
    return file -> Optional.ofNullable(texts.get(file));
  }

  /** Files on disk, each read once; one that can't be read is not quoted. */
  static SourceLines onDisk() {
    var texts = new ConcurrentHashMap<String, Optional<String>>();
    return file -> texts.computeIfAbsent(file, SourceLines::read);
  }

  private static Optional<String> read(String file) {
    try {
      return Optional.of(Files.readString(Path.of(file)));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
