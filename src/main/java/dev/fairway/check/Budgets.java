package dev.fairway.check;

import dev.fairway.platform.Platform;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A disruption budget that never lets a pod go holds up the draining of its node for ever. */
final class Budgets {
  private Budgets() {}

  static Stream<Finding> check(Platform platform) {
    return Named.all(platform, PodDisruptionBudget.class)
        .flatMap(budget -> check(platform, budget).stream());
  }

  private static Optional<Finding> check(Platform platform, Named<PodDisruptionBudget> budget) {
    var guarded =
        Pods.of(platform).stream().filter(pods -> isGuarded(pods, budget.object())).toList();
    if (guarded.isEmpty()) {
      return Optional.of(
          Finding.at(
              budget.origin(),
              "%s guards no pods".formatted(budget),
              "select the labels of the component's pods: Workload.disruptionBudget()"));
    }
    var replicas = guarded.stream().mapToInt(Pods::replicas).sum();
    return Optional.of(budget)
        .filter(_ -> allowed(budget.object(), replicas) < 1)
        .map(_ ->
            Finding.at(
                budget.origin(),
                "%s lets none of %d pods go".formatted(budget, replicas),
                "allow one: maxUnavailable 1, and more than one replica where minAvailable is"
                    + " set"));
  }

  private static boolean isGuarded(Pods pods, PodDisruptionBudget budget) {
    Map<String, String> selector =
        Optional.ofNullable(budget.getSpec().getSelector().getMatchLabels()).orElse(Map.of());
    return Named.namespace(budget).equals(pods.namespace()) && pods.selects(selector);
  }

  /** How many may be gone while all are well. */
  private static int allowed(PodDisruptionBudget budget, int replicas) {
    var unavailable = Optional.ofNullable(budget.getSpec().getMaxUnavailable());
    var available = Optional.ofNullable(budget.getSpec().getMinAvailable());
    return unavailable
        .map(most -> count(most, replicas))
        .orElseGet(() -> replicas - available.map(least -> count(least, replicas)).orElse(0));
  }

  /** Kubernetes rounds percentages up, of either kind. */
  private static int count(IntOrString amount, int replicas) {
    return Optional.ofNullable(amount.getIntVal())
        .orElseGet(() ->
            Math.ceilDiv(Integer.parseInt(amount.getStrVal().replace("%", "")) * replicas, 100));
  }
}
