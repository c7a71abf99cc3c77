package dev.fairway.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Seeds;
import dev.fairway.Snapshots;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Cluster;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterTextTest {

  @Test
  void readingWhatIsWrittenGivesTheSame() {
    Seeds.check(
        300,
        random -> {
          var cluster = RandomClusters.of(random, 1);
          var outcome = read(ClusterText.of(cluster));
          assertThat(outcome.diagnostics().all()).isEmpty();
          assertThat(outcome.value().orElseThrow().fleet().clusters()).containsExactly(cluster);
        });
  }

  @Test
  void equalRecordsAreEqualTexts() {
    Seeds.check(
        100,
        random -> {
          var text = ClusterText.of(RandomClusters.of(random, 1));
          assertThat(ClusterText.of(only(read(text)))).isEqualTo(text);
        });
  }

  @Test
  void theExampleFleetSurvivesIt() {
    var fleet = FleetReader.read(Path.of("clusters"), Records.FACTS).value().orElseThrow().fleet();

    assertThat(fleet.clusters())
        .allSatisfy(cluster -> assertThat(only(read(ClusterText.of(cluster)))).isEqualTo(cluster));
  }

  @Test
  void theTextItself() {
    Snapshots.assertMatches("fleet", "record.yaml", ClusterText.of(only(read(Records.VETS))));
  }

  private static Outcome<FleetSource> read(String text) {
    return FleetReader.read(List.of(Records.file("any", text)), Records.FACTS);
  }

  private static Cluster only(Outcome<FleetSource> outcome) {
    return outcome.value().orElseThrow().clusters().getFirst().cluster();
  }
}
