package dev.fairway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.platform.cloud.Profiles;
import dev.fairway.source.ClusterSource;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the end-to-end workflow needs beside Fairway's own commands, as far as it runs anywhere. */
class EndToEndToolsTest {
  private static final Path TOOLS = Path.of("tools/end-to-end");

  @TempDir private Path folder;

  @Test
  void eachAttemptOfARunHasAClusterOfItsOwn() throws IOException, InterruptedException {
    run("record", "42-2", folder.toString());

    var fleet = Workspace.here().fleet(Optional.of(folder), Profiles.all()).outcome();

    assertThat(fleet.value().orElseThrow().clusters())
        .extracting(ClusterSource::cluster)
        .singleElement()
        .satisfies(cluster -> {
          assertThat(cluster.localId()).isEqualTo("e2e-42-2");
          assertThat(cluster.isCalled("e2e")).isTrue();
        });
  }

  /** Without the attempt, what was kept of the one before would be in its way. */
  @Test
  void aRunWithoutItsAttemptIsRefused() throws IOException, InterruptedException {
    for (var id : List.of("42", "", "-", "42-", "x-1", "4x-1", "4 2-1", "4-2-1")) {
      for (var tool : List.of("record", "secrets")) {
        var process = started(tool, id, folder.toString());
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).as("%s '%s'", tool, id).isEqualTo(2);
      }
    }
  }

  @Test
  void theLoadIsSentToAHostOfTheCluster() throws IOException {
    var hosted = Files.readString(Path.of("clusters/e2e.yaml"));
    var zone = hosted.replaceAll("(?s).*hosted_zone:\\n  id: \\S+\\n  name: (\\S+)\\n.*", "$1");

    assertThat(Files.readString(TOOLS.resolve("load.yaml"))).contains("host: load." + zone + "\n");
  }

  @Test
  void onlyEmptySecretsAreFilled() throws IOException, InterruptedException {
    var aws = folder.resolve("aws");
    Files.writeString(
        aws,
        """
        #!/bin/sh
        echo "$2 $4" >>%1$s/asked
        case "$2 $4" in
          "list-secrets "*) printf 'fairway/e2e-7-1/etcd-ca\\tfairway/e2e-7-1/kubernetes-ca\\n' ;;
          "describe-secret fairway/e2e-7-1/etcd-ca") echo 0 ;;
          "describe-secret "*) echo 1 ;;
          "get-secret-value "*) printf 'secret of a test' ;;
          "put-secret-value "*) cat "${6#file://}" >%1$s/put ;;
        esac
        """
            .formatted(folder));
    Files.setPosixFilePermissions(aws, PosixFilePermissions.fromString("rwx------"));

    var told = run("secrets", "7-1");

    assertThat(told).isEqualTo("fairway/e2e-7-1/etcd-ca\n").doesNotContain("secret of a test");
    assertThat(folder.resolve("put")).hasContent("secret of a test");
    assertThat(Files.readAllLines(folder.resolve("asked")))
        .contains("get-secret-value fairway/end-to-end/etcd-ca")
        .doesNotContain("put-secret-value fairway/e2e-7-1/kubernetes-ca");
  }

  @Test
  void aSuiteIsSummedUpAsGoodOnlyWhenItPassed() throws IOException, InterruptedException {
    var good = "<testcase name='a'/><testcase name='b'><skipped/></testcase>";

    assertThat(summary(good)).isZero();
    assertThat(summary(good + "<testcase name='c'><failure/></testcase>")).isEqualTo(1);
    assertThat(summary("<testcase name='b'><skipped/></testcase>")).isEqualTo(1);
    assertThat(summary("")).isEqualTo(1);
  }

  private int summary(String cases) throws IOException, InterruptedException {
    Files.writeString(
        folder.resolve("junit_01.xml"),
        "<testsuites><testsuite>%s</testsuite></testsuites>".formatted(cases));
    var process = started("summary", folder.toString());
    process.getInputStream().readAllBytes();
    return process.waitFor();
  }

  private String run(String... words) throws IOException, InterruptedException {
    var process = started(words);
    var told = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(told).isZero();
    return told;
  }

  private Process started(String... words) throws IOException {
    List<String> command = new ArrayList<>(Arrays.asList(words));
    command.set(0, TOOLS.resolve(words[0]).toString());
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .merge("PATH", folder.toString(), (path, ours) -> ours + File.pathSeparator + path);
    return builder.start();
  }
}
