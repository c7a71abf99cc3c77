package dev.fairway.platform.node;

import static dev.fairway.platform.node.Yaml.map;

import dev.fairway.platform.cloud.Addresses;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The kubelet's configuration file. What a node is by its instance (name, address, provider id) is
 * not in it.
 *
 * @param taints what a node registers with: a list, or the token of a symbol that stands for one
 * @param shutdown how long pods may take to end when the machine goes down
 * @param shutdownCritical how much of it is kept for critical pods, which end last
 * @param more fields of one kind of node only
 */
record KubeletConfiguration(
    Object taints, Duration shutdown, Duration shutdownCritical, Map<String, Object> more) {
  static final String PATH = "/etc/kubernetes/kubelet.yaml";

  NodeFile file() {
    var document = new LinkedHashMap<String, Object>();
    document.put("apiVersion", "kubelet.config.k8s.io/v1beta1");
    document.put("kind", "KubeletConfiguration");
    document.putAll(access());
    document.putAll(runtime());
    document.putAll(resources());
    document.putAll(rates());
    document.put("registerWithTaints", taints);
    document.put("shutdownGracePeriod", seconds(shutdown));
    document.put("shutdownGracePeriodCriticalPods", seconds(shutdownCritical));
    document.putAll(more);
    return Yaml.file(PATH, 0644, document);
  }

  private static Map<String, Object> access() {
    return map(
        "authentication",
        authentication(),
        "authorization",
        map("mode", "Webhook"),
        "port",
        Addresses.KUBELET.from(),
        "readOnlyPort",
        0,
        "rotateCertificates",
        true,
        // Self-signed, nobody could verify whom they talk to: masters approve what EC2 confirms.
        "serverTLSBootstrap",
        true,
        "tlsMinVersion",
        Tls.MIN_VERSION,
        "tlsCipherSuites",
        Tls.CIPHER_SUITES);
  }

  private static Map<String, Object> authentication() {
    return map(
        "anonymous", map("enabled", false),
        "webhook", map("enabled", true, "cacheTTL", "2m0s"),
        "x509", map("clientCAFile", Kubeconfig.CA));
  }

  private static Map<String, Object> runtime() {
    return map(
        "containerRuntimeEndpoint",
        "unix:///run/containerd/containerd.sock",
        "cgroupDriver",
        "systemd",
        "clusterDNS",
        List.of(Addresses.DNS_SERVICE),
        "clusterDomain",
        Addresses.CLUSTER_DOMAIN,
        // Not the stub on loopback, which CoreDNS would ask in a circle.
        "resolvConf",
        "/run/systemd/resolve/resolv.conf",
        // The default is under /usr, where nothing can be written.
        "volumePluginDir",
        "/var/lib/kubelet/volumeplugins",
        "protectKernelDefaults",
        true,
        "seccompDefault",
        true,
        "containerLogMaxSize",
        "50Mi",
        "containerLogMaxFiles",
        2);
  }

  private static Map<String, Object> resources() {
    return map(
        "systemReserved", map("cpu", "100m", "memory", "164Mi"),
        "kubeReserved", map("cpu", "100m", "memory", "282Mi"),
        // All of them: what is not named here would be no limit at all.
        "evictionHard",
            map(
                "memory.available", "100Mi",
                "nodefs.available", "10%",
                "nodefs.inodesFree", "5%",
                "imagefs.available", "15%",
                "imagefs.inodesFree", "5%"),
        "maxPods", maxPods(),
        // More than any program of ours has threads, and too few for a fork bomb.
        "podPidsLimit", 4096);
  }

  /** Half of a node's addresses: an address rests before another pod gets it. */
  static int maxPods() {
    return 1 << (31 - Addresses.NODE_PREFIX);
  }

  /**
   * Stated although they are today's defaults: a default of 5 requests a second once kept pods
   * without addresses and credentials for an hour.
   */
  private static Map<String, Object> rates() {
    return map(
        "kubeAPIQPS", 50,
        "kubeAPIBurst", 100,
        "eventRecordQPS", 50,
        "eventBurst", 100,
        "registryPullQPS", 20,
        "registryBurst", 40,
        // One slow image must not hold up all the others, nor all of them fill the line at once.
        "serializeImagePulls", false,
        "maxParallelImagePulls", 5);
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() + "s";
  }
}
