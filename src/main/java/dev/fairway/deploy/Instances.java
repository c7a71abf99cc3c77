package dev.fairway.deploy;

import dev.fairway.deploy.aws.Cloud;
import dev.fairway.deploy.aws.PoolInstances;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Event;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** The machines of a cluster, as Auto Scaling has them. */
final class Instances {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Cloud cloud;

  /** What AWS said last: it may be too busy to say it again. */
  private final AtomicReference<List<PoolInstances>> last = new AtomicReference<>(List.of());

  Instances(Cloud cloud) {
    this.cloud = cloud;
  }

  /** Waits until every group has the instances that it should have. */
  Outcome<List<PoolInstances>> complete(Deadline deadline, Listener listener) {
    return deadline
        .poll(PAUSE, () -> complete(listener))
        .orElseGet(() -> cloud.instances().then(Instances::refuse));
  }

  private Optional<Outcome<List<PoolInstances>>> complete(Listener listener) {
    var asked = cloud.instancesNow();
    if (asked.value().isEmpty()) {
      return Optional.of(asked.map(_ -> List.of()));
    }
    var answer = asked.value().get();
    answer.ifPresent(last::set);
    answer.stream()
        .flatMap(List::stream)
        .filter(group -> !isComplete(group))
        .forEach(group -> listener.told(new Event.Item("health", group.group(), standing(group))));
    return answer
        .filter(groups -> groups.stream().allMatch(Instances::isComplete))
        .map(Outcome::of);
  }

  private static Outcome<List<PoolInstances>> refuse(List<PoolInstances> groups) {
    var diagnostics =
        new Diagnostics(
            groups.stream()
                .filter(group -> !isComplete(group))
                .map(group ->
                    Diagnostic.general(
                        Code.NOT_HEALTHY,
                        "the Auto Scaling group of %s has %s"
                            .formatted(group.group(), standing(group)),
                        "look at the group's activity for why AWS launches none, or why one does"
                            + " not pass its launch hook"))
                .toList());
    return Outcome.unlessErrors(diagnostics, () -> groups);
  }

  /**
   * Those in service now by their names as nodes, which are the ids of the instances. Autoscalers
   * and spot take some away at any moment. etcd's members are no nodes.
   */
  Outcome<Set<String>> nodes() {
    return cloud
        .instancesNow()
        .map(answer -> {
          answer.ifPresent(last::set);
          return nodes(last.get());
        });
  }

  private static Set<String> nodes(List<PoolInstances> groups) {
    return groups.stream()
        .filter(group -> !group.name().equals("etcd"))
        .flatMap(group -> group.instances().stream())
        .filter(Instances::isInService)
        .map(PoolInstances.Instance::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static long inService(PoolInstances group) {
    return group.instances().stream().filter(Instances::isInService).count();
  }

  private static boolean isInService(PoolInstances.Instance instance) {
    return instance.lifecycleState().equals("InService");
  }

  private static boolean isComplete(PoolInstances group) {
    return inService(group) >= group.desired();
  }

  private static String standing(PoolInstances group) {
    return "%d of %d instances in service".formatted(inService(group), group.desired());
  }
}
