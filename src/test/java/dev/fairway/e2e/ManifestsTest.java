package dev.fairway.e2e;

import static dev.fairway.e2e.ReleaseOnCluster.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.deploy.kubernetes.Manifests;
import dev.fairway.deploy.kubernetes.ObjectRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The objects of a release on a real API server with its controllers. */
@Tag("e2e")
final class ManifestsTest {
  private static final ObjectRef COREDNS =
      ObjectRef.of("apps/v1", "Deployment", "kube-system", "coredns");
  private static final String LEFTOVER =
      """
      {"apiVersion": "v1", "kind": "ConfigMap", "data": {"a": "b"},
       "metadata": {"name": "leftover", "namespace": "kube-system"}}
      """;
  private static final String LEFTOVER_ROLE =
      """
      {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "rules": [],
       "metadata": {"name": "leftover"}}
      """;
  private static final String LEFTOVER_NAMESPACE =
      """
      {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "leftover"}}
      """;

  private static ControlPlane controlPlane;
  private static Manifests release;
  private static ReleaseOnCluster cluster;

  @BeforeAll
  static void start() {
    controlPlane = ControlPlane.start(Assemblies.folder("e2e"), "manifests");
    release = Manifests.of(Assemblies.of("e2e"));
    cluster = ReleaseOnCluster.of(controlPlane, "e2e");
    var first = value(cluster.deploy(release));
    assertThat(first.changed()).hasSameSizeAs(release.all());
    assertThat(first.deleted()).isEmpty();
  }

  @AfterAll
  static void stop() {
    cluster.api().close();
    controlPlane.close();
  }

  @BeforeEach
  void theReleaseIsDeployed() {
    value(cluster.deploy(release));
  }

  @Test
  void anUnchangedReleaseWritesNothing() {
    var before = cluster.versions(release);
    assertThat(before).doesNotContainValue("none").hasSize(release.all().size() + 1);

    var again = value(cluster.deploy(release));

    assertThat(again.changed()).isEmpty();
    assertThat(again.deleted()).isEmpty();
    assertThat(cluster.versions(release)).isEqualTo(before);
  }
}
