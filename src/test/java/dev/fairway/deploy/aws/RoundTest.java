package dev.fairway.deploy.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.link.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundTest {
  private static final Path MODULES = Path.of("node_modules").toAbsolutePath();
  private static final Path NODE = MODULES.resolve("node/bin/node");
  private static final Stack STACK =
      new Stack(
          "etcd", "e2e-etcd", "t", Optional.empty(), new TreeMap<>(), new TreeMap<>(), List.of());
  @TempDir private Path folder;

  /** Tags in {@code ~/.cdk.json} would be all that a stack gets, its cluster's not among them. */
  @Test
  void theUsersSettingsDoNotReachTheCdk() throws IOException {
    Files.writeString(
        folder.resolve(".cdk.json"),
        """
        {"tags": [{"Key": "team", "Value": "x"}], "app": "false", "rollback": false, "requireApproval": "broadening"}
        """);
    Files.writeString(folder.resolve("manifest.json"), "{\"version\": \"36.0.0\"}");
    var environment =
        Map.of("HOME", folder.toString(), "CDK_HOME", folder.resolve(".cdk").toString());
    var cli = new CdkCli(NODE, MODULES.resolve("aws-cdk/bin/cdk"), environment);
    var arguments = new ArrayList<>(Round.arguments(List.of(STACK)));
    arguments.addAll(List.of("--ignore-no-stacks", "--verbose"));

    try (var run = CdkRun.start(cli, folder, arguments)) {
      assertThat(run.isOverWithin(Duration.ofSeconds(60))).isTrue();
      var lines = run.output().lines();
      assertThat(run.exitCode()).as(String.join("\n", lines)).isZero();
      var merged = lines.stream().dropWhile(line -> !line.contains("merged settings:"));
      assertThat(merged.map(String::strip))
          .contains("tags: [],", "app: '.',", "rollback: true,", "requireApproval: 'never',");
    }
  }
}
