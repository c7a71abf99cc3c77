package dev.fairway.platform.component.monitoring;

import dev.fairway.model.Image;
import dev.fairway.platform.cloud.Addresses;
import dev.fairway.platform.cloud.Etcd;
import dev.fairway.platform.component.Containers;
import dev.fairway.platform.component.Ingress;
import dev.fairway.platform.component.NodeSelectors;
import dev.fairway.platform.component.Priority;
import dev.fairway.platform.component.Probes;
import dev.fairway.platform.component.Resources;
import dev.fairway.platform.component.Tolerations;
import dev.fairway.platform.component.Workload;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Hands etcd's metrics on to Prometheus, which runs on workers, and workers never reach etcd. So it
 * runs on masters, which do, and answers nothing but the metrics of each member, by its number:
 * {@code /1} to {@code /5}.
 */
final class EtcdRelay {
  static final Image IMAGE = Image.of("ghcr.io/zalando/skipper:v0.27.65");

  private static final Workload RELAY = Workload.inKubeSystem("etcd-metrics");

  private EtcdRelay() {}

  static List<HasMetadata> objects() {
    return List.of(
        RELAY.serviceAccount(),
        deployment(),
        RELAY.disruptionBudget(),
        RELAY.networkPolicy(Ingress.from(List.of(Ingress.PROMETHEUS), "relay")),
        RELAY.service(Workload.servicePort("relay", 9990)));
  }

  private static Deployment deployment() {
    return RELAY.deployment(
        2,
        RELAY
            .pod(Priority.CONTROLLER)
            .editSpec()
            .withNodeSelector(NodeSelectors.MASTERS)
            .withTolerations(Tolerations.CONTROL_PLANE)
            .withContainers(relay())
            .endSpec()
            .build());
  }

  private static Container relay() {
    return Containers.restricted("relay", IMAGE)
        .withCommand("skipper")
        .withArgs(
            "-address=:9990",
            "-support-listener=127.0.0.1:9911",
            "-access-log-disabled",
            "-inline-routes=" + routes())
        .withPorts(Containers.tcp("relay", 9990))
        .withResources(Resources.of("10m", "64Mi"))
        .withLivenessProbe(Probes.http("/healthz", "relay"))
        .withReadinessProbe(Probes.http("/healthz", "relay"))
        .build();
  }

  private static String routes() {
    var members =
        Etcd.memberHosts().stream()
            .map(host -> "http://" + host + ":" + Addresses.ETCD_METRICS)
            .toList();
    return Stream.concat(
            Stream.of("healthz: Path(\"/healthz\") -> status(200) -> <shunt>"),
            IntStream.rangeClosed(1, members.size())
                .mapToObj(number ->
                    "etcd_%1$d: Path(\"/%1$d\") -> setPath(\"/metrics\") -> \"%2$s\""
                        .formatted(number, members.get(number - 1))))
        .collect(Collectors.joining("; "));
  }
}
