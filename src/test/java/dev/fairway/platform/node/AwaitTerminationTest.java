package dev.fairway.platform.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The order in which a node that must go does what it has to, as bash runs the script. What it
 * calls only notes that it was called; EC2's metadata are files.
 */
class AwaitTerminationTest {
  private static final String NOTICE = "instance-action";
  private static final String STATE = "target-lifecycle-state";
  private static final String COMMON =
      """
      set -euo pipefail
      export PATH="$PWD:$PATH"
      metadata() { cat "$(basename "$1")"; }
      """;

  /** For a drain that ends by itself, whatever else the machine does. */
  private static final String LONG_ENOUGH = "SPOT_DRAIN=60";

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    var script =
        Resources.script("await-termination").content().replace("/opt/fairway/", folder + "/");
    Files.writeString(folder.resolve("await-termination"), script);
    Files.writeString(folder.resolve("common"), COMMON);
    program("drain", "echo drained >> called");
    program("systemctl", "echo \"$*\" >> called");
    program("complete-hook", "echo \"completed $*\" >> called");
  }

  /** EC2 shuts the machine down when the group has been told that it may go on. */
  @Test
  void theGroupsInstanceIsDrainedAndTheGroupGoesOn() throws Exception {
    Files.writeString(folder.resolve(STATE), "Terminated");

    assertThat(called("TERMINATE_HOOK=drained")).containsExactly("drained", "completed drained");
  }

  @Test
  void aSpotInstanceThatIsTakenBackShutsItselfDownOnceItIsDrained() throws Exception {
    Files.writeString(folder.resolve(NOTICE), "{}");

    assertThat(called("TERMINATE_HOOK=drained", LONG_ENOUGH))
        .containsExactly("drained", "poweroff", "completed drained");
  }

  @Test
  void itDoesNotWaitLongerForPodsThatCanNotBeEvicted() throws Exception {
    Files.writeString(folder.resolve(NOTICE), "{}");
    program("drain", "exec sleep 100");

    assertThat(called("SPOT_DRAIN=1")).containsExactly("poweroff");
  }

  @Test
  void aNoticeEndsADrainForTheGroupAsWell() throws Exception {
    Files.writeString(folder.resolve(STATE), "Terminated");
    program("drain", "echo '{}' > " + NOTICE + "; exec sleep 100");

    assertThat(called("SPOT_DRAIN=1")).containsExactly("poweroff");
  }

  /** The power off must not depend on what Auto Scaling answers. */
  @Test
  void itShutsDownAlthoughTheGroupDoesNotAnswer() throws Exception {
    Files.writeString(folder.resolve(NOTICE), "{}");
    program("complete-hook", "exit 1");

    assertThat(called("TERMINATE_HOOK=drained", LONG_ENOUGH))
        .containsExactly("drained", "poweroff");
  }

  private void program(String name, String text) throws IOException {
    var file = Files.writeString(folder.resolve(name), "#!/bin/bash\n" + text + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private List<String> called(String... variables) throws IOException, InterruptedException {
    var said = folder.resolve("said");
    var command = new ArrayList<>(List.of("env"));
    command.addAll(List.of(variables));
    command.addAll(List.of("bash", "await-termination"));
    var bash = new ProcessBuilder(command);
    bash.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(said.toFile());
    var process = bash.start();
    var ended = process.waitFor(20, TimeUnit.SECONDS);
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    assertThat(ended).as(Files.readString(said)).isTrue();
    return Files.readAllLines(folder.resolve("called"));
  }
}
