package dev.fairway.platform.node;

import static dev.fairway.platform.cloud.Secrets.API_SERVER;
import static dev.fairway.platform.node.SecretFiles.path;
import static dev.fairway.platform.node.Yaml.map;

import dev.fairway.platform.cloud.Addresses;
import dev.fairway.platform.node.StaticPod.Probes;
import dev.fairway.platform.node.StaticPod.Requests;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The scheduler's static pod: one runs on each master, and one of them leads. */
final class Scheduler {
  private static final String CONFIG = "/etc/kubernetes/scheduler.yaml";
  private static final Kubeconfig KUBECONFIG = Kubeconfig.ofMaster("scheduler");

  private Scheduler() {}

  static Part part() {
    return Part.files(pod().manifest(), configuration(), KUBECONFIG.file());
  }

  static StaticPod pod() {
    return new StaticPod(
        "kube-scheduler",
        NodeImages.SCHEDULER,
        Flags.none()
            .with("config", CONFIG)
            .with("authentication-kubeconfig", KUBECONFIG.path())
            .with("authorization-kubeconfig", KUBECONFIG.path())
            .with("client-ca-file", Kubeconfig.CA)
            .with("requestheader-client-ca-file", path(API_SERVER, "front-proxy-ca.crt"))
            .with("secure-port", Addresses.SCHEDULER.from())
            // The master's own: Prometheus, which shows its token, knows by it whom it talks to.
            .with("tls-cert-file", path(API_SERVER, "apiserver.crt"))
            .with("tls-private-key-file", path(API_SERVER, "apiserver.key"))
            .with("tls-min-version", Tls.MIN_VERSION)
            .with("tls-cipher-suites", Tls.CIPHER_SUITES),
        KUBECONFIG.files(),
        List.of(),
        Addresses.SCHEDULER.from(),
        new Probes("/livez", "/readyz"),
        List.of(),
        new Requests("100m", "128Mi"),
        Duration.ofSeconds(30));
  }

  private static NodeFile configuration() {
    return Yaml.file(
        CONFIG,
        0644,
        map(
            "apiVersion",
            "kubescheduler.config.k8s.io/v1",
            "kind",
            "KubeSchedulerConfiguration",
            "clientConnection",
            map("kubeconfig", KUBECONFIG.path()),
            "leaderElection",
            map("leaderElect", true),
            "enableProfiling",
            false,
            "profiles",
            List.of(
                map(
                    "schedulerName",
                    "default-scheduler",
                    "pluginConfig",
                    List.of(map("name", "PodTopologySpread", "args", spread()))))));
  }

  /**
   * For pods that say nothing of it. Kubernetes' own default would put four of five replicas into
   * one zone before it minds.
   */
  private static Map<String, Object> spread() {
    return map(
        "defaultingType",
        "List",
        "defaultConstraints",
        List.of(
            constraint("topology.kubernetes.io/zone", 1), constraint("kubernetes.io/hostname", 3)));
  }

  private static Map<String, Object> constraint(String topologyKey, int maxSkew) {
    return map(
        "maxSkew", maxSkew, "topologyKey", topologyKey, "whenUnsatisfiable", "ScheduleAnyway");
  }
}
