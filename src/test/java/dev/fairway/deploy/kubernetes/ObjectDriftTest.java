package dev.fairway.deploy.kubernetes;

import static dev.fairway.deploy.kubernetes.FakeServer.done;
import static dev.fairway.deploy.kubernetes.FakeServer.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.deploy.run.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an account that may only look asks for, and what it says of what it may not see. */
class ObjectDriftTest {
  private static final String MAP = "/api/v1/namespaces/kube-system/configmaps/fairway-inventory";
  private static final String SECRET = "/api/v1/namespaces/x/secrets/";
  private static final String POLICY =
      "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies/p";

  private final FakeServer server = new FakeServer();

  ObjectDriftTest() {
    server.on(
        "GET",
        "/api",
        done(
            """
            {items: [{metadata: {}, versions: [{version: 'v1', resources: [
              {resource: 'secrets', scope: 'Namespaced', responseKind: {kind: 'Secret'}},
              {resource: 'endpoints', scope: 'Namespaced', responseKind: {kind: 'Endpoints'}}]}]}]}
            """));
    server.on(
        "GET",
        "/apis",
        done(
            """
            {items: [{metadata: {name: 'admissionregistration.k8s.io'}, versions: [{version: 'v1',
              resources: [{resource: 'validatingadmissionpolicies', scope: 'Cluster',
                responseKind: {kind: 'ValidatingAdmissionPolicy'}}]}]}]}
            """));
  }

  @Test
  void aLeftoverThatMayNotBeReadIsAFindingAndNoEnd() {
    server.on("GET", MAP, done(inventory("v1 Endpoints x old\\nv1 Secret x gone\\n")));
    server.on(
        "GET", "/api/v1/namespaces/x/endpoints/old", refused(403, "{message: 'not for you'}"));

    assertThat(drift())
        .singleElement()
        .satisfies(found -> {
          assertThat(found.ref()).isEqualTo(ObjectRef.of("v1", "Endpoints", "x", "old"));
          assertThat(found.toString()).contains("in no release any more").contains("not for you");
        });
  }

  @Test
  void aSecretThatAReleaseBringsEmptyIsLeftAloneAndOneWithContentIsNot() {
    server.on("GET", SECRET + "empty", refused(403, "{message: 'not for you'}"));

    assertThat(
            drift(
                "{apiVersion: 'v1', kind: 'Secret', metadata: {name: 'empty', namespace: 'x'}}",
                "{apiVersion: 'v1', kind: 'Secret', metadata: {name: 'full', namespace: 'x'}, data:"
                    + " {a: 'b'}}"))
        .extracting(Object::toString)
        .containsExactly("is missing");
    assertThat(server.asked()).contains("GET " + SECRET + "full");
  }

  @Test
  void admissionsOwnAreNotTried() {
    var policy =
        "{apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingAdmissionPolicy',"
            + " metadata: {name: 'p', labels: {'%s': '%s'}}, spec: {%%s}}"
                .formatted(ApplySet.MEMBER_LABEL, ApplySet.ID);
    server.on("GET", POLICY, done(policy.formatted("matchConditions: [{name: 'never'}]")));

    assertThat(drift(policy.formatted("")))
        .singleElement()
        .satisfies(found -> assertThat(found.toString()).startsWith(".spec.matchConditions is"));
    assertThat(server.asked()).noneMatch(asked -> asked.startsWith("PATCH"));
  }

  private static String inventory(String objects) {
    return "{metadata: {name: 'fairway-inventory'}, data: {cluster: '%s', objects: '%s'}}"
        .formatted(FakeServer.cluster().id(), objects);
  }

  private List<ObjectDifference> drift(String... release) {
    var manifests =
        new Manifests(Stream.of(release).map(json -> Manifest.of("f", Json.of(json))).toList());
    var found =
        new ObjectDrift(server.api()).of(manifests, Deadline.in(Duration.ofMinutes(5), server));
    assertThat(found.diagnostics().all()).isEmpty();
    return found.value().orElseThrow();
  }
}
