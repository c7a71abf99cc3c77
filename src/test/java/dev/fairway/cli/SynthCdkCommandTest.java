package dev.fairway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SynthCdkCommandTest {
  @TempDir private Path folder;

  @Test
  void theClusterIsNamedByTheContextHoweverLongThatIs() throws IOException {
    var file = Files.writeString(folder.resolve("context.json"), "{\"cluster\":\"shop\"}");

    assertThat(SynthCdkCommand.cluster(Map.of())).isEqualTo(SynthCdkCommand.DEFAULT_CLUSTER);
    assertThat(SynthCdkCommand.cluster(Map.of("FAIRWAY_CONTEXT_JSON", "{\"cluster\":\"pets\"}")))
        .isEqualTo("pets");
    assertThat(
            SynthCdkCommand.cluster(
                Map.of("FAIRWAY_CONTEXT_JSON", "{}", "FAIRWAY_CONTEXT_FILE", file.toString())))
        .isEqualTo("shop");
  }
}
