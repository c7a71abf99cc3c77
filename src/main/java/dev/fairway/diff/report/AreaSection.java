package dev.fairway.diff.report;

import static dev.fairway.diff.report.Html.element;
import static dev.fairway.diff.report.Html.text;

import dev.fairway.diff.Area;
import dev.fairway.diff.FieldChange;
import dev.fairway.diff.LineDiff;
import dev.fairway.diff.Risk;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The differences of one area, as a section of the page. */
final class AreaSection {
  /** Lines that stay, around those that do not. */
  private static final int CONTEXT = 3;

  private AreaSection() {}

  static Html of(Area area, List<Shared> differences) {
    if (differences.isEmpty()) {
      return Html.NOTHING;
    }
    var parts = new ArrayList<Html>();
    parts.add(
        element(
            "h2",
            text(area.title().substring(0, 1).toUpperCase(Locale.ROOT) + area.title().substring(1)),
            element("span.count", text(differences.size()))));
    differences.forEach(shared -> parts.add(difference(shared)));
    return element("section", Html.all(parts));
  }

  static String grade(Risk risk) {
    return switch (risk) {
      case REFUSED, DATA_LOSS, REPLACEMENT -> "bad";
      case WIDER_ACCESS, POSSIBLE_REPLACEMENT, BLOCKING, REMOVAL, ROLL -> "warn";
      case ORDINARY -> "plain";
    };
  }

  private static Html difference(Shared shared) {
    var it = shared.difference();
    var title =
        Html.all(
            List.of(
                element(
                    "span.act." + it.act().name().toLowerCase(Locale.ROOT), text(it.act().sign())),
                element("b", it.subject()),
                element("span.kind", shared.kind()),
                it.risk() == Risk.ORDINARY
                    ? Html.NOTHING
                    : element("span.pill." + grade(it.risk()), it.risk().title()),
                element("code.where", shared.where())));
    var content = new ArrayList<Html>();
    it.note().ifPresent(note -> content.add(element("p.note", note)));
    if (shared.files().size() > 1) {
      content.add(element("p.muted", String.join(", ", shared.files())));
    }
    it.fields().stream()
        .filter(field -> it.note().isEmpty() || !TextReport.isTold(field.path()))
        .forEach(field -> content.add(field(field)));
    return content.isEmpty()
        ? element("div.row", title)
        : Html.details(it.risk().isNotable(), title, Html.all(content));
  }

  private static Html field(FieldChange field) {
    return element(
        "div.field",
        field.path().isEmpty() ? Html.NOTHING : element("code.path", field.path()),
        field.isLong()
            ? lines(field.lines())
            : element(
                "div.values",
                field.was().map(value -> element("code.was", value)).orElse(Html.NOTHING),
                field.becomes().map(value -> element("code.becomes", value)).orElse(Html.NOTHING)));
  }

  private static Html lines(LineDiff diff) {
    var shown = new ArrayList<Html>();
    var lines = diff.lines();
    var skipped = 0;
    for (var number = 0; number < lines.size(); number++) {
      if (isFar(lines, number)) {
        skipped++;
        continue;
      }
      if (skipped > 0) {
        shown.add(element("span.skipped", "… " + Words.count(skipped, "line")));
        skipped = 0;
      }
      shown.add(line(lines.get(number)));
    }
    if (skipped > 0) {
      shown.add(element("span.skipped", "… " + Words.count(skipped, "line")));
    }
    return element("pre", Html.all(shown));
  }

  private static boolean isFar(List<LineDiff.Line> lines, int number) {
    var from = Math.max(0, number - CONTEXT);
    var to = Math.min(lines.size(), number + CONTEXT + 1);
    return lines.subList(from, to).stream().allMatch(it -> it.kind() == LineDiff.Kind.SAME);
  }

  private static Html line(LineDiff.Line line) {
    return switch (line.kind()) {
      case SAME -> element("span", "  " + line.text());
      case REMOVED -> element("span.was", "- " + line.text());
      case ADDED -> element("span.becomes", "+ " + line.text());
    };
  }
}
