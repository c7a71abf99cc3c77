package dev.fairway.e2e.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** The last lines of a log: where something went wrong, that is where it is said. */
final class LogEnd {
  /** An API server writes megabytes, and the report is one page. */
  private static final int BYTES = 12_000;

  private LogEnd() {}

  static Exhibit.Text of(String title, Path file) {
    if (!Files.exists(file)) {
      return new Exhibit.Text(title, "nothing was written to " + file.getFileName());
    }
    try (var log = new RandomAccessFile(file.toFile(), "r")) {
      var skipped = Math.max(0, log.length() - BYTES);
      log.seek(skipped);
      var end = new byte[(int) (log.length() - skipped)];
      log.readFully(end);
      var text = new String(end, UTF_8);
      return new Exhibit.Text(
          title, skipped == 0 ? text : "... " + skipped + " bytes before\n" + afterFirstLine(text));
    } catch (IOException e) {
      return new Exhibit.Text(title, file.getFileName() + " can't be read: " + e.getMessage());
    }
  }

  private static String afterFirstLine(String text) {
    return text.substring(text.indexOf('\n') + 1);
  }
}
