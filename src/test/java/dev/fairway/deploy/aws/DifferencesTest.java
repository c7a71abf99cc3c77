package dev.fairway.deploy.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.link.Stack;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.s3.S3Client;

class DifferencesTest {
  private static final String TEMPLATE =
      """
      {"Parameters": {"Size": {"Type": "String"}, "Token": {"Type": "String", "NoEcho": true}},
       "Resources": {"A": {"Type": "X"}}}\
      """;
  private static final String POLICY = "{\"Statement\": []}";

  private final Map<String, String> files = new TreeMap<>();
  private final FakeCloudFormation cloudFormation = new FakeCloudFormation();

  @BeforeEach
  void deployed() {
    files.put("templates/etcd.json", TEMPLATE);
    files.put("policies/etcd.json", POLICY);
    files.put("manifest.json", manifest(false));
    cloudFormation.templates.put("e2e-etcd", TEMPLATE);
    cloudFormation.policies.put("e2e-etcd", "{ \"Statement\":[] }");
    cloudFormation.has(etcd("3"));
  }

  @Test
  void whatIsDeployedDoesNotDiffer() {
    assertThat(differences(wanted("3"))).isEmpty();
  }

  @Test
  void aParameterIsTold() {
    assertThat(differences(wanted("4")))
        .singleElement()
        .satisfies(difference -> {
          assertThat(difference.parameters())
              .containsExactly(new ValueChange("Size", Optional.of("3"), Optional.of("4")));
          assertThat(difference.template().isEmpty()).isTrue();
          assertThat(difference.isEmpty()).isFalse();
        });
  }

  @Test
  void aSecretParameterIsNeitherComparedNorTold() {
    cloudFormation.stacks.clear();
    cloudFormation.has(etcd("3").toBuilder().parameters(parameter("Size", "3")).build());
    assertThat(differences(wanted("3")))
        .singleElement()
        .satisfies(difference ->
            assertThat(difference.parameters())
                .containsExactly(new ValueChange("Token", Optional.empty(), Optional.of("****"))));
  }

  @Test
  void aTagIsTold() {
    cloudFormation.stacks.clear();
    var tags = List.of(FakeCloudFormation.tag("fairway:cluster", FakeCloudFormation.CLUSTER));
    cloudFormation.has(etcd("3").toBuilder().tags(tags).build());
    assertThat(differences(wanted("3")))
        .singleElement()
        .satisfies(difference ->
            assertThat(difference.tags())
                .containsExactly(
                    new ValueChange("fairway:stack", Optional.empty(), Optional.of("etcd"))));
  }

  @Test
  void protectionIsTold() {
    files.put("manifest.json", manifest(true));
    assertThat(differences(wanted("3")))
        .singleElement()
        .satisfies(difference -> assertThat(difference.terminationProtection()).contains(true));
  }

  @Test
  void aPolicyAloneIsNothingForCdk() {
    cloudFormation.policies.put("e2e-etcd", "{\"Statement\": [1]}");
    assertThat(differences(wanted("3")))
        .singleElement()
        .satisfies(difference -> {
          assertThat(difference.isPolicyOther()).isTrue();
          assertThat(difference.isMissing()).isFalse();
          assertThat(difference.template().isEmpty()).isTrue();
          assertThat(difference.parameters()).isEmpty();
          assertThat(difference.tags()).isEmpty();
          assertThat(difference.terminationProtection()).isEmpty();
        });
  }

  @Test
  void aStackThatRolledBackWhenCreatedIsMissing() {
    cloudFormation.stacks.clear();
    cloudFormation.has(FakeCloudFormation.stack("etcd", "ROLLBACK_COMPLETE"));
    assertThat(differences(wanted("3")))
        .singleElement()
        .satisfies(difference -> {
          assertThat(difference.isMissing()).isTrue();
          assertThat(difference.template().added()).contains("A", "Parameters/Size");
        });
  }

  @Test
  void onlyPoliciesThatDifferAreSet() {
    var policies = policies();
    assertThat(policies.set(List.of(wanted("3")), states(), Objection.NONE)).isEmpty();
    cloudFormation.policies.clear();
    assertThat(policies.set(List.of(wanted("3")), states(), Objection.NONE))
        .containsExactly("e2e-etcd");
    assertThat(policies.set(List.of(wanted("3")), states(), Objection.NONE)).isEmpty();
    assertThat(cloudFormation.changes).containsExactly("policy e2e-etcd");
  }

  @Test
  void whoMayNotWriteSetsNoPolicy() {
    cloudFormation.policies.clear();
    var lost = Diagnostic.general(Code.LEASE_LOST, "the lease is lost", "none");
    var objection = new Objection(() -> Optional.of(lost));
    assertThatThrownBy(() -> policies().set(List.of(wanted("3")), states(), objection))
        .isInstanceOf(Objection.Raised.class);
    assertThat(cloudFormation.changes).isEmpty();
  }

  @Test
  void aStackThatDoesNotStandGetsNoPolicy() {
    cloudFormation.policies.clear();
    cloudFormation.stacks.clear();
    cloudFormation.has(FakeCloudFormation.stack("etcd", "ROLLBACK_COMPLETE"));
    assertThat(policies().set(List.of(wanted("3")), states(), Objection.NONE)).isEmpty();
  }

  private List<StackDifference> differences(Stack stack) {
    // These stacks have no node config, so nobody asks for one.
    var published = new PublishedAssets(new NoObjects(), this::file);
    return new Differences(cloudFormation, this::file, policies(), published)
        .between(List.of(stack), states());
  }

  private StackPolicies policies() {
    return new StackPolicies(cloudFormation, this::file);
  }

  private SortedMap<String, StackState> states() {
    return new TreeMap<>(new Stacks(cloudFormation, FakeCloudFormation.CLUSTER).all());
  }

  private Optional<byte[]> file(String path) {
    return Optional.ofNullable(files.get(path)).map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  private static software.amazon.awssdk.services.cloudformation.model.Stack etcd(String size) {
    return FakeCloudFormation.stack("etcd", "UPDATE_COMPLETE").toBuilder()
        .parameters(parameter("Size", size), parameter("Token", "****"))
        .build();
  }

  private static Parameter parameter(String key, String value) {
    return Parameter.builder().parameterKey(key).parameterValue(value).build();
  }

  private static Stack wanted(String size) {
    return new Stack(
        "etcd",
        "e2e-etcd",
        "etcd",
        Optional.empty(),
        new TreeMap<>(Map.of("Size", size, "Token", "secret")),
        new TreeMap<>(
            Map.of("fairway:cluster", FakeCloudFormation.CLUSTER, "fairway:stack", "etcd")),
        List.of());
  }

  private static String manifest(boolean isProtected) {
    return "{\"artifacts\": {\"e2e-etcd\": {\"properties\": {\"terminationProtection\": %s}}}}"
        .formatted(isProtected);
  }

  private record NoObjects() implements S3Client {
    @Override
    public String serviceName() {
      return "s3";
    }

    @Override
    public void close() {}
  }
}
