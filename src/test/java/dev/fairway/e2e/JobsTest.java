package dev.fairway.e2e;

import static dev.fairway.e2e.EndedWork.End.BADLY;
import static dev.fairway.e2e.EndedWork.End.NOT;
import static dev.fairway.e2e.EndedWork.End.WELL;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.e2e.EndedWork.Maker;
import dev.fairway.e2e.report.Evidence;
import dev.fairway.e2e.report.Item;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What deletes ended Jobs and pods, with the real kubectl on a real API server, beside the policy
 * that gives Jobs a time to live as it does in a cluster.
 */
@Tag("e2e")
@Item(8)
final class JobsTest {
  private static final Path FOLDER = Path.of("target/e2e/jobs-cleaner").toAbsolutePath();

  /** What a run of the script has to call ended long ago. */
  private static final Duration AGE = Duration.ofSeconds(12);

  private static ControlPlane controlPlane;
  private static KubernetesClient admin;

  @BeforeAll
  static void start() {
    controlPlane = ControlPlane.start(Assemblies.folder("e2e"), "jobs");
    admin = controlPlane.admin();
  }

  @AfterAll
  static void stop() {
    controlPlane.close();
  }

  @Test
  void whatEndedLongAgoGoesAndEverythingElseStays(Evidence evidence) throws Exception {
    Manifests.apply(admin, Manifests.of(Assemblies.of("e2e"), "kube-job-cleaner"));
    Manifests.apply(admin, Manifests.of(Assemblies.of("e2e"), "job-ttl"));
    var work = new EndedWork(admin);
    work.makers();
    Eventually.holds(
        "the policy gives Jobs a time to live",
        Duration.ofSeconds(30),
        () -> work.timeToLive("default", "trial").isPresent());
    old(work);
    var kubeconfig = kubeconfigOf("kube-job-cleaner");
    TimeUnit.MILLISECONDS.sleep(AGE.plusSeconds(2).toMillis());
    young(work);
    var before = names();

    var ran = clean(kubeconfig);

    evidence.engine("kube-apiserver 1.36.2").engine("kubectl 1.36.2");
    evidence.text("what the script said", ran);
    Eventually.holds(
        "the pods of deleted Jobs go too",
        Duration.ofSeconds(30),
        () -> !names().contains("Pod alone/of-old-job"));
    var gone = new TreeSet<>(before);
    gone.removeAll(names());
    assertThat(gone)
        .containsExactly(
            "Job alone/failed",
            "Job alone/good",
            "Pod alone/of-old-job",
            "Pod default/evicted",
            "Pod default/failed",
            "Pod default/succeeded",
            "Pod team/succeeded");
    // As old as those, and kept for the time that the policy gave them.
    assertThat(names())
        .contains("Job default/good", "Job default/failed", "Job team/good")
        .contains("Pod default/of-kept-job");
    assertThat(ran).contains("0 could not be deleted");
    assertThat(clean(kubeconfig)).doesNotContain("deleted ");
  }

  /** Those that go, and those that stay although they ended as long ago. */
  private static void old(EndedWork work) {
    namespace("team", Map.of());
    // The policy leaves it alone.
    namespace("alone", Map.of("fairway.dev/workload-policy", "off"));
    work.job("alone", "good", WELL, none(), none());
    work.job("alone", "failed", BADLY, none(), none());
    work.pod("alone", "of-old-job", WELL, none());
    work.adopt("alone", "of-old-job", work.owner("alone", "batch/v1", "Job", "good"));
    work.job("default", "good", WELL, none(), none());
    work.job("default", "failed", BADLY, none(), none());
    work.job("team", "good", WELL, none(), none());
    work.job("default", "unfinished", NOT, none(), none());
    work.job("default", "of-cronjob", WELL, by(Maker.CRON_JOB), none());
    work.job("default", "with-a-time-to-live", WELL, none(), Optional.of(86_400));
    work.job("kube-system", "good", WELL, none(), none());
    work.pod("default", "succeeded", WELL, none());
    work.pod("default", "failed", BADLY, none());
    work.pod("team", "succeeded", WELL, none());
    work.pod("default", "evicted", BADLY, by(Maker.REPLICA_SET));
    work.pod("default", "of-kept-job", WELL, none());
    work.adopt("default", "of-kept-job", work.owner("default", "batch/v1", "Job", "good"));
    work.pod("default", "of-unfinished-job", BADLY, by(Maker.JOB));
    work.pod("default", "of-another-controller", WELL, by(Maker.OTHER));
    work.pod("default", "pending", NOT, none());
    work.pod("default", "ends-only-now", NOT, none());
    work.pod("kube-system", "succeeded", WELL, none());
  }

  private static void namespace(String name, Map<String, String> labels) {
    admin
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .build())
        .create();
    Eventually.holds(
        "namespace " + name + " has its service account",
        Duration.ofSeconds(20),
        () -> admin.serviceAccounts().inNamespace(name).withName("default").get() != null);
  }

  private static void young(EndedWork work) {
    work.job("default", "young", WELL, none(), none());
    work.pod("default", "young", WELL, none());
    work.ends("default", "ends-only-now");
  }

  @Test
  void theExampleOfACronJobIsAcceptedStrictly() throws Exception {
    var objects =
        Manifests.documents(Files.readString(Path.of("docs/examples/bastion-update.yaml")));

    Manifests.apply(admin, objects);

    assertThat(admin.batch().v1().cronjobs().inNamespace("bastion").list().getItems())
        .singleElement()
        .satisfies(job -> assertThat(job.getSpec().getTimeZone()).isEqualTo("Etc/UTC"));
  }

  /** Runs the script as its pod does, with what the pod would have. */
  private static String clean(Path kubeconfig) throws IOException, InterruptedException {
    var scripts = admin.configMaps().inNamespace("kube-system").withName("kube-job-cleaner").get();
    Files.createDirectories(FOLDER);
    for (var file : scripts.getData().entrySet()) {
      Files.writeString(FOLDER.resolve(file.getKey()), file.getValue());
    }
    var command = new ProcessBuilder("sh", FOLDER.resolve("clean").toString());
    command.environment().clear();
    var kubectl = Engines.path("kubectl").getParent();
    command
        .environment()
        .putAll(
            Map.of(
                "PATH",
                kubectl + ":/usr/bin:/bin",
                // Where nothing can be written, as in the container.
                "HOME",
                "/proc",
                "KUBECONFIG",
                kubeconfig.toString(),
                "MAX_AGE_SECONDS",
                Long.toString(AGE.toSeconds())));
    var process = command.redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private static Set<String> names() {
    return Stream.concat(
            admin.batch().v1().jobs().inAnyNamespace().list().getItems().stream(),
            admin.pods().inAnyNamespace().list().getItems().stream())
        .map(HasMetadata.class::cast)
        .map(object ->
            "%s %s/%s"
                .formatted(
                    object.getKind(),
                    object.getMetadata().getNamespace(),
                    object.getMetadata().getName()))
        .collect(toCollection(TreeSet::new));
  }

  /** Of the ServiceAccount that the component brings: no more than its role allows. */
  private static Path kubeconfigOf(String account) throws IOException {
    Files.createDirectories(FOLDER);
    return Files.writeString(
        FOLDER.resolve("kubeconfig"), controlPlane.kubeconfigBearing(controlPlane.token(account)));
  }

  private static <T> Optional<T> none() {
    return Optional.empty();
  }

  private static Optional<Maker> by(Maker maker) {
    return Optional.of(maker);
  }
}
