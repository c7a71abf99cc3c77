package dev.fairway.channel;

import static dev.fairway.channel.GitCommand.git;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cli.Main;
import dev.fairway.release.ReleaseFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole processes that are killed at any instant, with the server of the ordinary git on the other
 * side: whoever runs the command again finishes the job, and the chain is sound.
 */
@Tag("e2e")
class KilledProcessesTest {
  private static final int KILLS = 60;

  @TempDir(factory = InMemory.class)
  private Path folder;

  private Path clone;
  private final Random random = new Random(7);
  private long longest = 500;

  @BeforeEach
  void aRemoteWithOpenChannels() throws IOException {
    clone = folder.resolve("clone");
    GitCommand.newKey(folder.resolve("key"), "ed25519", "");
    git(folder, "init", "-q", "--template=", "--bare", "-b", "main", "remote.git");
    git(folder, "clone", "-q", "--template=", "remote.git", "clone");
    Harbour.toServerOfGit(clone);
    write("channels/dev.yaml", "name: dev\n");
    write("channels/alpha.yaml", "name: alpha\nupstream: dev\n");
    var key = List.of(Files.readString(folder.resolve("key.pub")).split(" ", 3));
    write(
        "channels/trust.yaml",
        "keys:\n  - owner: ci\n    key: %s %s\n    promotes: [dev, alpha]\n    from: 2026-01-01T00:00:00Z\n"
            .formatted(key.get(0), key.get(1)));
    git(clone, "add", "-A");
    git(clone, "commit", "-q", "-m", "begin");
    git(clone, "push", "-q", "origin", "main");
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(clone.resolve(file).getParent());
    Files.writeString(clone.resolve(file), text);
  }

  @Test
  void whatIsKilledIsFinishedByTheNextRun() throws Exception {
    var kills = 0;
    var releases = 0;
    while (kills < KILLS) {
      var release = TinyReleases.of("release " + releases++);
      var packed = folder.resolve("release");
      ReleaseFolder.write(release, packed);
      var digest = release.digest().hex();
      kills += untilDone("release", "publish", "--release", packed.toString());
      kills += untilDone("promote", "dev", "--release", digest);
      kills += untilDone("promote", "alpha", "--release", digest);
      for (var channel : List.of("dev", "alpha")) {
        assertThat(git(folder.resolve("remote.git"), "rev-list", "--count", channel))
            .isEqualTo(Integer.toString(releases));
      }
    }
    assertSound(releases);
  }

  private void assertSound(int commits) throws IOException {
    var fresh = folder.resolve("fresh");
    git(folder, "clone", "-q", "remote.git", "fresh");
    try (var repository =
        ChannelRepository.open(fresh, RepositoryAccess.ANONYMOUS).value().orElseThrow()) {
      for (var channel : List.of("dev", "alpha")) {
        var verified =
            new Overview(repository, true, InstantSource.system(), (_, _) -> Losses.NONE)
                .verify(channel);
        assertThat(verified.diagnostics().all()).isEmpty();
        assertThat(verified.value().orElseThrow().commits()).isEqualTo(commits);
      }
    }
  }

  /** Runs it until a run ends by itself; how many were killed. */
  private int untilDone(String... words) throws Exception {
    for (var kills = 0; ; kills++) {
      var started = System.nanoTime();
      var process = start(words);
      var patience = kills < 4 ? random.nextLong(longest) : Long.MAX_VALUE;
      if (process.waitFor(patience, TimeUnit.MILLISECONDS)) {
        assertThat(process.exitValue()).as(Files.readString(log())).isZero();
        longest = Math.max(longest, (System.nanoTime() - started) / 1_000_000);
        return kills;
      }
      process.destroyForcibly().waitFor();
    }
  }

  private Path log() {
    return folder.resolve("log");
  }

  private Process start(String... words) throws IOException {
    var java =
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName());
    var options =
        Stream.of("--repository", clone.toString(), "--key", folder.resolve("key").toString());
    var command = Stream.of(java, Stream.of(words), options).flatMap(it -> it).toList();
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log().toFile())
        .start();
  }
}
