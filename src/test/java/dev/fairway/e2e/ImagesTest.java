package dev.fairway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Compiled;
import dev.fairway.e2e.FairwayProcess.Ended;
import dev.fairway.e2e.report.Evidence;
import dev.fairway.e2e.report.Item;
import dev.fairway.model.Image;
import dev.fairway.model.ImageLock;
import dev.fairway.release.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The images of the platform, by their names, in a registry that speaks the OCI API. */
@Tag("e2e")
@Item(8)
@TestMethodOrder(OrderAnnotation.class)
final class ImagesTest {
  private static final Path FOLDER = Path.of("target/e2e/images").toAbsolutePath();
  private static final Path LOCK = FOLDER.resolve("home").resolve(ImageLock.FILE);
  private static final List<Image> IMAGES = Compiled.platform().images();

  private static EngineProcess registry;
  private static String address;
  private static int runs;

  @BeforeAll
  static void start(Evidence evidence) throws IOException {
    evidence
        .engine("go-containerregistry's registry")
        .standIn(
            "images", "one layer of one file under all names: what they hold is not looked at");
    Folders.delete(FOLDER);
    Files.createDirectories(LOCK.getParent());
    Files.writeString(LOCK, "");
    address = "127.0.0.1:" + FreePort.next();
    registry =
        EngineProcess.start(
            "crane",
            List.of("registry", "serve", "--address", address),
            FOLDER.resolve("registry.log"));
    Eventually.holds(
        "the registry answers", Duration.ofSeconds(20), () -> crane("catalog", address));
    Files.writeString(FOLDER.resolve("file"), "of the layer");
    run(
        List.of(
            "tar", "-C", FOLDER.toString(), "-cf", FOLDER.resolve("layer.tar").toString(), "file"));
    push("first");
  }

  @AfterAll
  static void end() {
    registry.close();
  }

  @Test
  @Order(1)
  void aPlanSaysWhatWouldBeLockedAndWritesNothing() throws IOException {
    var planned = lock("--plan").succeeded();

    assertThat(planned.json().required("changed").size()).isEqualTo(IMAGES.size());
    assertThat(LOCK).isEmptyFile();
  }

  @Test
  @Order(2)
  void everyImageIsLocked(Evidence evidence) throws IOException {
    evidence.figure("images", IMAGES.size());
    lock().succeeded();

    var lock = ImageLock.parse(Files.readString(LOCK));
    evidence.text("images.lock", Files.readString(LOCK));
    assertThat(lock.entries().keySet())
        .containsExactlyInAnyOrderElementsOf(IMAGES.stream().map(Image::name).toList());
    for (var image : IMAGES) {
      assertThat(lock.pin(image).digest().map(digest -> "sha256:" + digest.hex()))
          .contains(output("digest", here(image)));
    }
  }

  @Test
  @Order(3)
  void nothingIsDifferentTheSecondTime() throws IOException {
    var before = Files.getLastModifiedTime(LOCK);

    assertThat(lock().succeeded().json().required("changed")).isEmpty();
    assertThat(Files.getLastModifiedTime(LOCK)).isEqualTo(before);
  }

  @Test
  @Order(4)
  void aTagThatMovedIsTold() {
    push("second", IMAGES.getFirst());

    var changed = lock().succeeded().json().required("changed");
    assertThat(changed).hasSize(1);
    assertThat(changed.required(IMAGES.getFirst().name()).asText()).startsWith("moved from ");
  }

  @Test
  @Order(5)
  void oneImageThatIsMissingKeepsAllFromBeingLocked() throws IOException {
    var before = Files.readString(LOCK);
    run(crane(List.of("delete", output("digest", "--full-ref", here(IMAGES.getLast())))));
    run(crane(List.of("delete", here(IMAGES.getLast()))));

    var refused = lock();
    assertThat(refused.code()).isEqualTo(1);
    assertThat(Told.by(refused).messages("FW8001"))
        .singleElement()
        .asString()
        .contains(IMAGES.getLast().name());
    assertThat(Files.readString(LOCK)).isEqualTo(before);
  }

  private static Ended lock(String... more) {
    var arguments = new ArrayList<>(List.of("images", "lock", "--output", "json"));
    hosts().forEach(host -> arguments.addAll(List.of("--mirror", host + "=http://" + address)));
    arguments.addAll(List.of(more));
    runs++;
    return FairwayProcess.start(
            FOLDER.resolve("home"), Map.of(), FOLDER.resolve("run" + runs), arguments)
        .await();
  }

  private static List<String> hosts() {
    return IMAGES.stream().map(image -> host(image.repository())).distinct().toList();
  }

  private static String host(String repository) {
    return repository.substring(0, repository.indexOf('/'));
  }

  private static String here(Image image) {
    var repository = image.repository();
    return address + repository.substring(repository.indexOf('/')) + ":" + image.tag();
  }

  private static void push(String content) {
    push(content, IMAGES.toArray(Image[]::new));
  }

  /** The first is made, and the others are copies of it. */
  private static void push(String content, Image... images) {
    var first = here(images[0]);
    var made = address + "/made:" + content;
    run(crane(List.of("append", "-f", FOLDER.resolve("layer.tar").toString(), "-t", made)));
    run(
        crane(
            List.of(
                "mutate",
                made,
                "--set-platform",
                "linux/amd64",
                "-l",
                "c=" + content,
                "-t",
                first)));
    for (var image : images) {
      if (!here(image).equals(first)) {
        run(crane(List.of("copy", first, here(image))));
      }
    }
  }

  private static boolean crane(String... arguments) {
    run(crane(List.of(arguments)));
    return true;
  }

  private static List<String> crane(List<String> arguments) {
    var command = new ArrayList<>(List.of(Engines.path("crane").toString()));
    command.addAll(arguments);
    return command;
  }

  private static String output(String... arguments) {
    return run(crane(List.of(arguments))).strip();
  }

  private static String run(List<String> command) {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (var reader = process.inputReader()) {
        var out = reader.lines().collect(Collectors.joining("\n"));
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
          // Not an AssertionError: it may only be too early.
          throw new IllegalStateException(command + ": " + out);
        }
        return out;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
