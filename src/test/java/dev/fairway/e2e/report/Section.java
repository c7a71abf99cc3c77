package dev.fairway.e2e.report;

import static dev.fairway.e2e.report.Html.element;
import static dev.fairway.e2e.report.Html.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One class's tests with what they saw. */
final class Section {
  /** More rows than this are folded. */
  private static final int ROWS = 12;

  private Section() {}

  static Html of(Group group) {
    var engines = only(Exhibit.Engine.class, group.exhibits()).map(Exhibit.Engine::name).toList();
    return element(
        "article",
        element(
            "h3",
            text(group.title()),
            element("code", text(group.source())),
            element("span.time", text(Words.of(group.time())))),
        engines.isEmpty()
            ? Html.NOTHING
            : element("p.muted", text("Proved by " + String.join(", ", engines))),
        standIns(only(Exhibit.StandIn.class, group.exhibits())),
        Html.lines(
            Stream.concat(
                    group.around().stream().filter(Section::isWorthALine), group.proofs().stream())
                .map(Section::proof)));
  }

  private static boolean isWorthALine(Proof around) {
    return around.status() != Status.PASSED
        || around.time().toMillis() >= 100
        || !around.exhibits().isEmpty();
  }

  static Html standIns(Stream<Exhibit.StandIn> standIns) {
    var items =
        standIns
            .map(standIn ->
                element("li", element("b", text(standIn.what())), text(": " + standIn.lacks())))
            .toList();
    return items.isEmpty() ? Html.NOTHING : element("ul.standins", Html.all(items));
  }

  private static Html proof(Proof proof) {
    var status = proof.overall();
    var children = new ArrayList<Html>();
    children.add(
        element(
            "p.title",
            element("span.mark", text(mark(status))),
            element("span.name", text(proof.name())),
            cases(proof),
            status == Status.PASSED ? Html.NOTHING : status.pill(),
            status == Status.NOT_RUN
                ? Html.NOTHING
                : element("span.time", text(Words.of(proof.time())))));
    proof.why().ifPresent(why -> children.add(why(why, proof.status())));
    children.add(exhibits(proof));
    if (!proof.cases().isEmpty()) {
      children.add(allCases(proof));
    }
    return element("div.proof." + status.style(), children.toArray(Html[]::new));
  }

  private static String mark(Status status) {
    return switch (status) {
      case PASSED -> "✓";
      case FAILED -> "✗";
      case SKIPPED, NOT_RUN -> "–";
    };
  }

  private static Html cases(Proof proof) {
    if (proof.cases().isEmpty()) {
      return Html.NOTHING;
    }
    var passed = proof.cases().stream().filter(row -> row.overall() == Status.PASSED).count();
    return element(
        "span.muted", text("%d of %d cases passed".formatted(passed, proof.cases().size())));
  }

  private static Html why(String why, Status status) {
    if (status != Status.FAILED) {
      return element("p.muted", text(why));
    }
    var message = why.lines().takeWhile(line -> !line.startsWith("\tat ")).toList();
    var trace = why.lines().skip(message.size()).toList();
    return Html.all(
        List.of(
            element("pre.failure", text(String.join("\n", message))),
            trace.isEmpty()
                ? Html.NOTHING
                : folded("where", element("pre", text(String.join("\n", trace))), false)));
  }

  private static Html exhibits(Proof proof) {
    var figures =
        only(Exhibit.Figure.class, proof.exhibits().stream())
            .map(figure ->
                element(
                    "div", element("dd", text(figure.value())), element("dt", text(figure.name()))))
            .toList();
    var others =
        proof.exhibits().stream()
            .map(exhibit ->
                switch (exhibit) {
                  case Exhibit.Table table -> table(table);
                  case Exhibit.Text log -> excerpt(log, proof.status());
                  case Exhibit.Log log ->
                      excerpt(LogEnd.of(log.title(), log.file()), proof.status());
                  case Exhibit.Figure _, Exhibit.Engine _, Exhibit.StandIn _ -> Html.NOTHING;
                });
    return Html.all(
        List.of(
            figures.isEmpty() ? Html.NOTHING : element("dl.figures", Html.all(figures)),
            Html.all(others.toList())));
  }

  private static Html table(Exhibit.Table table) {
    var head = table.columns().stream().map(column -> element("th", text(column))).toList();
    var rows =
        table.rows().stream()
            .map(row -> element("tr", Html.all(row.stream().map(Section::cell).toList())));
    var html =
        element(
            "div.scroll",
            element(
                "table",
                element("thead", element("tr", Html.all(head))),
                element("tbody", Html.lines(rows))));
    return folded(
        "%s (%s)".formatted(table.title(), Words.counted(table.rows().size(), "row")),
        html,
        table.rows().size() <= ROWS);
  }

  private static Html cell(String value) {
    return value.matches("[0-9][0-9.,]*( (ms|s|min|MB|GB|%))?")
        ? element("td.number", text(value))
        : element("td", text(value));
  }

  /** What a test that failed said last is what a reader looks for. */
  private static Html excerpt(Exhibit.Text log, Status status) {
    return folded(log.title(), element("pre", text(log.text())), status == Status.FAILED);
  }

  /** Those that did not pass stand open; a table of requests has hundreds that did. */
  private static Html allCases(Proof proof) {
    var passed =
        proof.cases().stream()
            .filter(row -> row.overall() == Status.PASSED && row.allExhibits().findAny().isEmpty())
            .map(row -> element("li", text(row.name())))
            .toList();
    var others =
        proof.cases().stream()
            .filter(
                row -> row.overall() != Status.PASSED || row.allExhibits().findAny().isPresent())
            .map(Section::proof);
    return element(
        "div.cases",
        Html.lines(others),
        passed.isEmpty()
            ? Html.NOTHING
            : folded(
                Words.counted(passed.size(), "case") + " that passed",
                element("ul.passed", Html.all(passed)),
                false));
  }

  private static Html folded(String title, Html content, boolean open) {
    return element(
        "details", open ? Map.of("open", "") : Map.of(), element("summary", text(title)), content);
  }

  private static <T extends Exhibit> Stream<T> only(Class<T> kind, Stream<Exhibit> exhibits) {
    return exhibits.filter(kind::isInstance).map(kind::cast).distinct();
  }
}
