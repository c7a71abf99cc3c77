package dev.fairway.source;

import static dev.fairway.source.Records.PETS;
import static dev.fairway.source.Records.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.diagnostic.Span;
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
    assertThat(textAt(SOURCE.configItem("log_days"))).startsWith("log_days:");
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
    assertThat(Spans.step("a/b~c")).isEqualTo("a~1b~0c");
  }

  private static String textAt(Span span) {
    assertThat(span.file()).isEqualTo("clusters/pets.yaml");
    var line = PETS.lines().skip(span.line() - 1L).findFirst().orElseThrow();
    return line.substring(span.column() - 1) + "\n";
  }
}
