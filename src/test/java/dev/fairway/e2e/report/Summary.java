package dev.fairway.e2e.report;

import static dev.fairway.e2e.report.Html.element;
import static dev.fairway.e2e.report.Html.text;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What is seen first: the verdict, how many tests came to what, and where the time went. */
record Summary(int minutes, Run run, List<Chapter> chapters) {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  Html html() {
    return Html.lines(Stream.of(head(), summary()));
  }

  private Html head() {
    var engines =
        run.exhibits()
            .filter(Exhibit.Engine.class::isInstance)
            .map(exhibit -> ((Exhibit.Engine) exhibit).name())
            .distinct()
            .sorted()
            .toList();
    return element(
        "header",
        element("p.kicker", text("Fairway, end to end")),
        element("h1." + tone(), text(Words.sentence(verdict()))),
        element("p.muted", text(MINUTE.format(run.start()) + " · " + run.machine())),
        engines.isEmpty()
            ? Html.NOTHING
            : element("p.muted", text("Engines: " + String.join(", ", engines))));
  }

  String verdict() {
    var failed = count(Status.FAILED);
    if (failed > 0) {
      return failed + " of " + Words.counted(run.counted().count(), "test") + " failed";
    }
    var open = chapters.stream().filter(chapter -> chapter.status() != Status.PASSED).toList();
    if (!run.complete()) {
      return "not at its end yet";
    }
    return open.isEmpty()
        ? "all " + chapters.size() + " items proved"
        : "nothing failed, but %d of %d items are not proved in full"
            .formatted(open.size(), chapters.size());
  }

  private String tone() {
    return switch (Status.worst(run.counted().toList())) {
      case FAILED -> "failed";
      case PASSED -> verdict().startsWith("all") ? "passed" : "skipped";
      case SKIPPED, NOT_RUN -> "skipped";
    };
  }

  private long count(Status status) {
    return run.counted().filter(status::equals).count();
  }

  private Html summary() {
    return element(
        "section.summary",
        resultBar(),
        failures(),
        element(
            "ul.tiles", Html.lines(chapters.stream().map(chapter -> element("li", tile(chapter))))),
        timeBar());
  }

  private Html resultBar() {
    var counts =
        run.counted().collect(groupingBy(s -> s, () -> new EnumMap<>(Status.class), counting()));
    var bar =
        counts.entrySet().stream().map(entry -> segment(entry.getKey().style(), entry.getValue()));
    var legend =
        counts.entrySet().stream()
            .map(entry ->
                element(
                    "li." + entry.getKey().style(),
                    element("b", text(entry.getValue())),
                    text(" " + entry.getKey().word())));
    return Html.all(
        List.of(
            element("div.bar", Html.all(bar.toList())),
            element("ul.legend", Html.all(legend.toList()))));
  }

  /** A reader of a run that failed looks for nothing else. */
  private Html failures() {
    var links =
        chapters.stream()
            .flatMap(chapter ->
                chapter
                    .failures()
                    .map(name ->
                        element(
                            "li",
                            element(
                                "a",
                                Map.of("href", "#item-" + chapter.point().number()),
                                text(chapter.point().number() + ": " + name)))));
    var list = Html.all(links.toList());
    return list.equals(Html.NOTHING) ? list : element("ul.failures", list);
  }

  private static Html segment(String kind, long weight) {
    return element("i." + kind, Map.of("style", "flex-grow:" + weight));
  }

  private static Html tile(Chapter chapter) {
    var point = chapter.point();
    return element(
        "a.tile." + chapter.status().style(),
        Map.of("href", "#item-" + point.number()),
        element("span.number", text(point.number())),
        element("b", text(point.title())),
        chapter.status().pill(),
        element(
            "small",
            text(Words.counted(chapter.tests(), "test") + ", " + Words.of(chapter.time()))));
  }

  /** Where the time went, against what it may take. */
  private Html timeBar() {
    var limit = Duration.ofMinutes(minutes);
    var shares =
        chapters.stream()
            .filter(chapter -> chapter.time().toMillis() > 0)
            .map(chapter ->
                element(
                    "i.share",
                    Map.of(
                        "style",
                        "flex-grow:" + chapter.time().toMillis(),
                        "title",
                        chapter.point().title() + ": " + Words.of(chapter.time())),
                    text(chapter.point().number())));
    var left = Math.max(0, limit.minus(run.time()).toMillis());
    return Html.all(
        List.of(
            element(
                "div.bar.time",
                Html.all(shares.toList()),
                left == 0 ? Html.NOTHING : segment("left", left)),
            element(
                "p.muted",
                text(
                    "%s of the %d min that all of it may take; each share is an item"
                        .formatted(Words.of(run.time()), minutes)))));
  }
}
