package dev.fairway.diagnostic;

import java.util.Comparator;

/**
 * A place in a file that the user wrote.
 *
 * @param file relative to where the user works, with slashes
 * @param line from 1
 * @param column from 1, counted in code points
 */
public record Span(String file, int line, int column) implements Comparable<Span> {
  private static final Comparator<Span> ORDER =
      Comparator.comparing(Span::file).thenComparingInt(Span::line).thenComparingInt(Span::column);

  public Span {
    if (file.isEmpty() || line < 1 || column < 1) {
      throw new IllegalArgumentException("not a place: " + file + ":" + line + ":" + column);
    }
  }

  /** The beginning of a file, for what is wrong with the file as a whole. */
  public static Span startOf(String file) {
    return new Span(file, 1, 1);
  }

  @Override
  public int compareTo(Span other) {
    return ORDER.compare(this, other);
  }

  /** The form that terminals and editors turn into a link. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
