package dev.fairway.diff;

import dev.fairway.release.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Disruption budgets that let no pod go any more, by what they say or by how many pods there are:
 * no node of those pods can be drained then, whatever the reason to drain it.
 */
final class Blockings {
  private static final String KIND = "PodDisruptionBudget";

  private Blockings() {}

  /**
   * Adds what becomes of budgets.
   *
   * @param objects differences of Kubernetes objects
   * @return the same, and those of budgets that come to something else as they are
   */
  static List<Difference> told(Sides sides, List<Difference> objects) {
    var was = blocking(sides.before());
    var becomes = blocking(sides.after());
    var told = new ArrayList<Difference>();
    for (var change : objects) {
      var subject = change.subject();
      told.add(becomes.containsKey(subject) && !was.containsKey(subject) ? judged(change) : change);
      was.remove(subject);
      becomes.remove(subject);
    }
    var both = Map.copyOf(was).keySet();
    was.keySet().removeAll(becomes.keySet());
    becomes.keySet().removeAll(both);
    was.forEach((subject, file) -> told.add(change(subject, file).noting("it lets pods go again")));
    becomes.forEach((subject, file) -> told.add(judged(change(subject, file))));
    return told;
  }

  private static Difference change(String subject, String file) {
    return Difference.of(Area.MANIFESTS, Act.CHANGED, file, subject, KIND);
  }

  private static Difference judged(Difference change) {
    return change.because(Risk.BLOCKING, "it lets none of its pods go");
  }

  /** What they are called, and the files that they stand in. */
  private static SortedMap<String, String> blocking(Release release) {
    var blocking = new TreeMap<String, String>();
    Workloads.of(release).budgets().stream()
        .filter(Budget::isBlocking)
        .forEach(budget ->
            blocking.put(
                KIND + " " + budget.name().replaceFirst("^/", ""),
                "manifests/%s.yaml".formatted(budget.component())));
    return blocking;
  }
}
