package dev.fairway.platform.component.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.model.Symbol;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class ZmonTest {
  private final Zmon zmon = new Zmon();

  @Test
  void allFourChecksOfTheReferenceAreThere() {
    assertThat(checks().values())
        .extracting(check -> check.get("name"))
        .containsExactly(
            "Kubernetes API server",
            "Kubernetes node resources",
            "Kubernetes nodes",
            "Kubernetes service endpoints");
  }

  /** What ZMON's command line refuses a definition without, and what its worker refuses to run. */
  @TestFactory
  Stream<DynamicTest> aCheckIsOneThatZmonTakes() {
    return checks().entrySet().stream()
        .map(check ->
            DynamicTest.dynamicTest(
                check.getKey(),
                () -> {
                  assertThat(check.getValue())
                      .containsKeys("description", "technical_details")
                      .containsEntry("status", "ACTIVE")
                      .containsEntry("owning_team", Zmon.TEAM.token());
                  assertThat((Integer) check.getValue().get("interval")).isBetween(15, 300);
                  assertThat((List<?>) check.getValue().get("entities"))
                      .singleElement()
                      .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                      .containsKey("type");
                  assertThat((String) check.getValue().get("command"))
                      .startsWith("def check():\n")
                      .contains("return ")
                      .doesNotContain("__", "import ", "\t");
                }));
  }

  @Test
  void credentialsStandInTheSecretOfTheFleetAndNowhereElse() {
    var names = List.of("SQL_USER", "SQL_PASS", "POSTGRES_USER", "POSTGRES_PASS");
    assertThat(environment().filter(it -> names.stream().anyMatch(it.getName()::endsWith)))
        .hasSize(4)
        .allSatisfy(variable ->
            assertThat(variable.getValueFrom().getSecretKeyRef().getName())
                .isEqualTo("⟦setting.zmon_credentials_secret⟧"));
    assertThat(zmon.objects()).extracting(HasMetadata::getKind).doesNotContain("Secret");
  }

  @Test
  void nothingOfAFleetIsInTheRelease() {
    assertThat(zmon.needs())
        .extracting(Symbol::initial)
        .allSatisfy(initial -> assertThat(initial.orElseThrow().inline()).isEmpty());
    assertThat(environment().map(EnvVar::getValue).filter(Objects::nonNull))
        .noneMatch(value -> value.contains("http://") || value.contains("https://"));
  }

  private Stream<EnvVar> environment() {
    return zmon.objects().stream()
        .filter(Deployment.class::isInstance)
        .map(Deployment.class::cast)
        .flatMap(it -> it.getSpec().getTemplate().getSpec().getContainers().stream())
        .flatMap(container -> container.getEnv().stream());
  }

  /** As they stand in the ConfigMap, by file. */
  private SortedMap<String, Map<String, Object>> checks() {
    var files =
        zmon.objects().stream()
            .filter(ConfigMap.class::isInstance)
            .map(ConfigMap.class::cast)
            .findFirst()
            .orElseThrow()
            .getData();
    var checks = new TreeMap<String, Map<String, Object>>();
    var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    files.forEach((file, text) -> checks.put(file, yaml.load(text)));
    return checks;
  }
}
