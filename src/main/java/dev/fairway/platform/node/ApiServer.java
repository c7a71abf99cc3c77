package dev.fairway.platform.node;

import static dev.fairway.platform.cloud.Secrets.API_SERVER;
import static dev.fairway.platform.cloud.Secrets.ENCRYPTION;
import static dev.fairway.platform.cloud.Secrets.ETCD_CLIENT;
import static dev.fairway.platform.cloud.Secrets.SERVICE_ACCOUNT;
import static dev.fairway.platform.node.SecretFiles.path;
import static dev.fairway.platform.node.Yaml.map;

import dev.fairway.model.Facts;
import dev.fairway.platform.cloud.Addresses;
import dev.fairway.platform.cloud.ControlPlane;
import dev.fairway.platform.cloud.Etcd;
import dev.fairway.platform.cloud.Versions;
import dev.fairway.platform.node.NodeFile.Format;
import dev.fairway.platform.node.StaticPod.Probes;
import dev.fairway.platform.node.StaticPod.Requests;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The API server's static pod and the files that it is configured by. */
final class ApiServer {
  private static final String CONFIG = "/etc/kubernetes/apiserver/";
  private static final String AUTHENTICATION = CONFIG + "authentication.yaml";
  private static final String AUTHORIZATION = CONFIG + "authorization.yaml";
  private static final String ADMISSION = CONFIG + "admission.yaml";
  private static final String AUDIT_POLICY = CONFIG + "audit-policy.yaml";
  private static final String LOGS = "/var/log/kube-apiserver";

  /** One that stops is served requests until the load balancer has drained it, and a little. */
  static final Duration SHUTDOWN_DELAY = ControlPlane.DRAINING.plusSeconds(10);

  /** After the delay it finishes what it has, for which a request has a minute. */
  static final Duration GRACE = SHUTDOWN_DELAY.plusSeconds(70);

  /**
   * What anonymous callers may read, and no more: the load balancer and probes have no identity.
   */
  private static final List<String> PUBLIC =
      List.of("/healthz", "/livez", ControlPlane.HEALTH_CHECK.path());

  private ApiServer() {}

  static Part part() {
    return Part.files(
        pod().manifest().unless(TokenWebhook.ENABLED),
        podWithTokenWebhook().manifest().when(TokenWebhook.ENABLED),
        authentication(),
        authorization(),
        admission(),
        Resources.file(AUDIT_POLICY, Format.YAML, "audit-policy.yaml"));
  }

  static StaticPod pod() {
    return pod(flags());
  }

  static StaticPod podWithTokenWebhook() {
    return pod(TokenWebhook.flags(flags()));
  }

  private static Flags flags() {
    return access(audit(storage(serving(Flags.none()))));
  }

  private static StaticPod pod(Flags flags) {
    return new StaticPod(
        "kube-apiserver",
        NodeImages.API_SERVER,
        flags,
        List.of(),
        List.of(LOGS),
        Addresses.API.from(),
        new Probes("/livez", "/readyz"),
        // The binary carries this capability as a file's, and the kernel does not start it without.
        List.of("NET_BIND_SERVICE"),
        new Requests("250m", "1Gi"),
        GRACE);
  }

  private static Flags serving(Flags flags) {
    return flags
        .with("advertise-address", StaticPod.HOST_IP)
        .with("secure-port", Addresses.API.from())
        .with("tls-cert-file", path(API_SERVER, "apiserver.crt"))
        .with("tls-private-key-file", path(API_SERVER, "apiserver.key"))
        .with("tls-min-version", Tls.MIN_VERSION)
        .with("tls-cipher-suites", Tls.CIPHER_SUITES)
        .with("service-cluster-ip-range", Addresses.SERVICES.toString())
        .with("shutdown-delay-duration", SHUTDOWN_DELAY.toSeconds() + "s")
        // Until the last request is answered, new ones hear that they should try another one.
        .with("shutdown-send-retry-after", true)
        // A client that is bound to one master for ever would leave the other one idle.
        .with("goaway-chance", "0.001")
        .with("allow-privileged", true)
        .with("profiling", false)
        .with("event-ttl", "1h");
  }

  /** The members by name: unlike etcd itself, the API server does not look for SRV records. */
  private static Flags storage(Flags flags) {
    return flags
        .with(
            "etcd-servers",
            Etcd.memberHosts().stream()
                .map(host -> "https://" + host + ":" + Addresses.ETCD_CLIENT.from())
                .toList())
        .with("etcd-cafile", path(ETCD_CLIENT, "etcd-ca.crt"))
        .with("etcd-certfile", path(ETCD_CLIENT, "etcd-client.crt"))
        .with("etcd-keyfile", path(ETCD_CLIENT, "etcd-client.key"))
        .with("encryption-provider-config", path(ENCRYPTION, "encryption.yaml"));
  }

  /** At most a GiB on the disk. */
  private static Flags audit(Flags flags) {
    return flags
        .with("audit-policy-file", AUDIT_POLICY)
        .with("audit-log-path", LOGS + "/audit.log")
        .with("audit-log-maxsize", 100)
        .with("audit-log-maxbackup", 10)
        .with("audit-log-maxage", 7);
  }

  private static Flags access(Flags flags) {
    return aggregation(flags)
        .with("authentication-config", AUTHENTICATION)
        .with("authorization-config", AUTHORIZATION)
        .with("admission-control-config-file", ADMISSION)
        .with("enable-admission-plugins", plugins())
        .with("enable-bootstrap-token-auth", true)
        .with("client-ca-file", Kubeconfig.CA)
        .with("kubelet-certificate-authority", Kubeconfig.CA)
        .with("kubelet-client-certificate", path(API_SERVER, "apiserver-kubelet-client.crt"))
        .with("kubelet-client-key", path(API_SERVER, "apiserver-kubelet-client.key"))
        // Names of nodes are those of instances, which no DNS knows.
        .with("kubelet-preferred-address-types", "InternalIP")
        .with("service-account-issuer", "https://" + Facts.API_HOST.token())
        .with("service-account-jwks-uri", "https://" + Facts.API_HOST.token() + "/openid/v1/jwks")
        .with("service-account-key-file", path(SERVICE_ACCOUNT, "sa.pub"))
        .with("service-account-signing-key-file", path(SERVICE_ACCOUNT, "sa.key"));
  }

  private static Flags aggregation(Flags flags) {
    return flags
        .with("proxy-client-cert-file", path(API_SERVER, "front-proxy-client.crt"))
        .with("proxy-client-key-file", path(API_SERVER, "front-proxy-client.key"))
        .with("requestheader-client-ca-file", path(API_SERVER, "front-proxy-ca.crt"))
        .with("requestheader-allowed-names", Identities.FRONT_PROXY)
        .with("requestheader-username-headers", "X-Remote-User")
        .with("requestheader-group-headers", "X-Remote-Group")
        .with("requestheader-extra-headers-prefix", "X-Remote-Extra-");
  }

  /**
   * Beside those that are on by default. An external IP on a Service takes over whatever address it
   * names; a toleration for what a pod asks for keeps GPU nodes to those that need one.
   */
  private static List<String> plugins() {
    return List.of(
        "DenyServiceExternalIPs",
        "EventRateLimit",
        "ExtendedResourceToleration",
        "NodeRestriction");
  }

  private static NodeFile authentication() {
    return Yaml.file(
        AUTHENTICATION,
        0644,
        map(
            "apiVersion", "apiserver.config.k8s.io/v1",
            "kind", "AuthenticationConfiguration",
            "anonymous",
                map(
                    "enabled",
                    true,
                    "conditions",
                    PUBLIC.stream().map(path -> map("path", path)).toList())));
  }

  private static NodeFile authorization() {
    return Yaml.file(
        AUTHORIZATION,
        0644,
        map(
            "apiVersion", "apiserver.config.k8s.io/v1",
            "kind", "AuthorizationConfiguration",
            "authorizers",
                List.of(map("type", "Node", "name", "node"), map("type", "RBAC", "name", "rbac"))));
  }

  private static NodeFile admission() {
    return Yaml.file(
        ADMISSION,
        0644,
        map(
            "apiVersion", "apiserver.config.k8s.io/v1",
            "kind", "AdmissionConfiguration",
            "plugins",
                List.of(
                    map("name", "EventRateLimit", "configuration", eventRateLimit()),
                    map("name", "PodSecurity", "configuration", podSecurity()))));
  }

  /** One that writes events in a loop must not fill etcd; the server as a whole takes these. */
  private static Map<String, Object> eventRateLimit() {
    return map(
        "apiVersion", "eventratelimit.admission.k8s.io/v1alpha1",
        "kind", "Configuration",
        "limits", List.of(map("type", "Server", "qps", 500, "burst", 1000)));
  }

  /**
   * What holds in namespaces that say nothing: nobody gets onto the node by chance, and whoever
   * could do with less is told so. In kube-system run those that make the node what it is.
   */
  private static Map<String, Object> podSecurity() {
    var version = "v" + Versions.KUBERNETES.major() + "." + Versions.KUBERNETES.minor();
    return map(
        "apiVersion",
        "pod-security.admission.config.k8s.io/v1",
        "kind",
        "PodSecurityConfiguration",
        "defaults",
        map(
            "enforce",
            "baseline",
            "enforce-version",
            version,
            "audit",
            "restricted",
            "audit-version",
            version,
            "warn",
            "restricted",
            "warn-version",
            version),
        "exemptions",
        map("namespaces", List.of("kube-system")));
  }
}
