package dev.fairway.e2e;

import dev.fairway.e2e.Authority.Issued;
import dev.fairway.e2e.Place.Ports;
import dev.fairway.release.Folders;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The control plane of a cluster, of real programs: etcd, API server, controller manager and
 * scheduler. They are started as the static pods of the linked masters say, with the masters' own
 * files; {@link Rewriting} has everything that is not theirs. Logs and the audit log stay in the
 * folder.
 *
 * <p>Every start is a new cluster without an object, and takes some seconds; so tests that need
 * another state start another one.
 */
final class ControlPlane implements AutoCloseable {
  private static final Path LOGS = Path.of("target/e2e");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final Place place;
  private final NodeConfig master;
  private final List<EngineProcess> processes = new ArrayList<>();
  private final List<KubernetesClient> clients = new ArrayList<>();
  private final Path kubeconfig;
  private Optional<ClusterEgress> egress = Optional.empty();

  private ControlPlane(Path folder, NodeConfig master) {
    this.folder = folder;
    this.master = master;
    this.place = new Place(folder.resolve("master"), Ports.free());
    this.kubeconfig = folder.resolve("admin.kubeconfig");
  }

  /**
   * Starts the control plane of a linked cluster and returns when it serves.
   *
   * @param assembly its folder
   * @param name of the folder below {@code target/e2e}; what is in there is removed first
   */
  static ControlPlane start(Path assembly, String name) {
    var controlPlane = prepare(assembly, name);
    controlPlane.run();
    return controlPlane;
  }

  /**
   * One that does not run yet: whoever deploys a new cluster has its kubeconfig before it lives.
   */
  static ControlPlane prepare(Path assembly, String name) {
    var master = NodeConfig.read(assembly.resolve("nodes/control-plane.ign"));
    var controlPlane = new ControlPlane(LOGS.resolve(name).toAbsolutePath(), master);
    try {
      controlPlane.writeFiles();
      return controlPlane;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the programs, and returns when they serve. */
  void run() {
    try {
      startPrograms();
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** That of an administrator, whom no rule of access binds. */
  Path kubeconfig() {
    return kubeconfig;
  }

  /** The text of a kubeconfig, for a program that has the token. */
  String kubeconfigBearing(String token) {
    return kubeconfig("    token: \"%s\"\n".formatted(token));
  }

  /** Of an administrator, whom no rule of access binds. Closed with the control plane. */
  KubernetesClient admin() {
    return client("admin", "system:masters");
  }

  /** Of anybody, by a certificate of the cluster's authority. Closed with the control plane. */
  KubernetesClient client(String user, String... groups) {
    return connect(credentials(TestPki.client(user, groups)));
  }

  /** Of who has the token. Closed with the control plane. */
  KubernetesClient bearer(String token) {
    return connectBy(kubeconfigBearing(token));
  }

  /** Of somebody who says nothing of themselves. Closed with the control plane. */
  KubernetesClient anonymous() {
    return connect("    {}\n");
  }

  Place place() {
    return place;
  }

  /** The node config of the masters that run here. */
  NodeConfig master() {
    return master;
  }

  /** A running program by name, etcd among them. */
  EngineProcess process(String name) {
    return processes.stream()
        .filter(process -> process.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("does not run: " + name));
  }

  @Override
  public void close() {
    clients.forEach(KubernetesClient::close);
    // Clients before servers, so that no log ends with complaints.
    processes.reversed().forEach(EngineProcess::close);
    egress.ifPresent(ClusterEgress::close);
    try {
      Folders.delete(folder.resolve("etcd"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeFiles() throws IOException {
    Folders.delete(folder);
    MasterFiles.write(master, place);
    var member = TestPki.etcd();
    MasterFiles.write(folder.resolve("etcd/server.crt"), member.certificate());
    MasterFiles.write(folder.resolve("etcd/server.key"), member.key());
    MasterFiles.write(place.at(ClusterEgress.FILE), ClusterEgress.configuration(place));
    MasterFiles.write(
        kubeconfig, kubeconfig(credentials(TestPki.client("admin", "system:masters"))));
  }

  private void startPrograms() {
    egress = Optional.of(ClusterEgress.start(place.ports().egress()));
    start("etcd", etcdArguments());
    start("kube-apiserver", StaticPod.of(master, "kube-apiserver").arguments(place));
    var probe = anonymous();
    Eventually.holds(
        "the API server is ready",
        PATIENCE,
        () -> {
          processes.forEach(EngineProcess::requireAlive);
          return "ok".equals(probe.raw("/readyz"));
        });
    for (var program : List.of("kube-controller-manager", "kube-scheduler")) {
      start(program, StaticPod.of(master, program).arguments(place));
    }
    // Without it no pod is admitted, and the controller manager makes it.
    var admin = admin();
    Eventually.holds(
        "the controller manager works",
        PATIENCE,
        () -> {
          processes.forEach(EngineProcess::requireAlive);
          return admin.serviceAccounts().inNamespace("default").withName("default").get() != null;
        });
  }

  private void start(String program, List<String> arguments) {
    processes.add(EngineProcess.start(program, arguments, folder.resolve(program + ".log")));
  }

  /** Ours are found by DNS and are five; this one is as little as the API server can tell apart. */
  private List<String> etcdArguments() {
    var client = "https://127.0.0.1:" + place.ports().etcd();
    var peer = "http://127.0.0.1:" + place.ports().etcdPeer();
    return List.of(
        "--name=etcd",
        "--data-dir=" + folder.resolve("etcd/data"),
        "--listen-client-urls=" + client,
        "--advertise-client-urls=" + client,
        "--listen-peer-urls=" + peer,
        "--initial-advertise-peer-urls=" + peer,
        "--initial-cluster=etcd=" + peer,
        "--client-cert-auth=true",
        "--trusted-ca-file=" + place.at("/etc/kubernetes/pki/etcd-ca.crt"),
        "--cert-file=" + folder.resolve("etcd/server.crt"),
        "--key-file=" + folder.resolve("etcd/server.key"),
        // What a power failure would lose is thrown away anyway.
        "--unsafe-no-fsync=true");
  }

  private KubernetesClient connect(String user) {
    return connectBy(kubeconfig(user));
  }

  private KubernetesClient connectBy(String kubeconfigText) {
    var config = Config.fromKubeconfig(kubeconfigText);
    // What fails is shown to the test that asked, at once.
    config.setRequestRetryBackoffLimit(0);
    var client = new KubernetesClientBuilder().withConfig(config).build();
    clients.add(client);
    return client;
  }

  private String kubeconfig(String user) {
    return """
    apiVersion: v1
    kind: Config
    current-context: test
    contexts:
    - name: test
      context: {cluster: test, user: test, namespace: default}
    clusters:
    - name: test
      cluster:
        server: %s
        certificate-authority-data: %s
    users:
    - name: test
      user:
    %s\
    """
        .formatted(place.server(), base64(TestPki.authority()), user);
  }

  private static String credentials(Issued issued) {
    return """
        client-certificate-data: %s
        client-key-data: %s
    """
        .formatted(base64(issued.certificate()), base64(issued.key()));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
