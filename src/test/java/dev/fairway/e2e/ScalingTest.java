package dev.fairway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.e2e.AccessTable.Who;
import dev.fairway.e2e.report.Evidence;
import dev.fairway.e2e.report.Item;
import dev.fairway.platform.component.Workload;
import dev.fairway.platform.component.autoscaling.VerticalPodAutoscaler;
import dev.fairway.platform.component.autoscaling.VerticalPodAutoscaler.Range;
import dev.fairway.platform.component.autoscaling.VerticalPodAutoscaler.Updates;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What applications are scaled by, on a real API server with its controllers. */
@Tag("e2e")
@Item(8)
final class ScalingTest {
  private static final Path TABLE = Path.of("src/test/resources/e2e/scaling.yaml");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static AccessCluster cluster;
  private static KubernetesClient admin;
  private static Map<?, ?> table;

  @BeforeAll
  static void start() throws IOException {
    table = Serialization.unmarshal(Files.readString(TABLE), Map.class);
    cluster = AccessCluster.start("scaling");
    admin = cluster.client();
    admin.resource(deployment()).create();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void objectsOfEveryKindAreTaken(Evidence evidence) {
    var taken = new ArrayList<List<String>>();
    for (var object : rows("takes")) {
      apply(read(object));
      taken.add(List.of(read(object).getKind(), read(object).getMetadata().getName()));
    }

    evidence.engine("kube-apiserver 1.36.2").table("taken", List.of("kind", "name"), taken);
    assertThat(taken).hasSize(4);
  }

  @Test
  void whatIsWrongIsRefusedWithTheReason(Evidence evidence) {
    var refused = new ArrayList<List<String>>();
    for (var row : rows("refuses")) {
      var object = read(there((Map<?, ?>) row, "object"));
      var message = refusal(object);
      refused.add(List.of(object.getKind(), message));
      assertThat(message).contains(there((Map<?, ?>) row, "says").toString());
    }

    evidence.table("refused", List.of("kind", "message"), refused);
  }

  @Test
  void whatAComponentMakesInJavaIsTakenAndItsTargetHasAScale() {
    var scaler =
        VerticalPodAutoscaler.of(deployment(), Updates.RECREATE)
            .sizing("app", Range.of("50m", "2"), Range.of("64Mi", "4Gi"))
            .object(new Workload("app", "default", Optional.empty(), Map.of()));
    scaler.getMetadata().setName("java");
    var live = apply(scaler);

    assertThat(live.<String>get("spec", "updatePolicy", "updateMode")).isEqualTo("Recreate");
    assertThat(live.<String>get("spec", "resourcePolicy", "containerPolicies", 0, "mode"))
        .isEqualTo("Auto");
    String name = live.get("spec", "targetRef", "name");
    var scale = admin.apps().deployments().inNamespace("default").withName(name).scale();
    assertThat(scale.getSpec().getReplicas()).isEqualTo(2);
  }

  /** Written as a whole, as the recommender does: a status that stood apart would be dropped. */
  @Test
  void aCheckpointIsKeptAsItIsWritten() {
    var written =
        """
        apiVersion: autoscaling.k8s.io/v1
        kind: VerticalPodAutoscalerCheckpoint
        metadata: {name: app-app, namespace: default}
        spec: {vpaObjectName: app, containerName: app}
        status:
          version: v3
          totalSamplesCount: 7
          firstSampleStart: null
          cpuHistogram: {totalWeight: 1.5, bucketWeights: {"0": 10000}, referenceTimestamp: null}
        """;
    var live =
        admin.resource(Serialization.unmarshal(written, GenericKubernetesResource.class)).create();

    assertThat(live.<Integer>get("status", "totalSamplesCount")).isEqualTo(7);
    assertThat(live.<Integer>get("status", "cpuHistogram", "bucketWeights", "0")).isEqualTo(10000);
  }

  @Test
  void anAutoscalersTargetIsFoundOrItSaysThatItIsNot(Evidence evidence) {
    admin.resource(autoscaler("found", "app")).create();
    admin.resource(autoscaler("lost", "nobody")).create();

    assertThat(condition("found", "AbleToScale")).isEqualTo("True SucceededGetScale");
    assertThat(condition("lost", "AbleToScale")).isEqualTo("False FailedGetScale");
    evidence.engine("kube-controller-manager 1.36.2");
  }

  /** Kubernetes lets its controller ask for any metric; no component need add to that. */
  @Test
  void theControllerThatCountsPodsMayAskTheAdapter() {
    var controller =
        cluster.caller(new Who.ServiceAccount("horizontal-pod-autoscaler", Optional.empty()));
    for (var path :
        List.of(
            "/apis/external.metrics.k8s.io/v1beta1/namespaces/default/length-of-jobs",
            "/apis/custom.metrics.k8s.io/v1beta1/namespaces/default/pods/app/connections")) {
      // Nobody answers here; who must not ask is told so first.
      assertThat(controller.dry("GET", path, "").status()).as(path).isEqualTo(503);
      var other = cluster.caller(new Who.User("somebody", List.of()));
      assertThat(other.dry("GET", path, "").status()).as(path).isEqualTo(403);
    }
  }

  /** Of this cluster's three programs nothing runs, so the webhook does not answer. */
  @Test
  void aPodIsCreatedWhileTheWebhookIsAway() {
    var pod =
        """
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "unsized"},
         "spec": {"containers": [{"name": "app", "image": "example.org/app:1"}]}}
        """;
    var asked = System.nanoTime();
    var answer = cluster.admin().dry("POST", "/api/v1/namespaces/default/pods", pod);

    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(5));
  }

  private static List<?> rows(String name) {
    return (List<?>) there(table, name);
  }

  private static Object there(Map<?, ?> row, String key) {
    return Objects.requireNonNull(row.get(key), key);
  }

  private static String refusal(GenericKubernetesResource object) {
    try {
      apply(object);
      return "it was taken";
    } catch (KubernetesClientException e) {
      return e.getStatus().getMessage();
    }
  }

  private static <T extends HasMetadata> T apply(T object) {
    var context = PatchContext.of(PatchType.SERVER_SIDE_APPLY);
    context.setFieldManager("test");
    context.setFieldValidation("Strict");
    return admin.resource(object).patch(context);
  }

  private static GenericKubernetesResource read(Object object) {
    return Serialization.unmarshal(Serialization.asJson(object), GenericKubernetesResource.class);
  }

  private static String condition(String name, String type) {
    var found = new ArrayList<String>();
    Eventually.holds(
        name + " says " + type,
        PATIENCE,
        () -> {
          var scaler = admin.autoscaling().v2().horizontalPodAutoscalers().inNamespace("default");
          scaler.withName(name).get().getStatus().getConditions().stream()
              .filter(it -> it.getType().equals(type))
              .forEach(it -> found.add(it.getStatus() + " " + it.getReason()));
          return !found.isEmpty();
        });
    return found.getFirst();
  }

  private static HorizontalPodAutoscaler autoscaler(String name, String target) {
    return new HorizontalPodAutoscalerBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("default")
        .endMetadata()
        .withNewSpec()
        .withMinReplicas(2)
        .withMaxReplicas(3)
        .withNewScaleTargetRef("apps/v1", "Deployment", target)
        .endSpec()
        .build();
  }

  private static Deployment deployment() {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName("app")
        .withNamespace("default")
        .endMetadata()
        .withNewSpec()
        .withReplicas(2)
        .withNewSelector()
        .addToMatchLabels("app", "app")
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .addToLabels("app", "app")
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("app")
        .withImage("example.org/app:1")
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }
}
