package dev.fairway.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Compiled;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What drift and health need of a cluster, and no more, whatever a release comes to hold. */
class ReaderRightsTest {
  private static final Path FILE = Path.of("tools/access/reader.yaml");
  private static final String ADMISSION = "admissionregistration.k8s.io";

  @Test
  void allThatAReleaseHoldsIsReadAndTried() throws IOException {
    assertThat(released().filter(object -> !isSecret(object)))
        .isNotEmpty()
        .allSatisfy(object -> assertThat(verbs(object)).as("%s", name(object)).contains("get"));
    assertThat(released().filter(object -> !isSecret(object) && !isAdmission(object)))
        .allSatisfy(object -> assertThat(verbs(object)).as("%s", name(object)).contains("patch"));
  }

  /** No policy of admission could hold it to dry runs of them. */
  @Test
  void admissionsOwnKindsAreReadOnly() throws IOException {
    assertThat(released().filter(ReaderRightsTest::isAdmission))
        .isNotEmpty()
        .allSatisfy(object -> assertThat(verbs(object)).containsExactly("get"));
  }

  /** What is in them may be a key that the API server trusts; drift leaves those alone. */
  @Test
  void noSecretIsReadSinceAReleaseBringsNoneThatHoldsAnything() throws IOException {
    assertThat(released().filter(ReaderRightsTest::isSecret))
        .isNotEmpty()
        .allSatisfy(object ->
            assertThat(object.getAdditionalProperties()).doesNotContainKeys("data", "stringData"));
    assertThat(rights().flatMap(rule -> rule.getResources().stream()))
        .isNotEmpty()
        .doesNotContain("secrets", "*");
  }

  @Test
  void nothingElseIsGranted() throws IOException {
    assertThat(role().getRules().stream().flatMap(rule -> rule.getVerbs().stream()).distinct())
        .containsExactlyInAnyOrder("get", "list", "patch", "bind", "escalate");
    assertThat(role().getRules().stream().flatMap(rule -> rule.getResources().stream()))
        .noneMatch(resource -> resource.contains("*") || resource.contains("/"));
  }

  /** Who could patch before the policy holds could do so for real. */
  @Test
  void thePolicyComesFirst() throws IOException {
    assertThat(objects(Files.readString(FILE)))
        .extracting(GenericKubernetesResource::getKind)
        .startsWith("ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding");
  }

  /** Of all roles in the file. */
  private static Stream<PolicyRule> rights() throws IOException {
    return objects(Files.readString(FILE)).stream()
        .filter(object -> object.getKind().endsWith("Role"))
        .map(object -> Serialization.unmarshal(Serialization.asJson(object), ClusterRole.class))
        .flatMap(role -> role.getRules().stream());
  }

  private static Stream<GenericKubernetesResource> released() {
    return Compiled.release().files().entrySet().stream()
        .filter(file -> file.getKey().startsWith("manifests/"))
        .flatMap(file -> objects(new String(file.getValue(), UTF_8)).stream());
  }

  private static List<GenericKubernetesResource> objects(String text) {
    return Arrays.stream(text.split("(?m)^---$", -1))
        .filter(document -> !document.isBlank())
        .map(document -> Serialization.unmarshal(document, GenericKubernetesResource.class))
        .toList();
  }

  private static List<String> verbs(GenericKubernetesResource object) throws IOException {
    return role().getRules().stream()
        .filter(rule -> rule.getApiGroups().contains(group(object)))
        .filter(rule -> rule.getResources().contains(plural(object)))
        .map(PolicyRule::getVerbs)
        .flatMap(List::stream)
        .toList();
  }

  private static ClusterRole role() throws IOException {
    return objects(Files.readString(FILE)).stream()
        .filter(object -> object.getKind().equals("ClusterRole"))
        .map(object -> Serialization.unmarshal(Serialization.asJson(object), ClusterRole.class))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isSecret(GenericKubernetesResource object) {
    return object.getKind().equals("Secret");
  }

  private static boolean isAdmission(GenericKubernetesResource object) {
    return group(object).equals(ADMISSION);
  }

  private static String group(GenericKubernetesResource object) {
    var version = object.getApiVersion();
    return version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
  }

  private static String plural(GenericKubernetesResource object) {
    var singular = object.getKind().toLowerCase(Locale.ROOT);
    return singular.endsWith("y")
        ? singular.substring(0, singular.length() - 1) + "ies"
        : singular + (singular.endsWith("s") ? "es" : "s");
  }

  private static String name(GenericKubernetesResource object) {
    return object.getKind() + "/" + object.getMetadata().getName();
  }
}
