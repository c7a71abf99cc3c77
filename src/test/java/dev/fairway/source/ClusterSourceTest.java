package dev.fairway.source;

import static dev.fairway.source.Records.PETS;
import static dev.fairway.source.Records.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.diagnostic.Span;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterSourceTest {
  private static final ClusterSource SOURCE =
      FleetReader.read(List.of(file("pets", PETS)), Records.FACTS)
          .value()
          .orElseThrow()
          .clusters()
          .getFirst();

  @ParameterizedTest
  @CsvSource({
    "'', id: aws",
    "/channel, alpha",
    "/hosted_zone/name, example.org",
    "/availability_zones/2, eu-central-1c",
    "/node_pools/1/max_size, '9\n'",
    "/config_items/log_days, '\"14\"'",
    // What the file leaves out stands where the nearest thing around it does.
    "/config_items/missing, nat_gateways: one",
    "/availability_zones/3, - eu-central-1a",
    "/cdk_qualifier, id: aws"
  })
  void aPointerLeadsToItsValue(String pointer, String text) {
    assertThat(textAt(SOURCE.spans().value(pointer))).startsWith(text);
  }

  @Test
  void keysAndPoolsAreFoundByName() {
    assertThat(textAt(SOURCE.configItems().getFirst().span())).startsWith("log_days:");
    assertThat(textAt(SOURCE.at("owner"))).startsWith("team-pets");
    assertThat(textAt(SOURCE.inPool("worker", "max_size"))).startsWith("9\n");
    assertThat(textAt(SOURCE.poolConfigItem("spot", "labels"))).startsWith("labels: team");
    assertThat(textAt(SOURCE.inPool("nobody", "max_size"))).startsWith("- name: spot");
  }

  @Test
  void whatWasNotReadFromAFileStandsAtItsSource() {
    assertThat(Spans.none("registry").value("/node_pools/0")).isEqualTo(new Span("registry", 1, 1));
    assertThat(Spans.none("registry").key("/config_items/a")).hasToString("registry:1:1");
  }

  @Test
  void stepsAreEscapedAsJsonPointersAre() {
    var key = new YamlNode.Scalar(7, 1, "a/b~1", YamlNode.ScalarKind.TEXT);
    var value = new YamlNode.Scalar(7, 8, "x", YamlNode.ScalarKind.TEXT);
    var entry = new YamlNode.Entry(key, value);
    var entries = new LinkedHashMap<String, YamlNode.Entry>();
    entries.put(key.text(), entry);
    var spans = new Spans("a.yaml", new YamlNode.Mapping(1, 1, entries, true));

    assertThat(Spans.step("a/b~1")).isEqualTo("a~1b~01");
    assertThat(spans.value("/a~1b~01")).hasToString("a.yaml:7:8");
    assertThat(spans.key("/a~1b~01")).hasToString("a.yaml:7:1");
  }

  private static String textAt(Span span) {
    assertThat(span.file()).isEqualTo("clusters/pets.yaml");
    var line = PETS.lines().skip(span.line() - 1L).findFirst().orElseThrow();
    return line.substring(span.column() - 1) + "\n";
  }
}
