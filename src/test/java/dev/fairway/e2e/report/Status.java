package dev.fairway.e2e.report;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** How something ended; what is further down counts for more when several are taken together. */
enum Status {
  PASSED("passed"),
  SKIPPED("skipped"),
  NOT_RUN("not run"),
  FAILED("failed");

  private final String word;

  Status(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  /** As the page's style calls it. */
  String style() {
    return name().toLowerCase(Locale.ROOT);
  }

  Html pill() {
    return Html.element("span.pill." + style(), Html.text(word));
  }

  /** Nothing at all is no proof. */
  static Status worst(Collection<Status> all) {
    return all.stream().max(Comparator.naturalOrder()).orElse(NOT_RUN);
  }
}
