package dev.fairway.deploy.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.link.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundTest {
  private static final Path MODULES = Path.of("node_modules").toAbsolutePath();
  private static final Path NODE = MODULES.resolve("node/bin/node");
  private static final Stack STACK =
      new Stack(
          "etcd", "e2e-etcd", "t", Optional.empty(), new TreeMap<>(), new TreeMap<>(), List.of());
  private static final Diagnostic LOST =
      Diagnostic.general(Code.LEASE_LOST, "the lease is lost", "none");

  private final FakeCloudFormation cloudFormation = new FakeCloudFormation();

  @TempDir private Path folder;

  @Test
  void whoMayNotWriteStartsNoCdk() throws IOException {
    var started = folder.resolve("started");
    var round = round("fs.writeFileSync('%s', '')".formatted(started), () -> Optional.of(LOST));

    assertThatThrownBy(round::run).isInstanceOf(Objection.Raised.class);
    assertThat(started).doesNotExist();
  }

  @Test
  void whoMayNoLongerWriteEndsTheCdkThatRuns() throws IOException {
    var pid = folder.resolve("pid");
    var round =
        round(
            "fs.writeFileSync('%s', String(process.pid)); setInterval(() => {}, 1000);"
                .formatted(pid),
            () -> Files.exists(pid) ? Optional.of(LOST) : Optional.empty());

    assertThatThrownBy(round::run).isInstanceOf(Objection.Raised.class);
    assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid)))).isEmpty();
  }

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

  private Round round(String script, Supplier<Optional<Diagnostic>> question) throws IOException {
    var cdk = Files.writeString(folder.resolve("cdk.cjs"), "const fs = require('fs'); " + script);
    cloudFormation.has(FakeCloudFormation.stack("etcd", "CREATE_COMPLETE"));
    return new Round(
        new Stacks(cloudFormation, FakeCloudFormation.CLUSTER),
        new CdkCli(NODE, cdk, Map.of()),
        folder,
        List.of(STACK),
        "control-plane",
        Deadline.in(Duration.ofMinutes(1), InstantSource.system()),
        Listener.SILENT,
        new Objection(question));
  }
}
