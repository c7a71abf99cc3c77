package dev.fairway.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.source.RandomClusters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What goes before its cluster, and what must not. */
class ControllerMadeTest {
  private static final String APPS = "/apis/apps/v1/";
  private static final String CORE = "/api/v1/";

  private final FakeCluster cluster = new FakeCluster();

  @Test
  void volumesSayWhetherTheyAreToBeKept() {
    volume("data", "Delete", "{driver: ebs.csi.aws.com, volumeHandle: vol-1}");
    volume("kept", "Retain", "{driver: ebs.csi.aws.com, volumeHandle: vol-2}");
    volume("files", "Delete", "{driver: efs.csi.aws.com, volumeHandle: fs-3}");

    var survey = made(Guard.NONE).survey(soon()).value().orElseThrow();

    assertThat(survey.volumes()).isEqualTo(new TreeMap<>(Map.of("vol-1", false, "vol-2", true)));
  }

  @Test
  void onlyWhatMakesOrHoldsSomethingGoes() {
    namespaced("services", "web", "shop", "{type: LoadBalancer}");
    namespaced("services", "inner", "shop", "{type: ClusterIP}");
    namespaced("persistentvolumeclaims", "data", "shop", "{volumeName: data}");
    namespaced("persistentvolumeclaims", "kept", "shop", "{volumeName: kept}");
    volume("kept", "Retain", "{driver: ebs.csi.aws.com, volumeHandle: vol-2}");
    namespaced("pods", "lonely", "shop", "{}");
    namespaced("pods", "static", "kube-system", "{}");
    namespaced(
        "pods", "metrics", "kube-system", "{volumes: [{persistentVolumeClaim: {claimName: x}}]}");
    cluster.put(APPS + "namespaces/kube-system/deployments/coredns", "{spec: {}}");
    cluster.put(APPS + "namespaces/shop/deployments/web", "{spec: {}}");

    var gone = made(Guard.NONE).clear(soon()).value().orElseThrow();

    assertThat(gone)
        .extracting(ObjectRef::toString)
        .containsExactlyInAnyOrder("PersistentVolumeClaim/shop/data", "Service/shop/web");
    assertThat(cluster.paths())
        .containsExactlyInAnyOrder(
            CORE + "namespaces/shop/services/inner",
            CORE + "namespaces/shop/persistentvolumeclaims/kept",
            CORE + "persistentvolumes/kept",
            CORE + "namespaces/kube-system/pods/static",
            APPS + "namespaces/kube-system/deployments/coredns");
  }

  @Test
  void aWebhookGoesOnlyWhenItsServiceDoes() {
    var hooks = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/";
    var hook = "{webhooks: [{clientConfig: {service: {namespace: %s, name: hook}}}]}";
    cluster.put(hooks + "team", hook.formatted("shop"));
    cluster.put(hooks + "ours", hook.formatted("kube-system"));
    cluster.put(hooks + "elsewhere", "{webhooks: [{clientConfig: {url: 'https://x.test'}}]}");

    var _ = made(Guard.NONE).clear(soon());

    assertThat(cluster.paths()).containsExactlyInAnyOrder(hooks + "ours", hooks + "elsewhere");
  }

  @Test
  void whatDoesNotGoIsAWarningAndNoReasonToStay() {
    cluster.put(
        CORE + "namespaces/shop/services/web",
        "{metadata: {finalizers: [example.org/never]}, spec: {type: LoadBalancer}}");

    var outcome = made(Guard.NONE).clear(Deadline.in(Duration.ZERO, InstantSource.system()));

    assertThat(outcome.value()).hasValue(List.of());
    assertThat(outcome.diagnostics().all())
        .extracting(Diagnostic::code)
        .containsExactly(Code.OBJECTS_REMAIN);
  }

  @Test
  void whoLostTheLockDeletesNothing() {
    namespaced("services", "web", "shop", "{type: LoadBalancer}");
    var lost = Diagnostic.general(Code.LEASE_LOST, "lost", "try again");

    var outcome = made(() -> Optional.of(lost)).clear(soon());

    assertThat(outcome.diagnostics().all()).containsExactly(lost);
    assertThat(cluster.paths()).hasSize(1);
  }

  @Test
  void whoLosesTheLockMeanwhileDeletesNoMore() {
    namespaced("services", "web", "shop", "{type: LoadBalancer}");
    namespaced("services", "api", "shop", "{type: LoadBalancer}");
    var lost = Diagnostic.general(Code.LEASE_LOST, "lost", "try again");
    var asked = new AtomicInteger();

    var outcome =
        made(() -> asked.incrementAndGet() > 1 ? Optional.of(lost) : Optional.empty())
            .clear(soon());

    assertThat(outcome.diagnostics().all()).containsExactly(lost);
    assertThat(cluster.paths()).hasSize(2);
  }

  private ControllerMade made(Guard guard) {
    var api = new ClusterApi(RandomClusters.of(new Random(1), 1), cluster, InstantSource.system());
    return new ControllerMade(api, guard, Duration.ofMillis(1), Listener.SILENT);
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(5), InstantSource.system());
  }

  private void volume(String name, String policy, String csi) {
    cluster.put(
        CORE + "persistentvolumes/" + name,
        "{spec: {persistentVolumeReclaimPolicy: %s, csi: %s}}".formatted(policy, csi));
  }

  private void namespaced(String plural, String name, String namespace, String spec) {
    cluster.put(
        CORE + "namespaces/" + namespace + "/" + plural + "/" + name, "{spec: %s}".formatted(spec));
  }

  /** Objects by their paths; one that is deleted goes, unless a finalizer holds it. */
  private static final class FakeCluster implements Transport {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final Map<String, JsonNode> objects = new ConcurrentSkipListMap<>();

    void put(String path, String yaml) {
      try {
        var object = (ObjectNode) YAML.readTree(yaml);
        var metadata = object.withObject("/metadata");
        metadata.put("name", path.substring(path.lastIndexOf('/') + 1)).put("uid", path);
        var parts = List.of(path.split("/"));
        if (parts.contains("namespaces")) {
          metadata.put("namespace", parts.get(parts.indexOf("namespaces") + 1));
        }
        objects.put(path, object);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    List<String> paths() {
      return List.copyOf(objects.keySet());
    }

    @Override
    public Answer send(Request request, Duration limit) {
      return switch (request.method()) {
        case "GET" -> list(request.path().replaceFirst("\\?.*", ""));
        case "DELETE" -> delete(request);
        default -> throw new AssertionError("not expected: " + request);
      };
    }

    private Answer list(String collection) {
      var root = collection.substring(0, collection.lastIndexOf('/') + 1);
      var plural = collection.substring(collection.lastIndexOf('/') + 1);
      var answer = JsonNodeFactory.instance.objectNode();
      var items = answer.putArray("items");
      objects.forEach((path, object) -> {
        if (path.matches(root + "(namespaces/[^/]+/)?" + plural + "/[^/]+")) {
          items.add(object);
        }
      });
      return new Answer.Done(200, answer);
    }

    private Answer delete(Request request) {
      var uid = request.body().orElseThrow().at("/preconditions/uid").asText();
      if (!uid.equals(request.path())) {
        throw new AssertionError("deletes what it did not see: " + request);
      }
      var object = Objects.requireNonNull(objects.get(request.path()), request.path());
      if (object.at("/metadata/finalizers").isEmpty()) {
        objects.remove(request.path());
      }
      return new Answer.Done(200, JsonNodeFactory.instance.objectNode());
    }

    @Override
    public String server() {
      return "https://fake.test";
    }

    @Override
    public void close() {}
  }
}
