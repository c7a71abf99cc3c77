package dev.fairway.platform.component.dns;

import static dev.fairway.platform.component.Rbac.CORE;

import com.google.auto.service.AutoService;
import dev.fairway.model.Image;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Whole;
import dev.fairway.platform.cloud.Addresses;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.Containers;
import dev.fairway.platform.component.Field;
import dev.fairway.platform.component.Ingress;
import dev.fairway.platform.component.Priority;
import dev.fairway.platform.component.Probes;
import dev.fairway.platform.component.Rbac;
import dev.fairway.platform.component.Reason;
import dev.fairway.platform.component.Resources;
import dev.fairway.platform.component.Switch;
import dev.fairway.platform.component.Tolerations;
import dev.fairway.platform.component.Volumes;
import dev.fairway.platform.component.Workload;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** CoreDNS answers for the names of the cluster, and asks the VPC's resolver for all others. */
@AutoService(Component.class)
public final class CoreDns implements Component {
  private static final Symbol ENABLED =
      Switch.of(
          "coredns",
          "Whether CoreDNS runs; without it another program must answer at the same Service"
              + " address, which every kubelet gives to its pods");

  /** A replica for each zone. */
  private static final int INITIAL_REPLICAS = 3;

  private static final Symbol REPLICAS =
      Symbol.setting(
          "coredns_replicas",
          new Whole(2, 60),
          Integer.toString(INITIAL_REPLICAS),
          "How many pods answer DNS queries: those that are left must do when a zone fails");

  private static final String INITIAL_MEMORY = "512Mi";

  private static final Symbol MEMORY =
      Resources.memorySetting(
          "coredns_memory", INITIAL_MEMORY, "The memory of each pod that answers DNS queries");

  private static final Image IMAGE = Image.of("registry.k8s.io/coredns/coredns:v1.14.2");

  private static final Workload COREDNS =
      Workload.inKubeSystem("coredns")
          .because(
              Reason.CAPABILITIES,
              "the binary carries the file capability NET_BIND_SERVICE, and the kernel refuses to"
                  + " start it where the container may not have it");

  /** Not 53, so that it needs no help from the container runtime to run as another than root. */
  private static final int PORT = 1053;

  /**
   * Memory for a burst: with 100Mi a storm of retries once took the DNS of a whole fleet down, so
   * the number of queries that wait for the VPC's resolver is bounded as well. When that resolver
   * is silent, old answers do for an hour; those about the cluster are never kept, because they are
   * in memory anyway. Pods' own names are part of conformance; {@code insecure} answers them
   * without a watch on all pods. {@code loop} stops a resolver that asks itself.
   */
  private static final String COREFILE =
      """
      .:%1$s {
          errors
          health :8080 {
              lameduck 5s
          }
          ready :8181
          kubernetes %2$s in-addr.arpa ip6.arpa {
              pods insecure
              fallthrough in-addr.arpa ip6.arpa
              ttl 30
          }
          prometheus :9153
          forward . /etc/resolv.conf {
              max_concurrent 2000
          }
          cache 30 {
              disable success %2$s
              disable denial %2$s
              serve_stale 1h verify
          }
          loop
          reload
          loadbalance
      }
      """
          .formatted(PORT, Addresses.CLUSTER_DOMAIN);

  @Override
  public String name() {
    return COREDNS.name();
  }

  @Override
  public Optional<Symbol> enabledBy() {
    return Optional.of(ENABLED);
  }

  @Override
  public List<Symbol> settings() {
    return List.of(REPLICAS, MEMORY);
  }

  @Override
  public List<Image> images() {
    return List.of(IMAGE);
  }

  @Override
  public List<HasMetadata> objects() {
    return List.of(
        COREDNS.serviceAccount(),
        clusterRole(),
        COREDNS.clusterRoleBinding(),
        configMap(),
        deployment(),
        COREDNS.disruptionBudget(),
        COREDNS.networkPolicy(
            Ingress.andByUdp(Ingress.fromAnyone("dns-tcp"), "dns"), Ingress.metrics()),
        service());
  }

  @Override
  public List<Field> fields() {
    var fields = new ArrayList<>(Resources.memoryFields("Deployment", COREDNS.name(), MEMORY));
    fields.add(new Field("Deployment", COREDNS.name(), "/spec/replicas", REPLICAS));
    return fields;
  }

  private ClusterRole clusterRole() {
    return COREDNS.clusterRole(
        Rbac.allow(CORE, List.of("namespaces", "services"), "list", "watch"),
        Rbac.allow("discovery.k8s.io", List.of("endpointslices"), "list", "watch"));
  }

  private ConfigMap configMap() {
    return COREDNS.configMap("Corefile", COREFILE);
  }

  private Deployment deployment() {
    return COREDNS.deployment(
        INITIAL_REPLICAS,
        COREDNS
            .pod(Priority.CLUSTER)
            .editMetadata()
            // The label by which people and conformance tests look for the cluster's DNS.
            .addToLabels("k8s-app", "kube-dns")
            .endMetadata()
            .editSpec()
            .withAutomountServiceAccountToken(true)
            // The node's own resolver: its own Service would be a loop.
            .withDnsPolicy("Default")
            .withTolerations(Tolerations.CONTROL_PLANE)
            .withContainers(coredns())
            .withVolumes(Volumes.configMap("config", COREDNS.name()))
            .endSpec()
            .build());
  }

  private Container coredns() {
    return Containers.restricted("coredns", IMAGE)
        .editSecurityContext()
        .editCapabilities()
        .withAdd("NET_BIND_SERVICE")
        .endCapabilities()
        .endSecurityContext()
        .withArgs("-conf", "/etc/coredns/Corefile")
        .withPorts(
            Containers.udp("dns", PORT),
            Containers.tcp("dns-tcp", PORT),
            Containers.tcp("health", 8080),
            Containers.tcp("ready", 8181),
            Containers.tcp("metrics", 9153))
        .withResources(Resources.of("200m", INITIAL_MEMORY))
        .withLivenessProbe(Probes.http("/health", "health"))
        .withReadinessProbe(Probes.http("/ready", "ready"))
        .withVolumeMounts(Volumes.readOnly("config", "/etc/coredns"))
        .build();
  }

  /** Kubernetes expects the name {@code kube-dns}; every kubelet is told the address. */
  private Service service() {
    return new ServiceBuilder()
        .withMetadata(COREDNS.metadata("kube-dns"))
        .withNewSpec()
        .withClusterIP(Addresses.DNS_SERVICE)
        .withSelector(COREDNS.selector().getMatchLabels())
        .withPorts(port("dns", "UDP"), port("dns-tcp", "TCP"))
        .endSpec()
        .build();
  }

  private static ServicePort port(String name, String protocol) {
    return new ServicePortBuilder()
        .withName(name)
        .withPort(53)
        .withProtocol(protocol)
        .withNewTargetPort(name)
        .build();
  }
}
