package dev.fairway.platform.component.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.platform.cloud.Addresses;
import dev.fairway.platform.cloud.Profiles;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.Priority;
import dev.fairway.platform.node.NodeConfig;
import dev.fairway.platform.node.NodeConfigs;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the load balancers are told and what Skipper does fit together, as they are emitted. */
class DrainingTest {
  private static final String KUBELET = "/etc/kubernetes/kubelet.yaml";
  private static final PodSpec SKIPPER = pod(new Skipper());
  private static final PodSpec CONTROLLER = pod(new KubeIngressAwsController());

  /** Two checks in a row must fail, and the first may begin right after one that passed. */
  @Test
  void skipperServesOnUntilTheLastLoadBalancerHasNoticed() {
    var noticed =
        (seconds(CONTROLLER, "--health-check-interval")
                + seconds(CONTROLLER, "--health-check-timeout"))
            * (Integer.parseInt(flag(CONTROLLER, "--alb-unhealthy-threshold-count")) + 1);

    assertThat(seconds(SKIPPER, "-wait-for-healthcheck-interval")).isGreaterThanOrEqualTo(noticed);
  }

  @Test
  void thePodLivesLongerThanTheTargetGroupsWaitForIt() {
    var last =
        seconds(SKIPPER, "-wait-for-healthcheck-interval")
            + seconds(CONTROLLER, "--deregistration-delay-timeout");

    assertThat(SKIPPER.getTerminationGracePeriodSeconds()).isGreaterThan(last);
  }

  /** Otherwise a request that is still answered is cut off when its target is taken out. */
  @Test
  void aTargetIsWaitedForAsLongAsARequestMayLast() {
    assertThat(seconds(CONTROLLER, "--deregistration-delay-timeout"))
        .isGreaterThanOrEqualTo(seconds(CONTROLLER, "--idle-connection-timeout"))
        .isGreaterThanOrEqualTo(seconds(SKIPPER, "-write-timeout-server"));
  }

  /** Who closes a kept connection first must be the one who would send the next request. */
  @Test
  void theLoadBalancerClosesConnectionsBeforeSkipperDoes() {
    assertThat(seconds(SKIPPER, "-idle-timeout-server"))
        .isGreaterThan(seconds(CONTROLLER, "--idle-connection-timeout"));
  }

  /** Kubelet gives critical pods, of which Skipper is one, this part of a shutdown and no more. */
  @ParameterizedTest
  @MethodSource("workers")
  void aWorkerThatShutsDownWaitsForSkipper(NodeConfig worker) {
    assertThat(SKIPPER.getPriorityClassName()).isEqualTo(Priority.NODE.className());
    assertThat(line(worker, KUBELET, "shutdownGracePeriodCriticalPods: "))
        .isGreaterThanOrEqualTo(SKIPPER.getTerminationGracePeriodSeconds());
  }

  /** The drain, the pods that it left, and Skipper come one after the other. */
  @Test
  void allLoadBalancersHaveNoticedBeforeASpotInstanceIsTakenBack() {
    var spot = NodeConfigs.all(List.of(Profiles.SPOT)).getLast();
    var critical = line(spot, KUBELET, "shutdownGracePeriodCriticalPods: ");
    var rest = line(spot, KUBELET, "shutdownGracePeriod: ") - critical;

    assertThat(
            line(spot, "/etc/fairway/node.env", "SPOT_DRAIN=")
                + rest
                + seconds(SKIPPER, "-wait-for-healthcheck-interval"))
        .isLessThan(120);
  }

  private static Stream<NodeConfig> workers() {
    return NodeConfigs.all(Profiles.all()).stream()
        .filter(config -> config.name().startsWith("worker-"));
  }

  private static long line(NodeConfig config, String path, String beginning) {
    return config.files().stream()
        .filter(file -> file.path().equals(path))
        .flatMap(file -> file.content().lines())
        .filter(line -> line.startsWith(beginning))
        .map(line -> line.substring(beginning.length()).replaceAll("[\"s]", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theLoadBalancersAskThePortThatNodesLend() {
    var port = Integer.toString(Addresses.INGRESS.from());

    assertThat(flag(CONTROLLER, "--target-port")).isEqualTo(port);
    assertThat(flag(CONTROLLER, "--health-check-port")).isEqualTo(port);
    assertThat(flag(SKIPPER, "-address")).isEqualTo(":" + port);
    assertThat(SKIPPER.getContainers().getFirst().getPorts())
        .extracting(ContainerPort::getHostPort)
        .containsOnlyOnce(Addresses.INGRESS.from());
    assertThat(flag(CONTROLLER, "--health-check-path"))
        .isEqualTo(SKIPPER.getContainers().getFirst().getReadinessProbe().getHttpGet().getPath());
  }

  private static PodSpec pod(Component component) {
    return component.objects().stream()
        .flatMap(object ->
            switch (object) {
              case DaemonSet it -> Stream.of(it.getSpec().getTemplate().getSpec());
              case Deployment it -> Stream.of(it.getSpec().getTemplate().getSpec());
              default -> Stream.<PodSpec>of();
            })
        .findFirst()
        .orElseThrow();
  }

  private static long seconds(PodSpec pod, String flag) {
    return Long.parseLong(flag(pod, flag).replaceFirst("s$", ""));
  }

  private static String flag(PodSpec pod, String flag) {
    List<String> arguments = pod.getContainers().getFirst().getArgs();
    return arguments.stream()
        .filter(argument -> argument.startsWith(flag + "="))
        .map(argument -> argument.substring(flag.length() + 1))
        .findFirst()
        .orElseThrow(() -> new AssertionError(flag + " is not among " + arguments));
  }
}
