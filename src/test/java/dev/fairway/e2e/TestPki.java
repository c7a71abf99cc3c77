package dev.fairway.e2e;

import dev.fairway.e2e.Authority.Issued;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The secrets of a control plane, as a cluster's own are: the same files, made for a test. One
 * authority signs for the whole of Kubernetes, so that a test's clients are known at once.
 */
final class TestPki {
  /** What kubelets join with. */
  static final String BOOTSTRAP_TOKEN = "e2etst.0123456789abcdef";

  private static final Authority KUBERNETES = new Authority("kubernetes-ca");
  private static final Authority FRONT_PROXY = new Authority("front-proxy-ca");
  private static final Authority ETCD = new Authority("etcd-ca");
  private static final KeyPair SERVICE_ACCOUNTS = Authority.newKey();

  private TestPki() {}

  /** A client that the API server knows by its certificate. */
  static Issued client(String user, String... groups) {
    return KUBERNETES.client(user, groups);
  }

  /** What signs the API server's certificate. */
  static String authority() {
    return KUBERNETES.certificate();
  }

  /** What the metrics server shows, and the way to it, at loopback. */
  static Issued metricsServer() {
    return KUBERNETES.server("metrics-server", List.of("localhost", "127.0.0.1"));
  }

  /** Of the way from the API server into its cluster. */
  static Issued egress() {
    return KUBERNETES.server("egress", List.of("127.0.0.1"));
  }

  /** The certificate of etcd, at loopback. */
  static Issued etcd() {
    return ETCD.server("etcd", List.of("localhost", "127.0.0.1"));
  }

  /**
   * Every file that a master fetches from its secrets, by its name.
   *
   * @param names what the API server is reached by, from outside
   */
  static SortedMap<String, String> files(List<String> names) {
    var files = new TreeMap<String, String>();
    files.put("ca.crt", KUBERNETES.certificate());
    files.put("signing-ca.crt", KUBERNETES.certificate());
    files.put("signing-ca.key", KUBERNETES.key());
    files.put("front-proxy-ca.crt", FRONT_PROXY.certificate());
    files.put("etcd-ca.crt", ETCD.certificate());
    put(files, "apiserver", KUBERNETES.server("kube-apiserver", names));
    put(files, "apiserver-kubelet-client", KUBERNETES.client("kube-apiserver-kubelet-client"));
    put(files, "front-proxy-client", FRONT_PROXY.client("front-proxy-client"));
    put(files, "etcd-client", ETCD.client("kube-apiserver"));
    put(files, "controller-manager", KUBERNETES.client("system:kube-controller-manager"));
    put(files, "scheduler", KUBERNETES.client("system:kube-scheduler"));
    put(files, "admin", KUBERNETES.client("admin", "system:masters"));
    files.put("sa.key", Authority.pem("PRIVATE KEY", SERVICE_ACCOUNTS.getPrivate().getEncoded()));
    files.put("sa.pub", Authority.pem("PUBLIC KEY", SERVICE_ACCOUNTS.getPublic().getEncoded()));
    files.put("encryption.yaml", encryption());
    files.put("bootstrap-token", BOOTSTRAP_TOKEN);
    return files;
  }

  private static void put(SortedMap<String, String> files, String name, Issued issued) {
    files.put(name + ".crt", issued.certificate());
    files.put(name + ".key", issued.key());
  }

  private static String encryption() {
    return """
    apiVersion: apiserver.config.k8s.io/v1
    kind: EncryptionConfiguration
    resources:
    - resources: [secrets]
      providers:
      - secretbox:
          keys:
          - name: test
            secret: %s
      - identity: {}
    """
        .formatted(Base64.getEncoder().encodeToString(new byte[32]));
  }
}
