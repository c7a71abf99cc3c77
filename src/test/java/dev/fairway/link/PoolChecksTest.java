package dev.fairway.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Compiled;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.source.FleetReader;
import dev.fairway.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a pool's own instance types, labels and taints must keep to, by its profile. */
class PoolChecksTest {
  private static final String TYPES = "      - r5.4xlarge\n      - r6i.4xlarge\n";
  private static final String GPU_ITEMS = "max_size: 8\n    config_items: {}";

  @Test
  void aTypeThatCannotBootTheImage() throws IOException {
    var found = only(TYPES, "      - r5.4xlarge\n      - r6g.4xlarge\n");

    assertThat(found.code()).isEqualTo(Code.UNFIT_INSTANCE_TYPE);
    assertThat(found.message()).contains("r6g.4xlarge");
  }

  @Test
  void aTypeWithFewerGpusThanTheAutoscalerIsTold() throws IOException {
    var found = diagnostics(GPU_ITEMS, gpuItem("gpus_per_node: \"4\""));

    assertThat(found).extracting(Diagnostic::code).containsOnly(Code.UNFIT_INSTANCE_TYPE);
    assertThat(found).first().extracting(Diagnostic::message).asString().contains("4");
  }

  @Test
  void aLaterTypeThatIsSmallerIsAWarning() throws IOException {
    var found = only(TYPES, "      - r6i.4xlarge\n      - r5.2xlarge\n");

    assertThat(found.code()).isEqualTo(Code.UNEVEN_INSTANCE_TYPES);
    assertThat(found.isError()).isFalse();
    assertThat(diagnostics(TYPES, "      - r5.2xlarge\n      - r6i.4xlarge\n")).isEmpty();
  }

  @Test
  void aTypeThatTheTableLacksIsNotJudged() throws IOException {
    assertThat(diagnostics(TYPES, "      - x99.large\n      - r5.large\n")).isEmpty();
  }

  @Test
  void aLabelOrTaintOfTheProfileItself() throws IOException {
    var label = only(GPU_ITEMS, gpuItem("node_labels: fairway.dev/pool=mine"));
    var taint = only(GPU_ITEMS, gpuItem("node_taints: nvidia.com/gpu=mine:NoExecute"));

    assertThat(List.of(label, taint)).extracting(Diagnostic::code).containsOnly(Code.RESERVED_KEY);
    assertThat(label.message()).contains("fairway.dev/pool");
  }

  private static String gpuItem(String item) {
    return "max_size: 8\n    config_items:\n      " + item;
  }

  private static Diagnostic only(String line, String replacement) throws IOException {
    var found = diagnostics(line, replacement);
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private static List<Diagnostic> diagnostics(String line, String replacement) throws IOException {
    var record = Files.readString(Path.of("clusters/data.yaml"));
    assertThat(record).contains(line);
    var file = new SourceFile("clusters/data.yaml", record.replace(line, replacement));
    var read = FleetReader.read(List.of(file), Compiled.facts()).value().orElseThrow();
    var linker = new Linker(Linkable.of(Compiled.release()));
    return linker.link(read.clusters().getFirst()).diagnostics().all();
  }
}
