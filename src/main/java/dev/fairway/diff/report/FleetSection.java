package dev.fairway.diff.report;

import static dev.fairway.diff.report.Html.element;
import static dev.fairway.diff.report.Html.text;

import dev.fairway.diff.fleet.EffectClass;
import dev.fairway.diff.fleet.FleetImpact;
import dev.fairway.diff.fleet.Unlinked;
import dev.fairway.diff.fleet.WaveImpact;
import java.util.ArrayList;
import java.util.List;

/** What the fleet feels, as a section of the page. */
final class FleetSection {
  private FleetSection() {}

  static Html of(FleetImpact fleet) {
    var parts = new ArrayList<Html>();
    parts.add(
        element(
            "h2", text("Fleet"), element("span.count", Words.count(fleet.clusters(), "cluster"))));
    parts.add(bar(fleet));
    fleet.unlinked().forEach(it -> parts.add(unlinked(it)));
    fleet.classes().forEach(effects -> parts.add(effects(effects)));
    Words.leftOut(fleet).ifPresent(words -> parts.add(element("p.muted", words)));
    if (!fleet.waves().isEmpty()) {
      parts.add(waves(fleet.waves()));
    }
    return element("section", Html.all(parts));
  }

  /** Each share is a cluster's. */
  private static Html bar(FleetImpact fleet) {
    var rolling = 0L;
    var updated = 0L;
    for (var effects : fleet.classes()) {
      if (effects.effect().isRolling()) {
        rolling += effects.clusters().size();
      } else {
        updated += effects.clusters().size();
      }
    }
    var failed = fleet.unlinked().size();
    return Html.all(
        List.of(
            element(
                "div.bar",
                Html.share("bad", failed, "not linked"),
                Html.share("warn", rolling, "with new nodes"),
                Html.share("some", updated, "changed, nodes stay"),
                Html.share("none", fleet.unchanged(), "unchanged")),
            element(
                "ul.legend",
                legend("bad", failed, "not linked"),
                legend("warn", rolling, "with new nodes"),
                legend("some", updated, "changed, nodes stay"),
                legend("none", fleet.unchanged(), "unchanged"))));
  }

  private static Html legend(String kind, long count, String what) {
    return count == 0
        ? Html.NOTHING
        : element("li." + kind, element("b", text(count)), text(" " + what));
  }

  private static Html unlinked(Unlinked it) {
    return element(
        "article.bad",
        element("h3", it.cluster()),
        element(
            "p",
            "can't be linked to the %s release: %s"
                .formatted(it.isNew() ? "new" : "old", it.why())));
  }

  private static Html effects(EffectClass effects) {
    var nodes = effects.allNodes();
    return element(
        effects.effect().isRolling() ? "article.warn" : "article",
        element("h3", Words.heading(effects)),
        clusters(effects.clusters()),
        HtmlReport.list("ul.effects", Words.effects(effects.effect())),
        nodes.isEmpty()
            ? Html.NOTHING
            : element(
                "p.figures",
                element("span", element("b", text(nodes)), text(" nodes")),
                element("span", element("b", Words.time(effects.longest())), text(" a cluster"))),
        budgets(effects));
  }

  private static Html clusters(List<String> aliases) {
    var names =
        element(
            "p.clusters", Html.all(aliases.stream().map(alias -> element("span", alias)).toList()));
    return aliases.size() <= 24 ? names : Html.details(false, text(Words.named(aliases)), names);
  }

  private static Html budgets(EffectClass effects) {
    var budgets = effects.budgets();
    return budgets.isEmpty()
        ? Html.NOTHING
        : Html.details(
            budgets.getFirst().isBlocking(),
            text(Words.count(budgets.size(), "disruption budget") + " to wait for"),
            HtmlReport.list("ul", Words.budgets(budgets)));
  }

  private static Html waves(List<WaveImpact> waves) {
    return Html.all(
        List.of(
            element("h3.waves", "Waves"),
            element(
                "div.scroll",
                element(
                    "table",
                    element(
                        "thead",
                        element(
                            "tr",
                            element("th", "wave"),
                            element("th.number", "clusters"),
                            element("th.number", "at a time"),
                            element("th.number", "nodes"),
                            element("th", "time"),
                            element("th", "pause after"))),
                    element("tbody", Html.all(waves.stream().map(FleetSection::row).toList())))),
            element("p.muted", Words.assumption())));
  }

  private static Html row(WaveImpact wave) {
    return element(
        "tr",
        element("th", wave.name()),
        element("td.number", text(wave.clusters())),
        element("td.number", text(wave.inFlight())),
        element("td.number", text(wave.nodes())),
        element("td", wave.nodes().isEmpty() ? "" : Words.time(wave.time())),
        element("td", wave.pause().isZero() ? "" : Words.duration(wave.pause())));
  }
}
