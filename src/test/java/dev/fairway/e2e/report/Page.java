package dev.fairway.e2e.report;

import static dev.fairway.e2e.report.Html.element;
import static dev.fairway.e2e.report.Html.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The report as one page that needs nothing beside itself. */
record Page(Agenda agenda, Run run) {
  String html() {
    var summary = new Summary(agenda.minutes(), run, chapters());
    var body =
        Html.lines(
            Stream.of(
                    Stream.of(summary.html()),
                    chapters().stream().map(Page::chapter),
                    others().stream(),
                    Stream.of(unproven(), standIns()))
                .flatMap(parts -> parts));
    return """
    <!doctype html>
    <html lang="en">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Fairway, end to end: %s</title>
    <style>
    %s</style>
    <body>%s
    </body>
    </html>
    """
        .formatted(text(summary.verdict()).markup(), style(), body.markup());
  }

  private List<Chapter> chapters() {
    return agenda.items().stream()
        .map(point -> new Chapter(point, run.about(Optional.of(point.number()))))
        .toList();
  }

  private static Html chapter(Chapter chapter) {
    var point = chapter.point();
    return element(
        "section",
        Map.of("id", "item-" + point.number()),
        element(
            "h2",
            element("span.number", text(point.number())),
            text(point.title() + " "),
            chapter.status().pill()),
        element("p.claim", text(point.claim())),
        chapter.groups().isEmpty()
            ? element("p.none", text("No test of this item was in this run."))
            : Html.lines(chapter.groups().stream().map(Section::of)));
  }

  private Optional<Html> others() {
    var known = agenda.items().stream().map(Agenda.Point::number).toList();
    var groups =
        run.groups().stream()
            .flatMap(group -> group.proofs().stream().map(Proof::item))
            .filter(item -> item.filter(known::contains).isEmpty())
            .distinct()
            .flatMap(item -> run.about(item).stream())
            .toList();
    return groups.isEmpty()
        ? Optional.empty()
        : Optional.of(
            element(
                "section",
                element("h2", text("What belongs to no item")),
                Html.lines(groups.stream().map(Section::of))));
  }

  private Html unproven() {
    var rows =
        agenda.unproven().stream()
            .map(gap ->
                element(
                    "tr",
                    element("th", text(gap.what())),
                    element("td", text(gap.because())),
                    element(
                        "td",
                        element(
                            "ul",
                            Html.all(
                                gap.instead().stream()
                                    .map(check -> element("li", text(check)))
                                    .toList())))));
    return element(
        "section",
        Map.of("id", "unproven"),
        element("h2", text("What no engine here proves, and what checks it instead")),
        element(
            "table.wide",
            element(
                "thead",
                element(
                    "tr",
                    element("th", text("what")),
                    element("th", text("why not here")),
                    element("th", text("what checks it instead")))),
            element("tbody", Html.lines(rows))));
  }

  private Html standIns() {
    var standIns =
        run.exhibits()
            .filter(Exhibit.StandIn.class::isInstance)
            .map(Exhibit.StandIn.class::cast)
            .distinct()
            .toList();
    return standIns.isEmpty()
        ? Html.NOTHING
        : element(
            "section",
            Map.of("id", "stand-ins"),
            element("h2", text("What stood in for the real thing")),
            Section.standIns(standIns.stream()));
  }

  private static String style() {
    try (InputStream css = Page.class.getResourceAsStream("/e2e/report.css")) {
      return new String(Objects.requireNonNull(css).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
