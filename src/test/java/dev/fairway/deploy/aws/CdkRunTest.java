package dev.fairway.deploy.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CdkRunTest {
  private static final Path NODE = Path.of("node_modules/node/bin/node").toAbsolutePath();
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void itSaysWhatItSaidAndHowItEnded() throws IOException {
    var cli =
        cli(
            "console.log(process.argv[2] + process.env.NO_COLOR + process.env.MORE);"
                + " console.error('aside'); process.exitCode = 3;");
    try (var run = CdkRun.start(cli, folder, List.of("deploy"))) {
      assertThat(run.isOverWithin(LONG)).isTrue();
      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(run.output().lines()).containsExactlyInAnyOrder("deploy1yes", "aside");
    }
  }

  @Test
  void itEndsWithItsStandardInputThoughItIsBusy() throws Exception {
    var cli = cli("console.log('busy'); while (true);");
    var process =
        new ProcessBuilder(CdkRun.command(cli, List.of())).redirectErrorStream(true).start();
    try {
      assertThat(process.inputReader().readLine()).isEqualTo("busy");
      process.getOutputStream().close();
      assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void itIsEndedWhenNobodyWantsItAnyMore() throws IOException {
    var run = CdkRun.start(cli("setInterval(() => {}, 1000);"), folder, List.of());
    assertThat(run.isOverWithin(Duration.ofMillis(100))).isFalse();
    run.close();
    assertThat(run.isOverWithin(Duration.ZERO)).isTrue();
  }

  @Test
  void noVariableOfTheUserChangesTheDeploy() {
    var environment = new TreeMap<String, String>();
    for (var name :
        List.of("CDK_ROLLBACK", "CDK_HOTSWAP", "FORCE_COLOR", "CDK_HOME", "AWS_PROFILE")) {
      environment.put(name, "theirs");
    }
    CdkRun.prepare(environment, new CdkCli(NODE, folder, Map.of("MORE", "yes")));
    assertThat(environment)
        .containsOnlyKeys(
            "AWS_PROFILE", "CDK_DISABLE_CLI_TELEMETRY", "CDK_HOME", "MORE", "NO_COLOR");
  }

  @Test
  void whatIsNotInstalledIsNamed() {
    assertThat(CdkCli.in(folder, Map.of()).diagnostics().all())
        .hasSize(2)
        .allSatisfy(diagnostic -> assertThat(diagnostic.remedy()).contains("tools/npm-install"));
  }

  private CdkCli cli(String script) throws IOException {
    var file = folder.resolve("cdk.cjs");
    Files.writeString(file, script);
    return new CdkCli(NODE, file, Map.of("MORE", "yes"));
  }
}
