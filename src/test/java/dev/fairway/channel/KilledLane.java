package dev.fairway.channel;

import static dev.fairway.channel.GitCommand.git;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cli.Main;
import dev.fairway.e2e.StartedFast;
import dev.fairway.release.ReleaseFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A remote whose channels take what links, and one process after another that is killed on it. */
final class KilledLane {
  private static final List<String> CHANNELS = List.of("dev", "alpha");

  /** Before it a process has not come to its first step, and to kill it proves little. */
  private static final double STARTED = 0.35;

  /** In a row, of one command; the next run may end. */
  private static final int MOST = 8;

  private final Path folder;
  private final Path clone;
  private final Random random;
  private final Map<String, Long> lasting = new TreeMap<>();

  KilledLane(Path folder, int seed) throws IOException {
    this.folder = folder;
    this.clone = folder.resolve("clone");
    this.random = new Random(seed);
    var key = SigningKey.generate();
    key.write(folder.resolve("key"));
    git(folder, "init", "-q", "--bare", "-b", "main", "remote.git");
    git(folder, "clone", "-q", "remote.git", "clone");
    Harbour.toServerOfGit(clone);
    write("channels/dev.yaml", "name: dev\n");
    write("channels/alpha.yaml", "name: alpha\nupstream: dev\n");
    write(
        "channels/trust.yaml", "keys:\n" + Harbour.key("ci", key, "    promotes: [dev, alpha]\n"));
    git(clone, "add", "-A");
    git(clone, "commit", "-q", "-m", "begin");
    git(clone, "push", "-q", "origin", "main");
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(clone.resolve(file).getParent());
    Files.writeString(clone.resolve(file), text);
  }

  /** Promotes one release after another until so many processes were killed. */
  void campaign(int wanted) throws IOException, InterruptedException {
    var kills = 0;
    var releases = 0;
    while (kills < wanted) {
      var release = TinyReleases.of("release " + releases++);
      var packed = folder.resolve("release");
      ReleaseFolder.write(release, packed);
      var digest = release.digest().hex();
      kills += untilDone("release", "publish", "--release", packed.toString());
      kills += untilDone("promote", "dev", "--release", digest);
      kills += untilDone("promote", "alpha", "--release", digest);
      for (var channel : CHANNELS) {
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
      for (var channel : CHANNELS) {
        var verified =
            new Overview(repository, true, InstantSource.system(), (_, _) -> Losses.NONE)
                .verify(channel);
        assertThat(verified.diagnostics().all()).isEmpty();
        assertThat(verified.value().orElseThrow().commits()).isEqualTo(commits);
      }
    }
  }

  /** Runs it until a run ends by itself; how many were killed. */
  private int untilDone(String... words) throws IOException, InterruptedException {
    var command = words[0] + " " + words[1];
    for (var kills = 0; ; kills++) {
      var started = System.nanoTime();
      var process = start(words);
      if (process.waitFor(patience(command, kills), TimeUnit.MILLISECONDS)) {
        assertThat(process.exitValue()).as(Files.readString(log())).isZero();
        lasting.put(command, (System.nanoTime() - started) / 1_000_000);
        return kills;
      }
      process.destroyForcibly().waitFor();
    }
  }

  /** In milliseconds: some time of what the last run took that nobody killed. */
  private long patience(String command, int kills) {
    var whole = lasting.getOrDefault(command, 1_000L);
    return kills == MOST ? Long.MAX_VALUE : (long) (whole * random.nextDouble(STARTED, 1));
  }

  private Path log() {
    return folder.resolve("log");
  }

  private Process start(String... words) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(StartedFast.options());
    command.add(Main.class.getName());
    command.addAll(List.of(words));
    command.addAll(
        List.of("--repository", clone.toString(), "--key", folder.resolve("key").toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log().toFile())
        .start();
  }
}
