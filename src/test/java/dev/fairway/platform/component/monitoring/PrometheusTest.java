package dev.fairway.platform.component.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.model.Symbol;
import dev.fairway.platform.component.Components;
import dev.fairway.platform.component.Ingress;
import dev.fairway.platform.component.Labels;
import dev.fairway.platform.component.Texts;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PrometheusTest {
  /** Itself, as a target, and the one that runs what people write. */
  private static final Set<String> ASKING_UNSEEN = Set.of("prometheus", "zmon-worker");

  @Test
  void whoIsLetInAsks() {
    var readers =
        new Prometheus()
            .objects().stream()
                .filter(NetworkPolicy.class::isInstance)
                .map(NetworkPolicy.class::cast)
                .filter(it -> it.getMetadata().getName().equals("prometheus"))
                .flatMap(it -> it.getSpec().getIngress().stream())
                .flatMap(rule -> rule.getFrom().stream())
                .flatMap(from -> from.getPodSelector().getMatchExpressions().stream())
                .map(LabelSelectorRequirement::getValues)
                .flatMap(List::stream)
                .toList();
    assertThat(readers)
        .containsAll(ASKING_UNSEEN)
        .filteredOn(reader -> !ASKING_UNSEEN.contains(reader))
        .isNotEmpty()
        .allMatch(reader ->
            objects()
                .filter(it -> reader.equals(it.getMetadata().getLabels().get(Labels.NAME)))
                .anyMatch(it -> it.toString().contains("prometheus.kube-system.svc")));
  }

  @Test
  void portsOfMetricsAreThoseOfTheJob() {
    assertThat(Texts.beside(Prometheus.class, "prometheus.yml"))
        .contains("regex: " + Ingress.METRICS + "\n");
  }

  /** CSI's sidecars serve their metrics where their leadership is asked for. */
  @Test
  void sidecarsThatElectALeaderAreScraped() {
    assertThat(
            objects()
                .filter(Deployment.class::isInstance)
                .map(it -> ((Deployment) it).getSpec().getTemplate())
                .flatMap(PrometheusTest::containers)
                .filter(it -> it.getArgs().toString().contains("--csi-address="))
                .filter(it -> it.getArgs().contains("--leader-election=true")))
        .isNotEmpty()
        .flatExtracting(Container::getPorts)
        .allMatch(port -> port.getName().matches(Ingress.METRICS))
        .doesNotHaveDuplicates();
  }

  /**
   * Its series become more with every pod: the limit of all would leave out the largest cluster.
   */
  @Test
  void kubeStateMetricsMayAnswerForTenThousandPods() {
    assertThat(job("kube-state-metrics")).contains("    sample_limit: 1000000\n");
  }

  /** What an application may answer is too little for whoever counts by the hosts of all. */
  @Test
  void skipperHasALimitOfItsOwnAndIsAskedOnce() {
    assertThat(job("skipper"))
        .contains("    sample_limit: 100000\n", "regex: kube-system;skipper\n        action: keep");
    assertThat(job("pods"))
        .contains("regex: kube-system;(kube-state-metrics|skipper)\n        action: drop");
  }

  /** Or an alert that nobody can end would be one for ever. */
  @Test
  void whatIsSwitchedOffIsNotMissed() {
    var missed =
        Pattern.compile("absent\\(up\\{job=\"(.*?)\"}\\), \"wanted\", \"(.*?)\"")
            .matcher(Texts.beside(Prometheus.class, "targets.rules.yml"))
            .results()
            .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));

    assertThat(missed.keySet()).contains("kube-state-metrics", "node-exporter");
    assertThat(missed)
        .allSatisfy((job, wanted) -> assertThat(wanted).isEqualTo(switchOf(job).orElse("true")));
  }

  private static Optional<String> switchOf(String component) {
    return Components.all().stream()
        .filter(it -> it.name().equals(component))
        .flatMap(it -> it.enabledBy().stream())
        .map(Symbol::token)
        .findFirst();
  }

  private static String job(String name) {
    var jobs = Texts.beside(Prometheus.class, "prometheus.yml").split("\n  - job_name: ", -1);
    return Stream.of(jobs)
        .filter(job -> job.startsWith(name + "\n"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no job " + name));
  }

  private static Stream<Container> containers(PodTemplateSpec pod) {
    return pod.getSpec().getContainers().stream();
  }

  private static Stream<HasMetadata> objects() {
    return Components.all().stream().flatMap(component -> component.objects().stream());
  }
}
