package dev.fairway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairway.e2e.report.Evidence;
import dev.fairway.e2e.report.Item;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Jib builds the token webhook's image from a base and pushes it, by the plugin's configuration in
 * the pom. Base and registry are local: the base holds no Java, so the image is not run.
 */
@Tag("e2e")
@Item(8)
final class TokenWebhookImageTest {
  private static final Path FOLDER = Path.of("target/e2e/token-webhook-image");
  private static EngineProcess registry;
  private static String host;

  @BeforeAll
  static void start() throws Exception {
    Files.createDirectories(FOLDER);
    host = "127.0.0.1:" + FreePort.next();
    registry =
        EngineProcess.start(
            "crane",
            List.of("registry", "serve", "--address", host),
            FOLDER.resolve("registry.log").toAbsolutePath());
    Eventually.holds(
        "the registry serves",
        Duration.ofSeconds(20),
        () -> {
          registry.requireAlive();
          return crane("catalog", host).status() == 0;
        });
    var content = Files.writeString(FOLDER.resolve("runtime"), "a Java runtime would be here");
    var layer = FOLDER.resolve("layer.tar").toString();
    assertThat(run(List.of("tar", "-cf", layer, "-C", FOLDER.toString(), "runtime")).status())
        .as(content.toString())
        .isZero();
    var base = host + "/base:1";
    assertThat(crane("append", "-f", layer, "-t", base).status()).isZero();
    assertThat(crane("mutate", "--set-platform", "linux/amd64", "-t", base, base).status())
        .isZero();
  }

  @AfterAll
  static void stop() {
    registry.close();
  }

  @Test
  void theImageHoldsTheJarAndItsLibrariesAndNothingElseOfOurs(Evidence evidence) throws Exception {
    var image = host + "/token-webhook:1";
    var built =
        jib(
            "-Dtoken-webhook.base=" + host + "/base@" + crane("digest", host + "/base:1").text(),
            "-Dtoken-webhook.image=" + image,
            "-Djib.allowInsecureRegistries=true");
    assertThat(built.status()).as(built.text()).isZero();

    var config = new ObjectMapper().readTree(crane("config", image).text());
    assertThat(config.path("architecture").asText()).isEqualTo("amd64");
    assertThat(config.at("/config/User").asText()).isEqualTo("65532");
    assertThat(config.at("/config/Entrypoint").toString())
        .contains("-Xmx96m", "\"-jar\",\"/token-webhook/fairway-token-webhook.jar\"");

    var tar = FOLDER.resolve("image.tar").toString();
    assertThat(crane("export", image, tar).status()).isZero();
    var files = run(List.of("tar", "-tf", tar)).text().lines().filter(f -> !f.endsWith("/"));
    var named = files.filter(file -> file.matches("runtime|.*\\.[a-z]+|app.*")).toList();
    evidence.engine("jib-maven-plugin 3.5.2").text("the files", String.join("\n", named));
    assertThat(named)
        .containsExactlyInAnyOrder(
            "runtime",
            "token-webhook/fairway-token-webhook.jar",
            "token-webhook/lib/jackson-annotations.jar",
            "token-webhook/lib/jackson-core.jar",
            "token-webhook/lib/jackson-databind.jar",
            "token-webhook/lib/nimbus-jose-jwt.jar");
  }

  @Test
  void withoutABaseNothingIsBuilt() throws Exception {
    var built = jib("-Dtoken-webhook.image=" + host + "/none:1");

    assertThat(built.status()).isNotZero();
    assertThat(built.text()).contains("token-webhook.base");
  }

  private record Ended(int status, String text) {}

  private static Ended jib(String... properties) throws Exception {
    var command = new ArrayList<>(List.of("mvn", "-B", "-q", "jib:build", "-Djib.console=plain"));
    command.addAll(List.of(properties));
    return run(command);
  }

  private static Ended crane(String... arguments) {
    var command = new ArrayList<String>();
    command.add(Engines.path("crane").toString());
    command.addAll(List.of(arguments));
    try {
      return run(command);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Ended run(List<String> command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return new Ended(process.exitValue(), text.strip());
  }
}
