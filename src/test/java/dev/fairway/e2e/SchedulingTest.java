package dev.fairway.e2e;

import dev.fairway.e2e.HollowKubelets.Readiness;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("e2e")
final class SchedulingTest {
  @Test
  void all() {
    var assembly = Assemblies.of("e2e");
    var folder = Assemblies.folder("e2e");
    try (var cp = ControlPlane.start(folder, "scheduling");
        var kubelets = HollowKubelets.start(cp, Readiness.PLAYED)) {
      var t = System.nanoTime();
      var nodes = new ArrayList<HollowNode>();
      for (var stack : assembly.stacks()) {
        if (stack.isPool()) nodes.add(HollowNode.of(assembly, folder, stack.name(), 0));
      }
      nodes.add(HollowNode.of(assembly, folder, "control-plane", 0));
      nodes.add(HollowNode.of(assembly, folder, "control-plane", 1));
      kubelets.register(nodes);
      System.err.println("registered " + (System.nanoTime() - t) / 1000000);
      Manifests.apply(cp.admin(), Manifests.of(assembly));
      System.err.println("applied " + (System.nanoTime() - t) / 1000000);
      try {
        Eventually.holds(
            "all run",
            Duration.ofSeconds(30),
            () ->
                cp.admin().pods().inNamespace("kube-system").list().getItems().stream()
                        .allMatch(p -> p.getStatus().getPhase().equals("Running"))
                    && cp.admin().nodes().list().getItems().stream()
                        .allMatch(n ->
                            n.getSpec().getTaints().stream()
                                .noneMatch(x ->
                                    x.getKey().startsWith("node.")
                                        || x.getKey().startsWith("read"))));
      } finally {
        System.err.println("running " + (System.nanoTime() - t) / 1000000);
        cp.admin()
            .pods()
            .inAnyNamespace()
            .list()
            .getItems()
            .forEach(p ->
                System.err.println(
                    p.getMetadata().getName()
                        + " "
                        + p.getSpec().getNodeName()
                        + " "
                        + p.getStatus().getPhase()
                        + " "
                        + (p.getStatus().getPhase().equals("Running")
                            ? ""
                            : p.getStatus().getConditions())));
        cp.admin()
            .nodes()
            .list()
            .getItems()
            .forEach(p ->
                System.err.println(
                    p.getMetadata().getName()
                        + " "
                        + p.getSpec().getTaints()
                        + " "
                        + p.getStatus().getAllocatable()));
      }
      kubelets.requireSound();
    }
  }
}
