package dev.fairway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** On the checkout's own channels and clusters. */
class ChannelsWavesCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** GitHub reads a line up to its end, and a matrix from one line of JSON. */
  @Test
  void aWaveIsAMatrixThatAStepCanHandOn() throws IOException {
    var outputs = outputs("channels", "waves", "stable", "--wave", "major", "--matrix");

    assertThat(outputs.keySet()).containsExactlyInAnyOrder("branch", "clusters", "max-parallel");
    assertThat(outputs).containsEntry("branch", "stable");
    assertThat(Integer.parseInt(outputs.get("max-parallel"))).isPositive();
    var clusters = JSON.readTree(outputs.get("clusters"));
    assertThat(clusters).isNotEmpty();
    assertThat(clusters)
        .allSatisfy(cluster ->
            assertThat(names(cluster))
                .containsExactlyInAnyOrder("cluster", "account", "region", "local_id"))
        .extracting(cluster -> cluster.path("cluster").asText())
        .contains("shop");
  }

  @Test
  void withoutAWaveTheMatrixIsOfAllWaves() throws IOException {
    var waves = JSON.readTree(outputs("channels", "waves", "--matrix").get("waves"));

    assertThat(waves).extracting(wave -> wave.path("channel").asText()).contains("alpha", "stable");
    assertThat(waves)
        .allSatisfy(wave -> assertThat(names(wave)).containsExactlyInAnyOrder("channel", "wave"));
  }

  @Test
  void programsAreToldAllOfIt() throws IOException {
    var document = JSON.readTree(run(0, "channels", "waves", "stable", "--output", "json"));

    assertThat(document.path("waves"))
        .isNotEmpty()
        .allSatisfy(wave ->
            assertThat(names(wave))
                .contains("wave", "clusters", "max_in_flight", "pause_seconds", "stop_on_failure"));
  }

  @Test
  void aWaveThatIsNotThereIsNoEmptyMatrix() {
    assertThat(run(1, "channels", "waves", "stable", "--wave", "mayor", "--matrix")).isEmpty();
    assertThat(run(1, "channels", "waves", "stabel")).isEmpty();
  }

  /** Which channel's? */
  @Test
  void aWaveIsOfAChannel() {
    assertThat(run(2, "channels", "waves", "--wave", "major")).isEmpty();
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static Map<String, String> outputs(String... arguments) {
    return run(0, arguments)
        .lines()
        .map(line -> line.split("=", 2))
        .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
  }

  private static String run(int exitCode, String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var line = Main.commandLine(new PrintWriter(out), new PrintWriter(err));
    assertThat(line.execute(arguments)).as(err.toString()).isEqualTo(exitCode);
    return out.toString();
  }
}
