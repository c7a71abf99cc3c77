package dev.fairway.platform.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.platform.cloud.ControlPlane;
import dev.fairway.platform.cloud.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StaticPodTest {

  /** The API server's default. */
  private static final Duration LONGEST_REQUEST = Duration.ofMinutes(1);

  private static List<StaticPod> pods() {
    return List.of(
        ApiServer.pod(), ApiServer.podWithTokenWebhook(), ControllerManager.pod(), Scheduler.pod());
  }

  /** The lists are what {@code --help} of the real programs prints, without what is deprecated. */
  @ParameterizedTest
  @MethodSource("pods")
  void aFlagIsOneOfTheProgram(StaticPod pod) throws IOException {
    assertThat(pod.flags().values().keySet()).isSubsetOf(known(pod.name() + "-1.36.2"));
  }

  @Test
  void aFlagOfKubeletIsOneOfTheProgram() throws IOException {
    var unit = Resources.unit("kubelet.service");
    var kubelet = unit.substring(unit.indexOf("/usr/bin/kubelet"), unit.indexOf("Restart="));
    assertThat(flags(kubelet)).isSubsetOf(known("kubelet-1.36.2"));
  }

  @Test
  void aFlagOfEtcdIsOneOfTheProgram() throws IOException {
    var script = Resources.script("run-etcd").content();
    var command = script.substring(script.indexOf("\"$ETCD_IMAGE\" etcd"));
    assertThat(flags(command)).isSubsetOf(known("etcd-3.6"));
  }

  @Test
  void aFlagIsGivenOnce() {
    assertThatThrownBy(() -> Flags.none().with("runtime-config", "a").with("runtime-config", "b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--runtime-config");
  }

  /** What is mounted is on the node: from a secret that masters read, or written by Ignition. */
  @ParameterizedTest
  @MethodSource("pods")
  void aMountedFileIsOnTheNode(StaticPod pod) {
    var written = Master.config().files().stream().map(NodeFile::path);
    var fetched =
        Secrets.readBy("master").stream()
            .flatMap(secret -> secret.files().stream())
            .map(file -> file.path());
    var there = Stream.concat(written, fetched).collect(Collectors.toSet());

    assertThat(pod.allFiles()).isNotEmpty().isSubsetOf(there);
  }

  @ParameterizedTest
  @MethodSource("pods")
  void aVolumeHasANameOfItsOwn(StaticPod pod) {
    assertThat(pod.volumes())
        .extracting(volume -> volume.get("name"))
        .doesNotHaveDuplicates()
        .allMatch(name -> name instanceof String text && text.matches("[a-z0-9][a-z0-9-]{0,62}"));
  }

  /** It may serve until the load balancer sends nothing any more, and then finish. */
  @Test
  void theApiServerOutlivesTheLoadBalancersMemory() {
    var delay = ApiServer.SHUTDOWN_DELAY;

    assertThat(delay)
        .isGreaterThan(ControlPlane.DRAINING)
        .isGreaterThan(ControlPlane.HEALTH_CHECK.lag());
    assertThat(ApiServer.GRACE).isGreaterThan(delay.plus(LONGEST_REQUEST));
    assertThat(ApiServer.pod().flags().values())
        .containsEntry("shutdown-delay-duration", delay.toSeconds() + "s")
        .doesNotContainKey("request-timeout");
  }

  @Test
  void onlyHealthIsPublic() {
    var authentication =
        Master.config().files().stream()
            .filter(file -> file.path().endsWith("/authentication.yaml"))
            .findFirst()
            .orElseThrow();
    assertThat(NodeFilesTest.read(authentication).get("anonymous"))
        .isEqualTo(
            Map.of(
                "enabled",
                true,
                "conditions",
                List.of(
                    Map.of("path", "/healthz"),
                    Map.of("path", "/livez"),
                    Map.of("path", "/readyz"))));
    assertThat(ApiServer.pod().flags().values()).doesNotContainKey("anonymous-auth");
  }

  private static List<String> flags(String command) {
    return Arrays.stream(command.split("\\s+"))
        .filter(word -> word.startsWith("--"))
        .map(word -> word.substring(2).replaceFirst("=.*", ""))
        .toList();
  }

  private static List<String> known(String program) throws IOException {
    return Files.readAllLines(Path.of("src/test/resources/flags", program + ".txt"));
  }
}
