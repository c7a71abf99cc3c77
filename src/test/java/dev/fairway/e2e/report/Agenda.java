package dev.fairway.e2e.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * What is to be proved, and what can't be: {@code e2e/report.yaml}.
 *
 * @param minutes that the whole may take
 */
record Agenda(int minutes, List<Point> items, List<Unproven> unproven) {

  record Point(int number, String title, String claim) {}

  /**
   * @param because why no engine shows it
   * @param instead what checks it
   */
  record Unproven(String what, String because, @JsonProperty("instead") List<String> instead) {}

  static Agenda read() {
    try (InputStream yaml = Agenda.class.getResourceAsStream("/e2e/report.yaml")) {
      return new YAMLMapper().readValue(Objects.requireNonNull(yaml), Agenda.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
