package dev.fairway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairway.e2e.report.Evidence;
import dev.fairway.e2e.report.Item;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the paved road makes of a service, as the snapshots have it, on the platform's cluster. */
@Tag("e2e")
@Item(8)
final class WorkloadTest {
  private static final Path SNAPSHOTS = Path.of("src/test/resources/snapshots/workload");

  private static AccessCluster cluster;
  private static KubernetesClient admin;

  @BeforeAll
  static void start(Evidence evidence) {
    cluster = AccessCluster.start("workload");
    admin = cluster.client();
    evidence.engine("kube-apiserver and kube-controller-manager 1.36.2");
    // The strictest standard: whoever takes the paved road meets it.
    admin
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName("shop")
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build())
        .create();
  }

  @AfterAll
  static void end() {
    cluster.close();
  }

  @Test
  void aRollingServiceIsTakenAndItsPodsAreLeftAsTheyAre() throws IOException {
    Manifests.apply(
        admin, Manifests.documents(Files.readString(SNAPSHOTS.resolve("rolling.yaml"))));

    Eventually.holds("its first pod is made", Duration.ofSeconds(30), () -> !pods().isEmpty());
    var container = pods().getFirst().getSpec().getContainers().getFirst();
    assertThat(container.getLifecycle().getPreStop().getSleep().getSeconds()).isEqualTo(20);
    assertThat(container.getResources().getLimits())
        .containsOnlyKeys("memory")
        .containsEntry("memory", container.getResources().getRequests().get("memory"));
    assertThat(pods().getFirst().getSpec().getTerminationGracePeriodSeconds()).isEqualTo(50);
    Eventually.holds(
        "its autoscaler finds it",
        Duration.ofSeconds(60),
        () ->
            admin
                .autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace("shop")
                .withName("cart")
                .get()
                .getStatus()
                .getConditions()
                .stream()
                .anyMatch(
                    it -> it.getType().equals("AbleToScale") && it.getStatus().equals("True")));
  }

  @Test
  void aServiceInStacksIsTakenWithAllThatItSays() throws IOException {
    var objects = Manifests.documents(Files.readString(SNAPSHOTS.resolve("stacks.yaml")));
    Manifests.apply(admin, objects);

    var sent = objects.stream().filter(it -> it.getKind().equals("StackSet")).findFirst();
    var kept =
        admin
            .genericKubernetesResources("zalando.org/v1", "StackSet")
            .inNamespace("default")
            .withName("cart")
            .get();
    assertThat(spec(kept)).isEqualTo(spec(sent.orElseThrow()));
  }

  private static JsonNode spec(GenericKubernetesResource object) {
    return new ObjectMapper().valueToTree(object.getAdditionalProperties().get("spec"));
  }

  private static List<Pod> pods() {
    return admin.pods().inNamespace("shop").withLabel("application", "cart").list().getItems();
  }
}
