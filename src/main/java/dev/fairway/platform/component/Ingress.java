package dev.fairway.platform.component;

import dev.fairway.model.Ports;
import dev.fairway.model.Reach;
import dev.fairway.platform.cloud.Reachability;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import java.util.Arrays;
import java.util.List;

/**
 * Who may connect to which ports of a program's pods, the ports by their names. A node always
 * reaches its own pods, so the kubelet's probes need no word here.
 */
public final class Ingress {
  /** The program that scrapes every port whose name is one of {@link #METRICS}. */
  public static final String PROMETHEUS = "prometheus";

  /** The names of ports that it scrapes; what follows the dash tells several of a pod apart. */
  public static final String METRICS = "metrics(-[a-z0-9]+)?";

  private Ingress() {}

  /** Only pods of these programs, in kube-system. */
  public static NetworkPolicyIngressRule from(List<String> programs, String... ports) {
    return new NetworkPolicyIngressRuleBuilder()
        .addNewFrom()
        .withNewNamespaceSelector()
        .addToMatchLabels("kubernetes.io/metadata.name", "kube-system")
        .endNamespaceSelector()
        .withNewPodSelector()
        .addNewMatchExpression()
        .withKey(Labels.NAME)
        .withOperator("In")
        .withValues(programs)
        .endMatchExpression()
        .endPodSelector()
        .endFrom()
        .withPorts(named(ports))
        .build();
  }

  /** What Prometheus asks for, and nobody else. */
  public static NetworkPolicyIngressRule metrics() {
    return from(List.of(PROMETHEUS), "metrics");
  }

  /**
   * The same of pods on the node's network, where no policy holds and security groups judge: for a
   * component's {@code reach()}. Prometheus runs on workers.
   */
  public static List<Reach> metricsOnNodes(String program, int port) {
    var reason = "Prometheus asks " + program + " for metrics";
    return List.of(
        Reach.tcp(Reachability.WORKER, Reachability.MASTER, Ports.of(port), reason),
        Reach.tcp(Reachability.WORKER, Reachability.WORKER, Ports.of(port), reason));
  }

  /** Every pod, node and address that finds a way: it is there for all. */
  public static NetworkPolicyIngressRule fromAnyone(String... ports) {
    return new NetworkPolicyIngressRuleBuilder().withPorts(named(ports)).build();
  }

  /**
   * The API server, for webhooks and aggregated APIs, which know their caller by its certificate.
   * Its packets carry the address that its master has in flannel's tunnel: no selector selects it,
   * and no range holds it that does not hold pods as well, so nobody is kept out.
   */
  public static NetworkPolicyIngressRule fromApiServer(String... ports) {
    return fromAnyone(ports);
  }

  private static List<NetworkPolicyPort> named(String... ports) {
    return Arrays.stream(ports)
        .map(port -> new NetworkPolicyPortBuilder().withNewPort(port).withProtocol("TCP").build())
        .toList();
  }

  /** The same ports by UDP too, as DNS is asked. */
  public static NetworkPolicyIngressRule andByUdp(NetworkPolicyIngressRule rule, String... ports) {
    return rule.edit()
        .addAllToPorts(
            Arrays.stream(ports)
                .map(port ->
                    new NetworkPolicyPortBuilder().withNewPort(port).withProtocol("UDP").build())
                .toList())
        .build();
  }
}
