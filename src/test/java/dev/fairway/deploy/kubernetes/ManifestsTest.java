package dev.fairway.deploy.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestsTest {
  @Test
  void theOrderIsByWaveThenByComponentThenAsItStands() {
    var files = new TreeMap<String, byte[]>();
    files.put(
        "manifests/a.yaml",
        (object("apps/v1", "Deployment", "a") + object("v1", "ServiceAccount", "a"))
            .getBytes(UTF_8));
    files.put(
        "manifests/b.yaml",
        (object("v1", "Service", "b2")
                + object("v1", "Service", "b1")
                + object("apiregistration.k8s.io/v1", "APIService", "b")
                + object("example.org/v1", "Widget", "b")
                + object("v1", "Namespace", "b"))
            .getBytes(UTF_8));

    assertThat(Manifests.of(List.of("b", "a"), files).all())
        .extracting(manifest -> manifest.ref().kind() + " " + manifest.ref().name())
        .containsExactly(
            "Namespace b",
            "Service b2",
            "Service b1",
            "ServiceAccount a",
            "Widget b",
            "Deployment a",
            "APIService b");
  }

  private static String object(String apiVersion, String kind, String name) {
    return "---\napiVersion: %s\nkind: %s\nmetadata:\n  name: %s\n"
        .formatted(apiVersion, kind, name);
  }

  @Test
  void anObjectStandsOnce() {
    var files = new TreeMap<String, byte[]>();
    files.put(
        "manifests/a.yaml",
        (object("autoscaling/v1", "HorizontalPodAutoscaler", "a")
                + object("autoscaling/v2", "HorizontalPodAutoscaler", "a"))
            .getBytes(UTF_8));

    assertThatThrownBy(() -> Manifests.of(List.of("a"), files))
        .hasMessageContaining("HorizontalPodAutoscaler");
  }

  @ParameterizedTest
  @CsvSource({
    "v1,Namespace,FOUNDATIONS",
    "apiextensions.k8s.io/v1,CustomResourceDefinition,FOUNDATIONS",
    "rbac.authorization.k8s.io/v1,ClusterRole,POLICIES",
    "v1,Secret,POLICIES",
    "storage.k8s.io/v1,CSIDriver,POLICIES",
    "networking.k8s.io/v1,NetworkPolicy,POLICIES",
    "admissionregistration.k8s.io/v1,ValidatingAdmissionPolicy,POLICIES",
    "admissionregistration.k8s.io/v1,MutatingAdmissionPolicy,POLICIES",
    "admissionregistration.k8s.io/v1,MutatingAdmissionPolicyBinding,POLICIES",
    "v1,LimitRange,POLICIES",
    "v1,ResourceQuota,POLICIES",
    "readiness.node.x-k8s.io/v1alpha1,NodeReadinessRule,INSTANCES",
    "snapshot.storage.k8s.io/v1,VolumeSnapshotClass,INSTANCES",
    "batch/v1,CronJob,WORKLOADS",
    "policy/v1,PodDisruptionBudget,WORKLOADS",
    "autoscaling/v2,HorizontalPodAutoscaler,WORKLOADS",
    "apiregistration.k8s.io/v1,APIService,INTERCEPTORS",
    "admissionregistration.k8s.io/v1,ValidatingWebhookConfiguration,INTERCEPTORS",
  })
  void everyKindHasItsWave(String apiVersion, String kind, Wave wave) {
    assertThat(Wave.of(ObjectRef.ofCluster(apiVersion, kind, "x"))).isEqualTo(wave);
  }

  @Test
  void aLineOfAnInventoryIsReadAsItWasWritten() {
    var refs =
        List.of(
            ObjectRef.of("apps/v1", "Deployment", "kube-system", "coredns"),
            ObjectRef.ofCluster("v1", "Namespace", "system:odd"));
    assertThat(refs)
        .extracting(ref -> ObjectRef.parse(ref.line()))
        .allSatisfy(parsed -> assertThat(refs).contains(parsed.orElseThrow()));
    assertThat(ObjectRef.parse("apps/v1 Deployment coredns")).isEqualTo(Optional.empty());
  }

  @Test
  void aMemberIsLabelledAndTheManifestStaysAsItIs() {
    var manifest =
        Manifest.of("f", Json.of("{apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'a'}}"));

    assertThat(ApplySet.member(manifest).at("/metadata/labels").toString())
        .isEqualTo("{\"applyset.kubernetes.io/part-of\":\"%s\"}".formatted(ApplySet.ID));
    assertThat(manifest.object().at("/metadata").has("labels")).isFalse();
    // base64url(sha256("fairway-inventory.kube-system.ConfigMap.")), by KEP-3659.
    assertThat(ApplySet.ID).matches("applyset-[A-Za-z0-9_-]{43}-v1");
  }
}
