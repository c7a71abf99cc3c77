package dev.fairway.diff.report;

import dev.fairway.diagnostic.Printable;
import dev.fairway.diff.Area;
import dev.fairway.diff.FieldChange;
import dev.fairway.diff.fleet.EffectClass;
import dev.fairway.diff.fleet.FleetImpact;
import java.util.List;

/** For terminals and logs: everything, long texts by how many lines differ. */
public final class TextReport {
  private final StringBuilder text = new StringBuilder();

  private TextReport() {}

  public static String of(Comparison comparison) {
    var report = new TextReport();
    report.write(comparison);
    return report.text.toString();
  }

  private void write(Comparison comparison) {
    if (comparison.isEmpty()) {
      line(0, Words.NO_DIFFERENCE);
      return;
    }
    var diff = comparison.release();
    line(
        0,
        "%s → %s: %s"
            .formatted(
                Words.release(comparison.before(), diff.before()),
                Words.release(comparison.after(), diff.after()),
                Words.headline(comparison)));
    risks(comparison);
    comparison.fleet().ifPresent(this::fleet);
    for (var area : Area.values()) {
      area(area, Shared.in(area, comparison));
    }
  }

  private void risks(Comparison comparison) {
    var risks = Shared.of(comparison.release().notable());
    if (!risks.isEmpty()) {
      title("Risks");
      for (var risk : risks) {
        var it = risk.difference();
        line(
            1,
            "%-16s %s %s%s%s"
                .formatted(
                    it.risk().title(),
                    it.act().sign(),
                    it.subject(),
                    risk.kind().isEmpty() ? "" : " (" + risk.kind() + ")",
                    it.note().map(note -> ": " + note).orElse("")));
      }
    }
  }

  private void fleet(FleetImpact fleet) {
    title("Fleet");
    fleet
        .unlinked()
        .forEach(it ->
            line(
                1,
                "%s can't be linked to the %s release: %s"
                    .formatted(it.cluster(), it.isNew() ? "new" : "old", it.why())));
    fleet.classes().forEach(this::effects);
    if (fleet.unchanged() > 0) {
      line(1, Words.count(fleet.unchanged(), "cluster") + ": nothing changes");
    }
    Words.leftOut(fleet).ifPresent(words -> line(1, words));
    if (!fleet.waves().isEmpty()) {
      title("Waves");
      fleet.waves().forEach(wave -> line(1, Words.wave(wave)));
      line(1, Words.assumption());
    }
  }

  private void effects(EffectClass effects) {
    line(1, Words.heading(effects) + " (" + Words.named(effects.clusters()) + ")");
    Words.effects(effects.effect()).forEach(effect -> line(2, effect));
    if (!effects.allNodes().isEmpty()) {
      line(
          2,
          "%s, %s a cluster"
              .formatted(Words.nodes(effects.allNodes()), Words.time(effects.longest())));
    }
    Words.budgets(effects.budgets()).forEach(budget -> line(2, budget));
  }

  private void area(Area area, List<Shared> differences) {
    if (differences.isEmpty()) {
      return;
    }
    title("%s (%d)".formatted(area.title(), differences.size()));
    var where = "";
    for (var shared : differences) {
      if (!where.equals(shared.where())) {
        where = shared.where();
        line(1, where);
      }
      difference(shared);
    }
  }

  private void difference(Shared shared) {
    var it = shared.difference();
    var risk = it.risk().isNotable() ? "  [" + it.risk().title() + "]" : "";
    var kind = shared.kind().isEmpty() ? "" : "  " + shared.kind();
    line(2, "%c %s%s%s".formatted(it.act().sign(), it.subject(), kind, risk));
    it.note().ifPresent(note -> line(3, note));
    it.fields().stream()
        .filter(_ -> showsFields(shared))
        .map(Words::field)
        .forEach(f -> line(3, f));
  }

  /** A note says the same of a whole statement or rule. */
  private static boolean showsFields(Shared shared) {
    var it = shared.difference();
    return it.note().isEmpty()
        || it.fields().stream().map(FieldChange::path).noneMatch(TextReport::isTold);
  }

  static boolean isTold(String path) {
    return List.of("Statement", "ingress", "egress").contains(path);
  }

  private void title(String title) {
    text.append('\n');
    line(0, title);
  }

  private void line(int depth, String words) {
    text.append("  ".repeat(depth)).append(Printable.start(words)).append('\n');
  }
}
