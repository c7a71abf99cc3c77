package dev.fairway.platform.cloud;

import dev.fairway.model.Secret;
import java.util.List;

/**
 * The secrets of a cluster. Templates make their places only; {@code fairway pki} fills them, and a
 * node fetches those of its role when it boots, before kubelet or etcd start. Cut by reader: what
 * one kind of node must not know never shares a secret with what it must.
 */
public final class Secrets {
  /** Where masters and workers keep certificates and keys. */
  public static final String KUBERNETES_PKI = "/etc/kubernetes/pki/";

  /** Where etcd's members keep them. */
  public static final String ETCD_PKI = "/etc/etcd/pki/";

  /**
   * Its certificate is a file apart from {@code ca.crt}: that one is a bundle while the CA is being
   * rotated, and signing takes exactly one.
   */
  public static final Secret KUBERNETES_CA =
      kubernetes(
          "kubernetes-ca",
          "The CA with which the controller manager signs kubelets' certificates",
          List.of("signing-ca.crt", "signing-ca.key"));

  public static final Secret API_SERVER =
      kubernetes(
          "api-server-tls",
          "What the API server serves with, and how it shows itself to kubelets and to "
              + "aggregated APIs",
          List.of(
              "apiserver.crt",
              "apiserver.key",
              "apiserver-kubelet-client.crt",
              "apiserver-kubelet-client.key",
              "front-proxy-ca.crt",
              "front-proxy-client.crt",
              "front-proxy-client.key"));

  public static final Secret SERVICE_ACCOUNT =
      kubernetes(
          "service-account",
          "The key that signs service account tokens, and the one that proves them",
          List.of("sa.key", "sa.pub"));

  public static final Secret ENCRYPTION =
      kubernetes(
          "encryption",
          "The EncryptionConfiguration with the key that Secrets are encrypted with in etcd",
          List.of("encryption.yaml"));

  public static final Secret ETCD_CLIENT =
      kubernetes(
          "etcd-client-tls",
          "How masters show themselves to etcd",
          List.of("etcd-ca.crt", "etcd-client.crt", "etcd-client.key"));

  public static final Secret CONTROL_PLANE_CLIENTS =
      kubernetes(
          "control-plane-clients",
          "How the controller manager, the scheduler and a master itself show themselves to the "
              + "API server",
          List.of(
              "controller-manager.crt",
              "controller-manager.key",
              "scheduler.crt",
              "scheduler.key",
              "admin.crt",
              "admin.key"));

  public static final Secret ETCD_MEMBER =
      new Secret(
          "etcd-member-tls",
          "What an etcd member serves with, to masters and to its peers",
          List.of(NodeRoles.ETCD),
          files(ETCD_PKI, List.of("ca.crt", "server.crt", "server.key", "peer.crt", "peer.key")));

  /** The token buys no more than a certificate signing request of a node. */
  public static final Secret NODE_BOOTSTRAP =
      new Secret(
          "node-bootstrap",
          "The cluster's CA certificate, and the token with which a new node asks for its own "
              + "certificate",
          List.of(NodeRoles.MASTER, NodeRoles.WORKER),
          files(KUBERNETES_PKI, List.of("ca.crt", "bootstrap-token")));

  private Secrets() {}

  /** All of them, in the order of this file. */
  public static List<Secret> all() {
    return List.of(
        KUBERNETES_CA,
        API_SERVER,
        SERVICE_ACCOUNT,
        ENCRYPTION,
        ETCD_CLIENT,
        CONTROL_PLANE_CLIENTS,
        ETCD_MEMBER,
        NODE_BOOTSTRAP);
  }

  /** The secrets that nodes of this role read. */
  public static List<Secret> readBy(String role) {
    return all().stream().filter(secret -> secret.readers().contains(role)).toList();
  }

  private static Secret kubernetes(String name, String description, List<String> files) {
    return new Secret(name, description, List.of(NodeRoles.MASTER), files(KUBERNETES_PKI, files));
  }

  /** A file's key in the secret is its name. Certificates are public, all else is root's alone. */
  private static List<Secret.File> files(String folder, List<String> names) {
    return names.stream().map(name -> new Secret.File(name, folder + name, mode(name))).toList();
  }

  private static int mode(String name) {
    return name.endsWith(".crt") || name.endsWith(".pub") ? 0644 : 0400;
  }
}
