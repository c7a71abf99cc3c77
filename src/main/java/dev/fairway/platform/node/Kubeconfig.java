package dev.fairway.platform.node;

import static dev.fairway.platform.node.Yaml.map;

import dev.fairway.model.Facts;
import dev.fairway.platform.cloud.Addresses;
import dev.fairway.platform.cloud.Secrets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a program reaches the API server and who it says that it is. Certificates, keys and tokens
 * are named by their path, so that a kubeconfig is no secret.
 *
 * @param files what it names
 */
record Kubeconfig(NodeFile file, List<String> files) {
  static final String CA = SecretFiles.path(Secrets.NODE_BOOTSTRAP, "ca.crt");

  /**
   * A master's own. What runs on a master must not meet an older API server than its own, and in a
   * rolling update the other one may be older. The API server's certificate holds this address.
   */
  static final String LOCAL = "https://127.0.0.1:" + Addresses.API.from();

  /** Through the load balancer's pass-through port: client certificates reach the API server. */
  static final String SHARED = "https://" + Facts.API_HOST.token() + ":" + Addresses.API.from();

  Kubeconfig {
    files = List.copyOf(files);
  }

  /** For one of the programs and people whose certificate is among a master's secrets. */
  static Kubeconfig ofMaster(String name) {
    var certificate = SecretFiles.path(Secrets.CONTROL_PLANE_CLIENTS, name + ".crt");
    var key = SecretFiles.path(Secrets.CONTROL_PLANE_CLIENTS, name + ".key");
    return of(
        name,
        LOCAL,
        map("client-certificate", certificate, "client-key", key),
        List.of(certificate, key));
  }

  /** With which a new kubelet asks for its certificate. */
  static Kubeconfig bootstrap(String server) {
    var token = SecretFiles.path(Secrets.NODE_BOOTSTRAP, "bootstrap-token");
    return of("bootstrap", server, map("tokenFile", token), List.of(token));
  }

  String path() {
    return file.path();
  }

  private static Kubeconfig of(
      String name, String server, Map<String, Object> user, List<String> files) {
    var document =
        map(
            "apiVersion",
            "v1",
            "kind",
            "Config",
            "clusters",
            List.of(map("name", "cluster", "cluster", cluster(server))),
            "users",
            List.of(map("name", name, "user", user)),
            "contexts",
            List.of(map("name", name, "context", map("cluster", "cluster", "user", name))),
            "current-context",
            name);
    return new Kubeconfig(
        Yaml.file("/etc/kubernetes/" + name + ".kubeconfig", 0600, document),
        Stream.concat(Stream.of(CA), files.stream()).toList());
  }

  private static Map<String, Object> cluster(String server) {
    return map("server", server, "certificate-authority", CA);
  }
}
