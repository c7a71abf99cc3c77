package dev.fairway.cli;

import dev.fairway.diagnostic.Printable;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rows of text in columns, a text of one line or more; the first row is the headings. */
record Table(List<List<String>> rows) {
  private static final String GAP = "  ";

  Table {
    rows = List.copyOf(rows);
  }

  void print(PrintWriter out) {
    var widths =
        IntStream.range(0, rows.getFirst().size())
            .map(column ->
                rows.stream()
                    .flatMap(row -> row.get(column).lines())
                    .mapToInt(String::length)
                    .max()
                    .orElse(0))
            .toArray();
    print(out, upper(rows.getFirst()), widths);
    rows.stream().skip(1).flatMap(Table::lines).forEach(line -> print(out, line, widths));
    out.flush();
  }

  private static void print(PrintWriter out, List<String> shown, int[] widths) {
    out.println(
        IntStream.range(0, shown.size())
            .mapToObj(column -> padded(shown.get(column), widths[column]))
            .collect(Collectors.joining(GAP))
            .stripTrailing());
  }

  /** A row of texts of several lines is as high as the highest of them. */
  private static Stream<List<String>> lines(List<String> row) {
    var texts = row.stream().map(text -> text.lines().map(Printable::line).toList()).toList();
    var height = texts.stream().mapToInt(List::size).max().orElse(0);
    return IntStream.range(0, height)
        .mapToObj(
            line -> texts.stream().map(text -> line < text.size() ? text.get(line) : "").toList());
  }

  private static List<String> upper(List<String> row) {
    return row.stream().map(text -> text.toUpperCase(Locale.ROOT)).toList();
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
