package dev.fairway.e2e;

import dev.fairway.e2e.AccessTable.Who;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;

/** A cluster with what the rows of the access table name, and who they speak of. */
final class AccessCluster implements AutoCloseable {
  private final ControlPlane controlPlane;
  private final KubernetesClient admin;

  private AccessCluster(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
    this.admin = controlPlane.admin();
  }

  /**
   * Starts one.
   *
   * @param name of its folder: classes run beside each other
   */
  static AccessCluster start(String name) {
    var cluster = new AccessCluster(ControlPlane.start(Assemblies.folder("e2e"), name));
    try {
      Manifests.apply(cluster.admin, Manifests.of(Assemblies.of("e2e")));
      cluster.fill();
      return cluster;
    } catch (RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  @Override
  public void close() {
    controlPlane.close();
  }

  /** Makes a namespace whose quota admits no Secret, and returns when the quota counts. */
  void namespaceWithoutSecrets(String name) {
    admin
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    var quota =
        admin.resource(
            new ResourceQuotaBuilder()
                .withNewMetadata()
                .withName("no-secrets")
                .withNamespace(name)
                .endMetadata()
                .withNewSpec()
                .addToHard("secrets", new Quantity("0"))
                .endSpec()
                .build());
    quota.create();
    Eventually.holds(
        "the quota counts",
        Duration.ofSeconds(30),
        () -> quota.get().getStatus().getHard().containsKey("secrets"));
  }

  Caller admin() {
    return Caller.of(admin.getConfiguration());
  }

  KubernetesClient client() {
    return admin;
  }

  Caller caller(Who who) {
    return switch (who) {
      case Who.ServiceAccount account -> bearer(token(account));
      case Who.User(var name, var groups) ->
          Caller.of(controlPlane.client(name, groups.toArray(String[]::new)).getConfiguration());
      case Who.Bootstrap() -> bearer(TestPki.BOOTSTRAP_TOKEN);
      case Who.Anonymous() -> Caller.of(controlPlane.anonymous().getConfiguration());
    };
  }

  private Caller bearer(String token) {
    return Caller.of(controlPlane.anonymous().getConfiguration()).bearing(token);
  }

  String token(Who.ServiceAccount account) {
    var request = new TokenRequestBuilder().withNewSpec().withExpirationSeconds(3600L);
    account
        .pod()
        .ifPresent(name -> {
          var pod = admin.pods().inNamespace("kube-system").withName(name).get();
          request
              .withNewBoundObjectRef()
              .withKind("Pod")
              .withApiVersion("v1")
              .withName(name)
              .withUid(pod.getMetadata().getUid())
              .endBoundObjectRef();
        });
    return admin
        .serviceAccounts()
        .inNamespace("kube-system")
        .withName(account.name())
        .tokenRequest(request.endSpec().build())
        .getStatus()
        .getToken();
  }

  private void fill() {
    node("node-a");
    node("node-b");
    secret("app-secret");
    secret("other-secret");
    admin
        .resource(new NamespaceBuilder().withNewMetadata().withName("team").endMetadata().build())
        .create();
    Eventually.holds(
        "namespace team has its service account",
        Duration.ofSeconds(20),
        () -> admin.serviceAccounts().inNamespace("team").withName("default").get() != null);
    // No pod is admitted while nobody has counted those that are there.
    Eventually.holds(
        "the platform's quotas count",
        Duration.ofSeconds(30),
        () ->
            admin.resourceQuotas().inAnyNamespace().list().getItems().stream()
                .allMatch(quota -> !quota.getStatus().getUsed().isEmpty()));
    admin.resource(pod("default", "app", "node-a", "default", "app-secret")).create();
    admin.resource(pod("default", "other", "node-b", "default", "other-secret")).create();
    admin
        .resource(pod("kube-system", "reporter", "node-a", "node-readiness-reporter", "none"))
        .create();
    bootstrapToken();
  }

  /** As the masters' own unit does. */
  private void bootstrapToken() {
    var id = TestPki.BOOTSTRAP_TOKEN.substring(0, TestPki.BOOTSTRAP_TOKEN.indexOf('.'));
    admin
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName("bootstrap-token-" + id)
                .withNamespace("kube-system")
                .endMetadata()
                .withType("bootstrap.kubernetes.io/token")
                .addToStringData("token-id", id)
                .addToStringData("token-secret", TestPki.BOOTSTRAP_TOKEN.substring(id.length() + 1))
                .addToStringData("usage-bootstrap-authentication", "true")
                .build())
        .create();
  }

  private void node(String name) {
    admin
        .resource(
            new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withTaints(HollowNode.UNINITIALIZED)
                .endSpec()
                .build())
        .create();
  }

  private void secret(String name) {
    admin
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .build())
        .create();
  }

  private static Pod pod(
      String namespace, String name, String node, String account, String secret) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(namespace)
        .endMetadata()
        .withNewSpec()
        .withNodeName(node)
        .withServiceAccountName(account)
        .addNewContainer()
        .withName("app")
        .withImage("example.org/app:1")
        .endContainer()
        .addNewVolume()
        .withName("secret")
        .withNewSecret()
        .withSecretName(secret)
        .endSecret()
        .endVolume()
        .endSpec()
        .build();
  }
}
