package dev.fairway.e2e;

import static dev.fairway.e2e.ReleaseOnCluster.value;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.deploy.kubernetes.Health;
import dev.fairway.deploy.kubernetes.Health.Scope;
import dev.fairway.deploy.kubernetes.Manifests;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.e2e.HollowKubelets.Readiness;
import dev.fairway.e2e.report.Item;
import dev.fairway.link.Stack;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a deploy says of a cluster's health, from no node at all until all is well. */
@Order(2)
@Tag("e2e")
@Item(3)
final class HealthTest {
  @Test
  void fromNoNodeToAWholeCluster() {
    var assembly = Assemblies.of("e2e");
    var folder = Assemblies.folder("e2e");
    var release = Manifests.of(assembly);
    try (var controlPlane = ControlPlane.start(folder, "health");
        var kubelets = HollowKubelets.start(controlPlane, Readiness.PLAYED)) {
      var cluster = ReleaseOnCluster.of(controlPlane, "e2e");
      value(cluster.deploy(release));
      var health = new Health(cluster.api(), release);

      var none = health.await(Scope.BEFORE_WORKERS, nodes(Set.of()), in(10), Listener.SILENT);
      assertThat(none.diagnostics().all())
          .allSatisfy(
              diagnostic -> assertThat(diagnostic.code()).isEqualTo(Code.UNHEALTHY_WORKLOAD))
          .extracting(Diagnostic::message)
          .anyMatch(message ->
              message.startsWith("Deployment/kube-system/coredns ")
                  && message.contains("unschedulable: no nodes available to schedule pods"));

      assertThat(
              health.await(Scope.ALL, nodes(Set.of()), in(1), Listener.SILENT).diagnostics().all())
          .extracting(Diagnostic::code)
          .contains(Code.UNAVAILABLE_API_SERVICE);

      kubelets.register(
          List.of(
              HollowNode.of(assembly, folder, "control-plane", 0),
              HollowNode.of(assembly, folder, "control-plane", 1)));
      assertThat(
              value(health.await(Scope.BEFORE_WORKERS, nodes(Set.of()), in(180), Listener.SILENT)))
          .extracting(Object::toString)
          .contains("Deployment/kube-system/coredns", "DaemonSet/kube-system/flannel");

      var workers =
          assembly.stacks().stream()
              .filter(Stack::isPool)
              .map(stack -> HollowNode.of(assembly, folder, stack.name(), 0))
              .toList();
      kubelets.register(workers.subList(0, 1));
      var names = workers.stream().map(HollowNode::name).collect(toSet());
      var some = health.await(Scope.ALL, nodes(names), in(8), Listener.SILENT);
      assertThat(some.diagnostics().all())
          .extracting(Diagnostic::code)
          .contains(Code.UNHEALTHY_NODE);
      assertThat(some.diagnostics().all())
          .extracting(Diagnostic::message)
          .anyMatch(message -> message.matches("3 nodes \\(.*\\): did not register"));

      kubelets.register(workers.subList(1, workers.size()));
      var all = Stream.concat(names.stream(), kubelets.nodes().stream()).collect(toSet());
      assertThat(value(health.await(Scope.ALL, nodes(all), in(180), Listener.SILENT)))
          .extracting(Object::toString)
          .contains("APIService/v1beta1.metrics.k8s.io");
      kubelets.requireSound();
      cluster.api().close();
    }
  }

  private static Supplier<Outcome<Set<String>>> nodes(Set<String> names) {
    return () -> Outcome.of(names);
  }

  private static Deadline in(int seconds) {
    return Deadline.in(Duration.ofSeconds(seconds), InstantSource.system());
  }
}
