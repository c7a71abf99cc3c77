package dev.fairway.diff.report;

import static dev.fairway.diff.report.Html.element;
import static dev.fairway.diff.report.Html.text;

import dev.fairway.diff.Area;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One page that needs nothing beside itself: neither scripts nor fonts nor a network. */
public final class HtmlReport {
  private final Comparison comparison;

  private HtmlReport(Comparison comparison) {
    this.comparison = comparison;
  }

  public static String of(Comparison comparison) {
    var report = new HtmlReport(comparison);
    return resource("page.html")
        .replace("{{title}}", Html.escaped(report.title()))
        .replace("{{style}}", resource("page.css"))
        .replace("{{body}}", report.body().markup());
  }

  private static String resource(String name) {
    try (InputStream stream = HtmlReport.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String title() {
    return before() + " → " + after();
  }

  private String before() {
    return Words.release(comparison.before(), comparison.release().before());
  }

  private String after() {
    return Words.release(comparison.after(), comparison.release().after());
  }

  private Html body() {
    if (comparison.isEmpty()) {
      return element("header", kicker(), element("h1", Words.NO_DIFFERENCE), releases());
    }
    var parts = new ArrayList<Html>();
    parts.add(element("header", kicker(), element("h1", title()), releases(), tiles()));
    parts.add(risks());
    comparison.fleet().map(FleetSection::of).ifPresent(parts::add);
    for (var area : Area.values()) {
      parts.add(AreaSection.of(area, Shared.in(area, comparison)));
    }
    return Html.all(parts);
  }

  private static Html kicker() {
    return element("p.kicker", "Fairway: what a release changes");
  }

  private Html releases() {
    return element(
        "p.digests",
        element("code", comparison.release().before().hex()),
        text(" → "),
        element("code", comparison.release().after().hex()));
  }

  private Html tiles() {
    var diff = comparison.release();
    var tiles = new ArrayList<Html>();
    tiles.add(tile("", diff.differences().size(), "differences"));
    var risks = diff.notable().count();
    tiles.add(tile(risks > 0 ? ".bad" : ".good", risks, "risks"));
    comparison
        .fleet()
        .ifPresent(fleet -> {
          var changed = fleet.clusters() - fleet.unchanged() - fleet.unlinked().size();
          tiles.add(tile("", changed + " of " + fleet.clusters(), "clusters change"));
          tiles.add(tile("", comparison.nodes(), "nodes are replaced"));
          if (!fleet.unlinked().isEmpty()) {
            tiles.add(tile(".bad", fleet.unlinked().size(), "clusters can't be linked"));
          }
        });
    return element("div.tiles", Html.all(tiles));
  }

  private static Html tile(String kind, Object figure, String what) {
    return element("div.tile" + kind, element("b", text(figure)), element("span", what));
  }

  private Html risks() {
    var risks = Shared.of(comparison.release().notable());
    return risks.isEmpty()
        ? Html.NOTHING
        : element(
            "section",
            element("h2", "Risks"),
            element("ul.risks", Html.all(risks.stream().map(HtmlReport::risk).toList())));
  }

  private static Html risk(Shared shared) {
    var it = shared.difference();
    return element(
        "li." + AreaSection.grade(it.risk()),
        element("span.pill", it.risk().title()),
        element(
            "div",
            element("b", it.subject()),
            element("span.kind", shared.kind()),
            element("code.where", shared.where()),
            it.note().map(note -> element("p", note)).orElse(Html.NOTHING)));
  }

  /** Parts with nothing in them leave no line. */
  static Html list(String name, List<String> items) {
    return items.isEmpty()
        ? Html.NOTHING
        : element(name, Html.all(items.stream().map(item -> element("li", item)).toList()));
  }
}
