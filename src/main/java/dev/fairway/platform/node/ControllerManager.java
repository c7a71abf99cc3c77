package dev.fairway.platform.node;

import static dev.fairway.platform.cloud.Secrets.API_SERVER;
import static dev.fairway.platform.cloud.Secrets.KUBERNETES_CA;
import static dev.fairway.platform.cloud.Secrets.SERVICE_ACCOUNT;
import static dev.fairway.platform.node.SecretFiles.path;

import dev.fairway.model.Facts;
import dev.fairway.platform.cloud.Addresses;
import dev.fairway.platform.node.StaticPod.Probes;
import dev.fairway.platform.node.StaticPod.Requests;
import java.time.Duration;
import java.util.List;

/** The controller manager's static pod: one runs on each master, and one of them leads. */
final class ControllerManager {
  /** Where drivers of volumes, which we have none of, would be looked for. */
  private static final String NO_DRIVERS = "/var/lib/kubelet/volumeplugins";

  private static final Kubeconfig KUBECONFIG = Kubeconfig.ofMaster("controller-manager");

  private ControllerManager() {}

  static Part part() {
    return Part.files(pod().manifest(), KUBECONFIG.file());
  }

  static StaticPod pod() {
    return new StaticPod(
        "kube-controller-manager",
        NodeImages.CONTROLLER_MANAGER,
        network(signing(identity(Flags.none()))),
        KUBECONFIG.files(),
        List.of(NO_DRIVERS),
        Addresses.CONTROLLER_MANAGER.from(),
        new Probes("/healthz", "/healthz"),
        List.of(),
        new Requests("200m", "512Mi"),
        Duration.ofSeconds(30));
  }

  private static Flags identity(Flags flags) {
    return flags
        .with("kubeconfig", KUBECONFIG.path())
        .with("authentication-kubeconfig", KUBECONFIG.path())
        .with("authorization-kubeconfig", KUBECONFIG.path())
        .with("client-ca-file", Kubeconfig.CA)
        .with("requestheader-client-ca-file", path(API_SERVER, "front-proxy-ca.crt"))
        .with("secure-port", Addresses.CONTROLLER_MANAGER.from())
        // The master's own: Prometheus, which shows its token, knows by it whom it talks to.
        .with("tls-cert-file", path(API_SERVER, "apiserver.crt"))
        .with("tls-private-key-file", path(API_SERVER, "apiserver.key"))
        .with("tls-min-version", Tls.MIN_VERSION)
        .with("tls-cipher-suites", Tls.CIPHER_SUITES)
        .with("leader-elect", true)
        .with("profiling", false)
        // Each controller has its own service account, and so only the rights that it needs.
        .with("use-service-account-credentials", true)
        .with("kube-api-qps", 50)
        .with("kube-api-burst", 100)
        .with("flex-volume-plugin-dir", NO_DRIVERS)
        // Twelve thousand, the default, are more than anyone reads.
        .with("terminated-pod-gc-threshold", 500);
  }

  private static Flags signing(Flags flags) {
    return flags
        .with("cluster-signing-cert-file", path(KUBERNETES_CA, "signing-ca.crt"))
        .with("cluster-signing-key-file", path(KUBERNETES_CA, "signing-ca.key"))
        // Kubelets renew theirs; one that was copied off a node is of no use after a month.
        .with("cluster-signing-duration", "720h")
        .with("root-ca-file", Kubeconfig.CA)
        .with("service-account-private-key-file", path(SERVICE_ACCOUNT, "sa.key"));
  }

  /** Flannel reads each node's part of the pods' range from the node object. */
  private static Flags network(Flags flags) {
    return flags
        .with("cluster-name", Facts.LOCAL_ID.token())
        .with("cloud-provider", "external")
        .with("allocate-node-cidrs", true)
        .with("cluster-cidr", Addresses.PODS.toString())
        .with("node-cidr-mask-size", Addresses.NODE_PREFIX)
        .with("service-cluster-ip-range", Addresses.SERVICES.toString());
  }
}
