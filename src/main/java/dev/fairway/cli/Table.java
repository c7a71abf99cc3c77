package dev.fairway.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of text in columns; the first row is the headings. */
record Table(List<List<String>> rows) {
  private static final String GAP = "  ";

  Table {
    rows = List.copyOf(rows);
  }

  void print(PrintWriter out) {
    var widths =
        IntStream.range(0, rows.getFirst().size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    print(out, upper(rows.getFirst()), widths);
    rows.stream().skip(1).forEach(row -> print(out, row, widths));
    out.flush();
  }

  private static void print(PrintWriter out, List<String> shown, int[] widths) {
    out.println(
        IntStream.range(0, shown.size())
            .mapToObj(column -> padded(shown.get(column), widths[column]))
            .collect(Collectors.joining(GAP))
            .stripTrailing());
  }

  private static List<String> upper(List<String> row) {
    return row.stream().map(text -> text.toUpperCase(Locale.ROOT)).toList();
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
