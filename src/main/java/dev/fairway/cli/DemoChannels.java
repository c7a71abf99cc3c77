package dev.fairway.cli;

import dev.fairway.channel.ChannelRepository;
import dev.fairway.channel.DemoRemote;
import dev.fairway.channel.NamedReleases;
import dev.fairway.channel.RepositoryAccess;
import dev.fairway.channel.SigningKey;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.release.Folders;
import dev.fairway.release.Release;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A release's way through three channels of a remote that is made for it, by the very command lines
 * that people type. Only the clock is in a hurry: what soaks for days elsewhere soaks for seconds.
 */
final class DemoChannels {
  private static final Duration SOAK = Duration.ofSeconds(6);

  /** The second in which it began has begun before it was looked at. */
  private static final Duration SOAKED = SOAK.plusSeconds(1);

  private static final String RESOURCES = "demo/";

  private final Path folder;
  private final Path release;
  private final PrintWriter out;

  /**
   * @param folder for the remote, a clone and the keys; what is in there is removed first
   * @param release the folder of the one that is promoted
   */
  DemoChannels(Path folder, Path release, PrintWriter out) {
    this.folder = folder;
    this.release = release;
    this.out = out;
  }

  Path remote() {
    return folder.resolve("fairway-demo.git");
  }

  private Path checkout() {
    return folder.resolve("clone");
  }

  private Path key(String owner) {
    return folder.resolve("keys").resolve(owner);
  }

  /**
   * Promotes the release up to the last channel.
   *
   * @param clusters the folder of the fleet's records
   */
  void run(Path clusters) throws IOException {
    Folders.delete(folder);
    Files.createDirectories(folder.resolve("keys"));
    DemoRemote.make(remote(), checkout(), files(clusters), Instant.now());
    type(ExitCode.OK, "ci", "release", "publish", "--release", release.toString());
    type(ExitCode.OK, "ci", "evidence", "add", "dev", "--kind", "demo-test");
    type(ExitCode.OK, "ci", "promote", "dev");
    soak("dev");
    type(ExitCode.OK, "ci", "promote", "alpha");
    // However long this machine took: that one is not a matter of time.
    say("Nobody of the group platform has approved it yet, so stable refuses it:");
    type(ExitCode.DIAGNOSTICS, "ci", "promote", "stable");
    type(ExitCode.OK, "ada", "approve", "stable", "--group", "platform");
    soak("alpha");
    type(ExitCode.OK, "ci", "promote", "stable");
    look("channels");
    look("verify", "stable");
  }

  /** What a channel has by now: the very bytes, read back from Git. */
  Outcome<Release> release(String channel) {
    return ChannelRepository.open(checkout(), RepositoryAccess.ANONYMOUS)
        .then(repository -> {
          try (repository) {
            return new NamedReleases(repository).find(channel);
          }
        });
  }

  private SortedMap<String, byte[]> files(Path clusters) throws IOException {
    var files = new TreeMap<String, byte[]>();
    for (var name : List.of("dev.yaml", "alpha.yaml", "stable.yaml")) {
      files.put("channels/" + name, resource(name).getBytes(StandardCharsets.UTF_8));
    }
    var trust = resource("trust.yaml").formatted(newKey("ci"), newKey("ada"));
    files.put("channels/trust.yaml", trust.getBytes(StandardCharsets.UTF_8));
    try (var records = Files.newDirectoryStream(clusters, "*.yaml")) {
      for (var record : records) {
        files.put("clusters/" + record.getFileName(), Files.readAllBytes(record));
      }
    }
    return files;
  }

  private static String resource(String name) throws IOException {
    try (var stream = DemoChannels.class.getResourceAsStream(RESOURCES + name)) {
      if (stream == null) {
        throw new IllegalStateException("no resource " + RESOURCES + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String newKey(String owner) throws IOException {
    var key = SigningKey.generate();
    key.write(key(owner));
    return key.publicKey();
  }

  /** A command that signs. */
  private void type(int expected, String owner, String... words) {
    var line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--repository", checkout().toString()));
    line.addAll(List.of("--key", key(owner).toString()));
    require(expected, execute(line));
  }

  /** A command that only looks. */
  private void look(String... words) {
    var line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--repository", checkout().toString()));
    require(ExitCode.OK, execute(line));
  }

  private int execute(List<String> line) {
    say("$ ./fairway " + String.join(" ", line));
    var code = Main.commandLine(out, out).execute(line.toArray(String[]::new));
    say("");
    return code;
  }

  private void require(int expected, int code) {
    if (code != expected) {
      out.flush();
      throw new IllegalStateException(
          "the last command ended with %d, not with %d".formatted(code, expected));
    }
  }

  private void soak(String channel) {
    say("The next channel asks that it soaks in %s for %d s.".formatted(channel, SOAK.toSeconds()));
    say("");
    out.flush();
    try {
      Thread.sleep(SOAKED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void say(String line) {
    out.println(line);
  }
}
