package dev.fairway.e2e;

import dev.fairway.e2e.HollowKubelets.Readiness;
import dev.fairway.link.Assembly;
import dev.fairway.link.Stack;
import dev.fairway.model.Cluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;

/**
 * Where one cluster may be deployed: an AWS account and a control plane, both empty, with nodes that
 * come and go as the instances of the cluster's groups do.
 */
final class LiveCluster implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(300);

  private final Assembly assembly;
  private final Path folder;
  private final CloudFormationEngine aws;
  private final ControlPlane controlPlane;
  private final HollowKubelets kubelets;
  private final ScheduledExecutorService instances = Executors.newSingleThreadScheduledExecutor();
  private Optional<RuntimeException> failure = Optional.empty();

  private LiveCluster(
      Assembly assembly, Path folder, CloudFormationEngine aws, ControlPlane controlPlane) {
    this.assembly = assembly;
    this.folder = folder;
    this.aws = aws;
    this.controlPlane = controlPlane;
    this.kubelets = HollowKubelets.start(controlPlane, Readiness.PLAYED);
  }

  /**
   * Starts all of it.
   *
   * @param folder with the assembly, whose node configs say what its nodes are
   * @param name of the engines' folders
   */
  static LiveCluster start(Cluster record, Assembly assembly, Path folder, String name) {
    var aws = CloudFormationEngine.ministack(name, record.id());
    try {
      aws.prepare(record);
      var cluster =
          new LiveCluster(assembly, folder, aws, ControlPlane.start(folder, name + "/kubernetes"));
      var unused =
          cluster.instances.scheduleWithFixedDelay(
              cluster::follow, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
      return cluster;
    } catch (RuntimeException | Error e) {
      aws.close();
      throw e;
    }
  }

  CloudFormationEngine aws() {
    return aws;
  }

  ControlPlane controlPlane() {
    return controlPlane;
  }

  /** What leads a process to these engines, and to nothing else. */
  Map<String, String> environment() {
    var environment = new TreeMap<>(aws.environment());
    environment.put("KUBECONFIG", controlPlane.kubeconfig().toString());
    return environment;
  }

  /** Fails with what went wrong out of sight. */
  synchronized void requireSound() {
    failure.ifPresent(
        found -> {
          throw new AssertionError("nodes no longer follow instances", found);
        });
    kubelets.requireSound();
  }

  private void follow() {
    try {
      var living = new TreeMap<String, HollowNode>();
      for (var group : aws.clients().autoScaling().describeAutoScalingGroups().autoScalingGroups()) {
        stack(group)
            .filter(LiveCluster::hasKubelets)
            .ifPresent(
                stack ->
                    group
                        .instances()
                        .forEach(
                            instance ->
                                living.put(instance.instanceId(), node(instance, stack))));
      }
      kubelets.nodes().stream().filter(node -> !living.containsKey(node)).forEach(kubelets::terminate);
      living.keySet().removeAll(kubelets.nodes());
      kubelets.register(living.values());
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  private synchronized void failed(RuntimeException e) {
    if (!instances.isShutdown() && failure.isEmpty()) {
      failure = Optional.of(e);
    }
  }

  private HollowNode node(Instance instance, Stack stack) {
    return HollowNode.of(instance.instanceId(), instance.availabilityZone(), stack, folder);
  }

  private Optional<Stack> stack(AutoScalingGroup group) {
    return group.tags().stream()
        .filter(tag -> tag.key().equals("fairway:stack"))
        .map(TagDescription::value)
        .flatMap(name -> assembly.stacks().stream().filter(stack -> stack.name().equals(name)))
        .findFirst();
  }

  /** etcd's members are machines, and no nodes. */
  private static boolean hasKubelets(Stack stack) {
    return stack.isPool() || stack.name().equals("control-plane");
  }

  @Override
  public void close() {
    instances.shutdownNow();
    kubelets.close();
    controlPlane.close();
    aws.close();
  }
}
