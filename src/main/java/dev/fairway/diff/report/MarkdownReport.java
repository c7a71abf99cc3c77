package dev.fairway.diff.report;

import static dev.fairway.diff.report.Markdown.code;
import static dev.fairway.diff.report.Markdown.plain;

import dev.fairway.diagnostic.Printable;
import dev.fairway.diff.Area;
import dev.fairway.diff.fleet.EffectClass;
import dev.fairway.diff.fleet.FleetImpact;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * For a comment on a pull request: what matters most first, and what GitHub's limit leaves no room
 * for is named.
 */
public final class MarkdownReport {
  /** GitHub takes no comment of more than 65,536 characters. */
  public static final int LIMIT = 65_000;

  /** Room for the names of what was cut. */
  private static final int RESERVE = 1_500;

  /** What opens and closes a part, without its fence. */
  private static final int DETAILS = 100;

  private final StringBuilder text = new StringBuilder();
  private final List<String> cut = new ArrayList<>();

  private MarkdownReport() {}

  public static String of(Comparison comparison) {
    var report = new MarkdownReport();
    report.write(comparison);
    return report.text.toString();
  }

  private void write(Comparison comparison) {
    var diff = comparison.release();
    if (comparison.isEmpty()) {
      text.append("**Fairway: ").append(Words.NO_DIFFERENCE).append("**\n");
      return;
    }
    text.append(
        "### %s → %s\n\n**%s**\n"
            .formatted(
                code(Words.release(comparison.before(), diff.before())),
                code(Words.release(comparison.after(), diff.after())),
                Words.headline(comparison)));
    section("Risks", Shared.of(diff.notable()).stream().map(MarkdownReport::risk));
    comparison.fleet().ifPresent(this::fleet);
    for (var area : Area.values()) {
      details(area, Shared.in(area, comparison));
    }
    if (!cut.isEmpty()) {
      text.append(
          "\nCut to fit a comment: %s. `fairway diff` shows all.\n"
              .formatted(String.join(", ", cut)));
    }
  }

  private static String risk(Shared shared) {
    var it = shared.difference();
    return "- **%s**: `%c` %s%s in %s%s\n"
        .formatted(
            it.risk().title(),
            it.act().sign(),
            code(Words.brief(it.subject())),
            shared.kind().isEmpty() ? "" : " (" + plain(Words.brief(shared.kind())) + ")",
            code(Words.brief(shared.where())),
            it.note().map(note -> ": " + code(Words.shortened(note))).orElse(""));
  }

  private void section(String title, Stream<String> items) {
    var all = items.toList();
    if (!all.isEmpty()) {
      text.append("\n#### ").append(title).append("\n\n");
      append(title.toLowerCase(Locale.ROOT), all);
    }
  }

  private void fleet(FleetImpact fleet) {
    var items = new ArrayList<String>();
    for (var unlinked : fleet.unlinked()) {
      items.add(
          "- **%s** can't be linked to the %s release: %s\n"
              .formatted(
                  plain(unlinked.cluster()),
                  unlinked.isNew() ? "new" : "old",
                  code(unlinked.why())));
    }
    fleet.classes().forEach(effects -> items.add(effects(effects)));
    if (fleet.unchanged() > 0) {
      items.add("- " + Words.count(fleet.unchanged(), "cluster") + ": nothing changes\n");
    }
    Words.leftOut(fleet).ifPresent(words -> items.add("- " + words + "\n"));
    section("Fleet", items.stream());
    section("Waves", fleet.waves().stream().map(wave -> "1. " + plain(Words.wave(wave)) + "\n"));
  }

  private static String effects(EffectClass effects) {
    var item = new StringBuilder();
    item.append(
        "- **%s** (%s)\n"
            .formatted(Words.heading(effects), plain(Words.named(effects.clusters()))));
    Words.effects(effects.effect())
        .forEach(effect -> item.append("  - ").append(plain(effect)).append('\n'));
    if (!effects.allNodes().isEmpty()) {
      item.append(
          "  - %s, %s a cluster\n"
              .formatted(Words.nodes(effects.allNodes()), Words.time(effects.longest())));
    }
    Words.budgets(effects.budgets())
        .forEach(budget -> item.append("  - ").append(plain(budget)).append('\n'));
    return item.toString();
  }

  private void details(Area area, List<Shared> differences) {
    if (differences.isEmpty()) {
      return;
    }
    var items = differences.stream().map(MarkdownReport::lines).toList();
    var block = new StringBuilder();
    var fence = "```";
    var taken = 0;
    for (var item : items) {
      var needed = Markdown.longer(fence, item);
      if (!fits(DETAILS + block.length() + item.length() + 2 * needed.length())) {
        break;
      }
      fence = needed;
      block.append(item);
      taken++;
    }
    if (taken > 0) {
      text.append(
          "\n<details><summary>%s (%d)</summary>\n\n%sdiff\n%s%s\n\n</details>\n"
              .formatted(area.title(), differences.size(), fence, block, fence));
    }
    tellCut(area.title(), items.size(), taken);
  }

  private static String lines(Shared shared) {
    var it = shared.difference();
    var sign = it.act().sign() == '~' ? '!' : it.act().sign();
    var kind = shared.kind().isEmpty() ? "" : shared.kind() + "  ";
    var lines = new StringBuilder();
    lines.append(
        "%c %s  %s(%s)\n"
            .formatted(
                sign,
                Markdown.line(Words.brief(it.subject())),
                Markdown.line(Words.brief(kind)),
                Markdown.line(Words.brief(shared.where()))));
    it.note().ifPresent(note -> indented(Words.shortened(note), lines));
    it.fields().stream()
        .filter(field -> it.note().isEmpty() || !TextReport.isTold(field.path()))
        .forEach(field -> indented(Words.field(Words.brief(field.path()), field), lines));
    return lines.toString();
  }

  private static void indented(String words, StringBuilder lines) {
    lines.append("    ").append(Printable.start(words.replace('\n', ' '))).append('\n');
  }

  /** As many as there is room for. */
  private void append(String title, List<String> items) {
    var taken = 0;
    for (var item : items) {
      if (!fits(item.length())) {
        break;
      }
      text.append(item);
      taken++;
    }
    tellCut(title, items.size(), taken);
  }

  private boolean fits(int length) {
    return text.length() + length <= LIMIT - RESERVE;
  }

  private void tellCut(String title, int all, int taken) {
    if (taken < all) {
      cut.add("%d of %d of %s".formatted(all - taken, all, title));
    }
  }
}
