package dev.fairway.diff.report;

import dev.fairway.diff.Area;
import dev.fairway.diff.fleet.EffectClass;
import dev.fairway.diff.fleet.FleetImpact;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * For a comment on a pull request: what matters most first, and what GitHub's limit leaves no room
 * for is named.
 */
public final class MarkdownReport {
  /** GitHub takes no comment of more than 65,536 characters. */
  public static final int LIMIT = 65_000;

  /** Room for the closing of what is open, and for what was cut. */
  private static final Pattern RUN = Pattern.compile("`+");

  private static final int RESERVE = 1_500;

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
            code(it.subject()),
            shared.kind().isEmpty() ? "" : " (" + plain(shared.kind()) + ")",
            code(shared.where()),
            it.note().map(note -> ": " + code(Words.shortened(note))).orElse(""));
  }

  private void section(String title, Stream<String> items) {
    var all = items.toList();
    if (!all.isEmpty()) {
      text.append("\n#### ").append(title).append("\n\n");
      append(title.toLowerCase(Locale.ROOT), all, "");
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
    var fence = fence(items);
    text.append(
        "\n<details><summary>%s (%d)</summary>\n\n%sdiff\n"
            .formatted(area.title(), differences.size(), fence));
    append(area.title(), items, "");
    text.append(fence).append("\n\n</details>\n");
  }

  /** Longer than any in the text, so that none of it ends the block. */
  private static String fence(List<String> items) {
    var fence = "```";
    for (var item : items) {
      while (item.contains(fence)) {
        fence += "`";
      }
    }
    return fence;
  }

  private static String lines(Shared shared) {
    var it = shared.difference();
    var sign = it.act().sign() == '~' ? '!' : it.act().sign();
    var kind = shared.kind().isEmpty() ? "" : shared.kind() + "  ";
    var lines = new StringBuilder();
    lines.append("%c %s  %s(%s)\n".formatted(sign, it.subject(), kind, shared.where()));
    it.note().ifPresent(note -> lines.append("    ").append(Words.shortened(note)).append('\n'));
    it.fields().stream()
        .filter(field -> it.note().isEmpty() || !TextReport.isTold(field.path()))
        .forEach(field -> lines.append("    ").append(Words.field(field)).append('\n'));
    return lines.toString();
  }

  /** As many as there is room for. */
  private void append(String title, List<String> items, String end) {
    var taken = 0;
    for (var item : items) {
      if (text.length() + item.length() + end.length() > LIMIT - RESERVE) {
        break;
      }
      text.append(item);
      taken++;
    }
    if (taken < items.size()) {
      cut.add("%d of %d of %s".formatted(items.size() - taken, items.size(), title));
    }
  }

  private static String code(String words) {
    var line = words.replaceAll("\\p{Cntrl}", " ");
    if (!line.contains("`")) {
      return "`" + line + "`";
    }
    // Longer than any within, or what stands there would end it and speak for us.
    var longest = RUN.matcher(line).results().mapToInt(run -> run.group().length()).max();
    var fence = "`".repeat(longest.orElse(0) + 1);
    return fence + " " + line + " " + fence;
  }

  /** Neither markup nor a mention of anybody. */
  private static String plain(String words) {
    return words
        .replaceAll("\\p{Cntrl}", " ")
        .replaceAll("([\\\\`*_{}\\[\\]<>#|~])", "\\\\$1")
        .replace("@", "@\u200b");
  }
}
