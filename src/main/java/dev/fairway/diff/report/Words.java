package dev.fairway.diff.report;

import dev.fairway.diff.Act;
import dev.fairway.diff.Budget;
import dev.fairway.diff.FieldChange;
import dev.fairway.diff.fleet.ComponentEffect;
import dev.fairway.diff.fleet.Effect;
import dev.fairway.diff.fleet.EffectClass;
import dev.fairway.diff.fleet.FleetImpact;
import dev.fairway.diff.fleet.NodeSpan;
import dev.fairway.diff.fleet.StackEffect;
import dev.fairway.diff.fleet.TimeSpan;
import dev.fairway.diff.fleet.WaveImpact;
import dev.fairway.model.Digest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the renderings say in the same words. */
final class Words {
  static final String NO_DIFFERENCE = "no difference";

  /** As much of a digest as people compare. */
  private static final int SHORT = 12;

  private static final int LONGEST = 100;

  private Words() {}

  static String digest(Digest digest) {
    return digest.hex().substring(0, SHORT);
  }

  /** {@code data (2a9ce9f826b6)}, or the digest alone where that is its name. */
  static String release(String name, Digest digest) {
    return name.isEmpty() || digest.hex().startsWith(name)
        ? digest(digest)
        : name + " (" + digest(digest) + ")";
  }

  static String count(long count, String thing) {
    return count + " " + (count == 1 ? thing : thing + "s");
  }

  static String headline(Comparison comparison) {
    var words = new ArrayList<String>();
    words.add(count(comparison.release().differences().size(), "difference"));
    var risks = comparison.release().notable().count();
    if (risks > 0) {
      words.add(count(risks, "risk"));
    }
    var diff = comparison.release();
    if (diff.deleted() + diff.replaced() > 0) {
      // In the words of the change budget, which counts no other.
      words.add("%d deleted, %d replaced".formatted(diff.deleted(), diff.replaced()));
    }
    comparison
        .fleet()
        .ifPresent(fleet -> {
          var changed = fleet.clusters() - fleet.unchanged() - fleet.unlinked().size();
          words.add("%d of %s change".formatted(changed, count(fleet.clusters(), "cluster")));
          if (!fleet.unlinked().isEmpty()) {
            words.add(count(fleet.unlinked().size(), "cluster") + " can't be linked");
          }
          if (!comparison.nodes().isEmpty()) {
            words.add(nodes(comparison.nodes()) + " replaced");
          }
        });
    return String.join(", ", words);
  }

  static String nodes(NodeSpan span) {
    return span + (span.most() == 1 ? " node" : " nodes");
  }

  /** In one line; of a long text how many lines differ. */
  static String field(FieldChange field) {
    return field(field.path(), field);
  }

  /** The same, with as much of its path as there is room for. */
  static String field(String shownPath, FieldChange field) {
    var path = shownPath.isEmpty() ? "" : shownPath + ": ";
    if (field.isLong()) {
      var lines = field.lines();
      return "%s+%d -%d lines".formatted(path, lines.added(), lines.removed());
    }
    if (field.was().isEmpty()) {
      return path + "+ " + shortened(field.becomes().orElse(""));
    }
    return field
        .becomes()
        .map(value -> path + shortened(field.was().get()) + " → " + shortened(value))
        .orElseGet(() -> path + "- " + shortened(field.was().get()));
  }

  static String shortened(String text) {
    return text.isEmpty() ? "\"\"" : brief(text.replace('\n', ' '));
  }

  static String brief(String line) {
    return line.codePointCount(0, line.length()) <= LONGEST
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST - 1)) + "…";
  }

  static String heading(EffectClass effects) {
    var clusters = effects.clusters().size();
    var changes = count(effects.effect().size(), "change");
    return count(clusters, "cluster") + ": " + (clusters == 1 ? changes : "the same " + changes);
  }

  /** Clusters of the fleet about which nothing is told; none where all are ready. */
  static Optional<String> leftOut(FleetImpact fleet) {
    return Optional.of(fleet.notReady())
        .filter(clusters -> clusters > 0)
        .map(clusters -> count(clusters, "cluster") + " left out: not ready, so not deployed");
  }

  /** A few of them by name. */
  static String named(List<String> clusters) {
    var most = 12;
    var shown = clusters.stream().limit(most).collect(Collectors.joining(", "));
    return clusters.size() <= most
        ? shown
        : "%s and %d more".formatted(shown, clusters.size() - most);
  }

  /** A line for each thing that changes, what rolls nodes first. */
  static List<String> effects(Effect effect) {
    var rolling = effect.stacks().stream().filter(StackEffect::isRolling).map(Words::stack);
    var others = effect.stacks().stream().filter(it -> !it.isRolling()).map(Words::stack);
    var components =
        Stream.of(Act.values()).flatMap(act -> components(act, effect).stream()).toList();
    return Stream.of(rolling, others, components.stream()).flatMap(it -> it).toList();
  }

  private static String stack(StackEffect stack) {
    return switch (stack.act()) {
      case ADDED -> stack.stacks() + ": created";
      case REMOVED -> stack.stacks() + ": removed";
      case CHANGED ->
          (stack.isRolling() ? stack.nodes() + " replaced: " : stack.stacks() + " updated: ")
              + String.join(", ", causes(stack));
    };
  }

  private static List<String> causes(StackEffect stack) {
    var causes = new ArrayList<String>();
    if (stack.isNodeConfigOther()) {
      causes.add("node config");
    }
    if (stack.isTemplateOther()) {
      causes.add("template");
    }
    causes.addAll(stack.parameters());
    return causes;
  }

  private static List<String> components(Act act, Effect effect) {
    var names =
        effect.components().stream()
            .filter(component -> component.act() == act)
            .map(ComponentEffect::component)
            .toList();
    var verb =
        switch (act) {
          case ADDED -> "created: ";
          case REMOVED -> "removed: ";
          case CHANGED -> "applied anew: ";
        };
    return names.isEmpty()
        ? List.of()
        : List.of(count(names.size(), "component") + " " + verb + String.join(", ", names));
  }

  static String time(TimeSpan span) {
    return duration(span.least()) + " to " + duration(span.most());
  }

  /** The two greatest units: minutes mean nothing beside days. */
  static String duration(Duration duration) {
    if (duration.toDays() > 0) {
      return "%d d %d h".formatted(duration.toDays(), duration.toHoursPart());
    }
    if (duration.toHours() > 0) {
      return "%d h %d min".formatted(duration.toHours(), duration.toMinutesPart());
    }
    return duration.compareTo(Duration.ofMinutes(2)) >= 0
        ? duration.toMinutes() + " min"
        : duration.toSeconds() + " s";
  }

  /** Those that wait alike in one line, the worst first. */
  static List<String> budgets(List<Budget> budgets) {
    return budgets.stream()
        .collect(Collectors.groupingBy(Words::waiting, LinkedHashMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(entry ->
            "%s: %s"
                .formatted(
                    entry.getKey(),
                    entry.getValue().stream().map(Budget::name).collect(Collectors.joining(", "))))
        .toList();
  }

  private static String waiting(Budget budget) {
    var of = budget.replicas().map(replicas -> " of " + replicas).orElse("");
    return budget.isBlocking()
        ? "draining is blocked until it is cut off, none%s may go".formatted(of)
        : "draining lets %d%s go at a time, %s each"
            .formatted(budget.allowed(), of, duration(budget.grace()));
  }

  static String wave(WaveImpact wave) {
    var pause = wave.pause().isZero() ? "" : ", then a pause of " + duration(wave.pause());
    var rolls =
        wave.nodes().isEmpty()
            ? "no node is replaced"
            : "%s replaced, %s".formatted(nodes(wave.nodes()), time(wave.time()));
    return "%s: %s, %d at a time: %s%s"
        .formatted(wave.name(), count(wave.clusters(), "cluster"), wave.inFlight(), rolls, pause);
  }

  static String assumption() {
    return "Times: one node after the other in a cluster; the least with the fewest nodes, pods"
        + " that end within their grace period and 3 min to boot, the most with the most"
        + " nodes and every timeout used up.";
  }
}
