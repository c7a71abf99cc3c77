package dev.fairway.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldsTest {
  private static final JsonNode LIVE =
      Json.of(
          """
          {metadata: {name: 'web', resourceVersion: '7', annotations: {'a.b/c.d': 'x'},
             managedFields: [
               {manager: 'fairway', operation: 'Apply', fieldsV1: {'f:spec': {'f:replicas': {}}}},
               {manager: 'hpa', operation: 'Update', fieldsV1: {'f:spec': {'f:replicas': {},
                 'f:ports': {'k:{"port":53,"protocol":"UDP"}': {'.': {}, 'f:name': {}}}}}}]},
           spec: {replicas: 2, ports: [{port: 80, protocol: 'TCP', name: 'http'},
             {port: 53, protocol: 'UDP', name: 'dns'}], args: ['a', 'b']},
           status: {ready: 1}}
          """);

  @Test
  void whatTheServerWritesItselfIsNoChange() {
    var after = Json.of(LIVE.toString());
    after.withObjectProperty("metadata").put("resourceVersion", "8").put("generation", 3);
    after.withObjectProperty("status").put("ready", 2);

    assertThat(Fields.changed(LIVE, after)).isEmpty();
  }

  @Test
  void changesAreNamedWhereTheyAre() {
    var after = Json.of(LIVE.toString());
    after.withObjectProperty("spec").put("replicas", 3).put("paused", true);
    after.withObjectProperty("spec").withArrayProperty("args").remove(0);
    after.withObject("/spec/ports/1").put("port", 54);

    assertThat(Fields.changed(LIVE, after))
        .containsExactly(
            ".spec.args", ".spec.paused", ".spec.ports[name=\"dns\"].port", ".spec.replicas");
  }

  @Test
  void owningOtherFieldsIsAChangeToo() {
    var after = Json.of(LIVE.toString());
    after.withObject("/metadata/managedFields/0/fieldsV1/f:spec").putObject("f:args");

    assertThat(Fields.changed(LIVE, after)).containsExactly(Fields.OWNERSHIP);
    assertThat(Fields.differing(LIVE, after)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        ".spec.replicas|2",
        ".metadata.annotations.a.b/c.d|\"x\"",
        ".spec.ports[name=\"dns\"].port|53",
        ".spec.ports[port=53,protocol=\"UDP\"].name|\"dns\"",
        ".spec.ports[0].name|\"http\"",
        ".spec.args[=\"b\"]|\"b\"",
        ".spec.none.at.all|``",
        ".spec.ports[port=1].name|``",
      })
  void aPathLeadsToAValue(String path, String value) {
    assertThat(FieldPath.value(LIVE, path).toString()).isEqualTo(value == null ? "" : value);
  }

  @Test
  void whoHoldsAFieldIsSaidUnlessItIsUs() {
    var holders = FieldHolders.of(LIVE);

    assertThat(holders.holder(".spec.replicas")).isEqualTo(Optional.of("hpa"));
    assertThat(holders.holder(".spec.ports[name=\"dns\"].name")).isEqualTo(Optional.of("hpa"));
    assertThat(holders.holder(".spec.ports[name=\"http\"].name")).isEmpty();
    assertThat(holders.holder(".spec.args")).isEmpty();
  }

  @Test
  void aSecretsValuesAreHidden() {
    var secret = ObjectRef.of("v1", "Secret", "kube-system", "s");
    var map = ObjectRef.of("v1", "ConfigMap", "kube-system", "s");
    var value = LIVE.at("/spec/args/0");

    assertThat(ShownValue.of(secret, ".data.password", value)).isEqualTo("(hidden)");
    assertThat(ShownValue.of(secret, "", value)).isEqualTo("(hidden)");
    assertThat(
            ShownValue.of(
                secret,
                ".metadata.annotations.kubectl.kubernetes.io/last-applied-configuration",
                value))
        .isEqualTo("(hidden)");
    assertThat(ShownValue.of(secret, ".metadata.labels.a", value)).isEqualTo("\"a\"");
    assertThat(ShownValue.of(map, ".data.password", value)).isEqualTo("\"a\"");
  }
}
