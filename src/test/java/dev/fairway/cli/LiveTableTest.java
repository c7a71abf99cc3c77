package dev.fairway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.deploy.run.Event;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The table as somebody sees it: the escapes that it writes are obeyed here as a terminal would.
 */
class LiveTableTest {
  private final StringWriter written = new StringWriter();
  private Instant now = Instant.EPOCH;
  private final LiveTable table = new LiveTable(new PrintWriter(written), () -> now);

  @Test
  void theStepThatRunsShowsWhatMoves() {
    table.told(new Event.StepStarted("foundation"));
    table.told(new Event.Item("foundation", "shop-network", "CREATE_IN_PROGRESS"));
    now = now.plusSeconds(75);
    table.told(new Event.Item("foundation", "shop-network", "CREATE_COMPLETE"));
    assertThat(screen())
        .containsExactly(
            "· foundation                    1m15s",
            "    shop-network                                 CREATE_COMPLETE");
  }

  @Test
  void aStepThatEndedLeavesOneLine() {
    table.told(new Event.StepStarted("foundation"));
    table.told(new Event.Item("foundation", "shop-network", "CREATE_COMPLETE"));
    table.told(new Event.StepEnded("foundation", true, "2 changes"));
    table.told(new Event.StepStarted("secrets"));
    table.told(new Event.StepEnded("secrets", false, "failed"));
    assertThat(screen())
        .containsExactly(
            "✓ foundation                       0s  2 changes",
            "✗ secrets                          0s  failed");
  }

  @Test
  void onlyTheNewestItemsAreShown() {
    table.told(new Event.StepStarted("manifests"));
    for (var item = 0; item < 40; item++) {
      table.told(new Event.Item("manifests", "object-" + item, "applied"));
    }
    assertThat(screen()).hasSize(13).last().asString().contains("object-39");
  }

  @Test
  void namesOfOthersDoNothingToTheTerminal() {
    table.told(new Event.StepStarted("health"));
    table.told(new Event.Item("health", "\u001b[2Jpod", "x".repeat(300)));
    assertThat(screen()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    assertThat(written.toString()).doesNotContain("\u001b[2Jpod");
  }

  private List<String> screen() {
    var lines = new ArrayList<String>();
    for (var line : written.toString().split(System.lineSeparator(), -1)) {
      var rest = line;
      while (rest.startsWith("\u001b[1A\u001b[2K")) {
        lines.removeLast();
        rest = rest.substring("\u001b[1A\u001b[2K".length());
      }
      lines.add(rest);
    }
    lines.removeLast();
    return lines;
  }
}
