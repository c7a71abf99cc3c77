package dev.fairway.e2e;

import static dev.fairway.e2e.ReleaseOnCluster.soon;
import static dev.fairway.e2e.ReleaseOnCluster.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.deploy.kubernetes.ClusterApi;
import dev.fairway.deploy.kubernetes.ObjectDrift;
import dev.fairway.e2e.Caller.Answer;
import dev.fairway.e2e.report.Evidence;
import dev.fairway.e2e.report.Item;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who only looks sees all that drift compares, and changes none of it. */
@Tag("e2e")
@Item(4)
final class ReaderTest {
  private static final String COREDNS = "/apis/apps/v1/namespaces/kube-system/deployments/coredns";
  private static final String ADMISSION = "/apis/admissionregistration.k8s.io/v1";
  private static final String POLICY = ADMISSION + "/validatingadmissionpolicies/fairway-reader";

  private static final String WEBHOOK =
      ADMISSION + "/mutatingwebhookconfigurations/vpa-admission-controller";

  /** Each lifts what it is put into. */
  private static final String FOR_NONE =
      """
      {"spec": {"matchConstraints": {"resourceRules": [{"apiGroups": [""], "apiVersions": ["v1"],
        "operations": ["CREATE"], "resources": ["pods"], "resourceNames": ["none"]}]}}}
      """;

  private static final String NOWHERE =
      """
      {"spec": {"matchConstraints": {"namespaceSelector": {"matchLabels": {"no": "where"}}}}}
      """;

  private static final String NEVER =
      """
      {"spec": {"matchConditions": [{"name": "never", "expression": "false"}]}}
      """;

  private static ControlPlane controlPlane;
  private static dev.fairway.deploy.kubernetes.Manifests release;
  private static String token;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException {
    controlPlane = ControlPlane.start(Assemblies.folder("e2e"), "reader");
    release = dev.fairway.deploy.kubernetes.Manifests.of(Assemblies.of("e2e"));
    value(ReleaseOnCluster.of(controlPlane, "e2e").deploy(release));
    Manifests.apply(
        controlPlane.admin(),
        Manifests.documents(Files.readString(Path.of("tools/access/reader.yaml"))));
    token =
        controlPlane
            .admin()
            .serviceAccounts()
            .inNamespace("kube-system")
            .withName("fairway-reader")
            .tokenRequest(
                new TokenRequestBuilder()
                    .withNewSpec()
                    .withExpirationSeconds(3600L)
                    .endSpec()
                    .build())
            .getStatus()
            .getToken();
    Eventually.holds(
        "the policy counts",
        Duration.ofSeconds(30),
        () -> reader().send("PATCH", COREDNS, "{}").status() == 403);
  }

  @AfterAll
  static void stop() {
    controlPlane.close();
  }

  private static String policy(String name) {
    return ADMISSION + "/validatingadmissionpolicies/" + name;
  }

  private static Caller reader() {
    return Caller.of(controlPlane.anonymous().getConfiguration()).bearing(token);
  }

  @Test
  void driftIsSeenOfAllThatAReleaseHolds(Evidence evidence) throws IOException {
    var kubeconfig = folder.resolve("kubeconfig");
    Files.writeString(kubeconfig, controlPlane.kubeconfigBearing(token));
    var cluster = ReleaseOnCluster.cluster("e2e");
    try (var api = value(ClusterApi.of(cluster, kubeconfig, InstantSource.system()))) {
      assertThat(value(api.belongsToCluster(soon()))).isSameAs(api);
      assertThat(value(new ObjectDrift(api).of(release, soon()))).isEmpty();

      var admin = Caller.of(controlPlane.admin().getConfiguration());
      var changed =
          List.of(
              admin.send("PATCH", COREDNS, "{\"spec\": {\"replicas\": 7}}"),
              admin.send(
                  "PATCH",
                  policy("fairway-kube-system"),
                  "{\"spec\": {\"failurePolicy\": \"Ignore\"}}"),
              admin.send("PATCH", policy("fairway-priority-classes"), FOR_NONE),
              admin.send("PATCH", policy("fairway-volume-kinds"), NOWHERE),
              admin.send(
                  "PATCH", ADMISSION + "/mutatingadmissionpolicies/fairway-equal-memory", NEVER),
              admin.send(
                  "PUT",
                  WEBHOOK,
                  admin
                      .send("GET", WEBHOOK, "")
                      .body()
                      .replaceFirst("\"scope\":\"\\*\"", "\"scope\":\"Cluster\"")),
              admin.send(
                  "PATCH",
                  "/apis/rbac.authorization.k8s.io/v1/clusterroles/fairway-by-hand",
                  "{\"rules\": []}"));
      assertThat(changed).extracting(Answer::status).containsOnly(200);

      var told =
          value(new ObjectDrift(api).of(release, soon())).stream()
              .map(found -> found.ref() + " " + found)
              .toList();
      evidence.text("what it is told", String.join("\n", told));
      assertThat(told)
          .hasSize(7)
          .anyMatch(line -> line.startsWith("ClusterRole/fairway-by-hand .rules is null"))
          .anyMatch(line -> line.contains("coredns .spec.replicas is 7"))
          .anyMatch(line -> line.contains("fairway-kube-system .spec.failurePolicy is \"Ignore\""))
          .anyMatch(line -> line.contains("resourceRules[0].resourceNames is [\"none\"]"))
          .anyMatch(line -> line.contains("namespaceSelector.matchLabels is {\"no\":\"where\"}"))
          .anyMatch(line -> line.contains("fairway-equal-memory .spec.matchConditions is [{"))
          .anyMatch(line -> line.contains("rules[0].scope is \"Cluster\""));
    }
  }

  @Test
  void nothingIsChangedAndNoSecretRead() {
    var reader = reader();

    assertThat(reader.dry("PATCH", COREDNS, "{}").status()).isEqualTo(200);
    var refused = reader.send("PATCH", COREDNS, "{\"spec\": {\"replicas\": 1}}");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body()).contains("who only looks changes nothing");
    assertThat(reader.dry("PATCH", POLICY, "{}").status()).isEqualTo(403);
    for (var path :
        List.of(
            "/api/v1/secrets",
            "/api/v1/namespaces/kube-system/secrets/vpa-admission-controller",
            "/api/v1/namespaces/kube-system/pods/any/exec?command=id&stdout=true")) {
      assertThat(reader.dry("GET", path, "").status()).as(path).isEqualTo(403);
    }
  }
}
