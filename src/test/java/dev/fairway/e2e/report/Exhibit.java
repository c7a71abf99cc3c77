package dev.fairway.e2e.report;

import java.nio.file.Path;
import java.util.List;

/** One piece of evidence. */
sealed interface Exhibit {

  /** One value; those of a test stand side by side. */
  record Figure(String name, String value) implements Exhibit {}

  /** Rows as long as the list of columns; folded when there are many. */
  record Table(String title, List<String> columns, List<List<String>> rows) implements Exhibit {
    public Table {
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
      for (var row : rows) {
        if (row.size() != columns.size()) {
          throw new IllegalArgumentException(
              "%s has the columns %s and a row %s".formatted(title, columns, row));
        }
      }
    }
  }

  /** Lines that somebody wrote, folded. */
  record Text(String title, String text) implements Exhibit {}

  /** A file that is still written to: its end counts as it is when the test ends. */
  record Log(String title, Path file) implements Exhibit {}

  /** What showed it, with its version. */
  record Engine(String name) implements Exhibit {}

  /** What is not the real thing, and what it lacks. */
  record StandIn(String what, String lacks) implements Exhibit {}
}
