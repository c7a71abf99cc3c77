package dev.fairway.deploy.kubernetes;

import dev.fairway.deploy.kubernetes.PrunePlan.Leftover;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.util.List;
import java.util.Set;

/**
 * What one deploy may delete.
 *
 * @param most how many objects, those that hold data not counted
 * @param acknowledged those that hold data and may go, as {@code KIND/NAME} or {@code
 *     KIND/NAMESPACE/NAME}
 */
public record DeletionBudget(int most, Set<String> acknowledged) {
  public static final DeletionBudget DEFAULT = new DeletionBudget(20, Set.of());

  public DeletionBudget {
    if (most < 0) {
      throw new IllegalArgumentException("deletions are counted from zero: " + most);
    }
    acknowledged = Set.copyOf(acknowledged);
  }

  /** Judged before anything is changed; errors name each object and the flag that allows it. */
  public Outcome<PrunePlan> judge(PrunePlan plan) {
    var found = new Diagnostics.Collector();
    plan.leftovers().stream()
        .filter(Leftover::holdsData)
        .map(leftover -> leftover.ref().toString())
        .filter(name -> !acknowledged.contains(name))
        .forEach(name -> found.add(unacknowledged(name)));
    var others =
        plan.leftovers().stream()
            .filter(leftover -> !leftover.holdsData())
            .map(leftover -> leftover.ref().toString())
            .toList();
    if (others.size() > most) {
      found.add(tooMany(others));
    }
    return Outcome.unlessErrors(found.diagnostics(), () -> plan);
  }

  private static Diagnostic unacknowledged(String name) {
    return Diagnostic.general(
        Code.DELETION_BUDGET,
        name + " is not in the release any more, and what it holds would be lost with it",
        "put it back into the release, or deploy with --allow-deletion " + name);
  }

  private Diagnostic tooMany(List<String> names) {
    return Diagnostic.general(
        Code.DELETION_BUDGET,
        "%d objects are not in the release any more, and a deploy deletes %d at most: %s"
            .formatted(names.size(), most, String.join(", ", names)),
        "put them back into the release, or deploy with --max-deletions " + names.size());
  }
}
