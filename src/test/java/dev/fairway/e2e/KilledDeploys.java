package dev.fairway.e2e;

import dev.fairway.Compiled;
import dev.fairway.e2e.FairwayProcess.Ended;
import dev.fairway.release.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/** Deploys of one cluster, each a process of its own, and most of them killed. */
final class KilledDeploys implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern STEP_ENDED = Pattern.compile("[a-z-]+: ended, .*");

  private final String name;
  private final World world;
  private final Path folder;
  private final List<ProcessHandle> children = new ArrayList<>();
  private Wanted last = Wanted.before();
  private int runs;

  /**
   * What became of a deploy that was to be killed.
   *
   * @param told all lines of it
   * @param lasted from its first line on
   * @param ended its end, when that came first
   */
  record Killed(List<String> told, Duration lasted, Optional<Ended> ended) {
    boolean isDead() {
      return ended.isEmpty();
    }

    /** The step that it was at, or stood before. */
    String step() {
      return told.isEmpty() ? "none yet" : told.getLast().replaceAll(":.*", "");
    }
  }

  KilledDeploys(World world, String name) {
    this.name = name;
    this.world = world;
    this.folder = Path.of("target/e2e").resolve(name).toAbsolutePath();
    try {
      Folders.delete(folder);
      Files.createDirectories(folder.resolve("home"));
      Files.createSymbolicLink(
          folder.resolve("home/node_modules"), Path.of("node_modules").toAbsolutePath());
      Files.createSymbolicLink(
          folder.resolve("home/channels"), Path.of("channels").toAbsolutePath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return name;
  }

  World world() {
    return world;
  }

  /** What the last one told. */
  Path lastLog() {
    return folder.resolve("deploys/%03d.err".formatted(runs));
  }

  /** To its end, whatever that is. */
  Ended toItsEnd(Wanted wanted) {
    return start(wanted).await();
  }

  /** What the last one was to bring about. */
  Wanted wanted() {
    return last;
  }

  /** What comes with {@code fairway pki}: some value for each secret. */
  void fillSecrets() {
    world.aws().fillSecrets("e2e-foundation");
  }

  /**
   * Kills it between two steps: in the moment in which it tells that one ended, which is when the
   * next one starts.
   *
   * @param ended how many steps have; with none, it dies as the first one starts
   */
  Killed betweenSteps(Wanted wanted, int ended) {
    return kill(
        start(wanted),
        (told, _) -> told.stream().filter(STEP_ENDED.asMatchPredicate()).count() >= ended);
  }

  /** Kills it this long after the first that it told. */
  Killed after(Wanted wanted, Duration time) {
    return kill(start(wanted), (_, lasted) -> lasted.compareTo(time) >= 0);
  }

  /** Whatever a killed deploy had started is gone with it. */
  void requireNoOrphans() {
    Eventually.holds(
        "no process outlives the deploy that started it",
        Duration.ofSeconds(10),
        () -> children.stream().noneMatch(ProcessHandle::isAlive));
    children.clear();
  }

  private FairwayProcess start(Wanted wanted) {
    world.requireSound();
    runs++;
    last = wanted;
    return FairwayProcess.start(
        folder.resolve("home"),
        world.environment(),
        folder.resolve("deploys/%03d".formatted(runs)),
        List.of(
            "deploy",
            "e2e",
            "--clusters=" + wanted.records(),
            "--release=" + Compiled.folder().toAbsolutePath(),
            "--lock-duration=3s",
            "--timeout=3m"));
  }

  /** Not before its first line, which a JVM takes its time for. */
  private Killed kill(FairwayProcess deploy, BiPredicate<List<String>, Duration> moment) {
    var end = Instant.now().plus(PATIENCE);
    var begun = Instant.now();
    var told = List.<String>of();
    var length = 0L;
    while (deploy.isRunning() && Instant.now().isBefore(end)) {
      // Read only when there is more: this goes round three hundred times a second.
      if (deploy.told() != length) {
        length = deploy.told();
        begun = told.isEmpty() ? Instant.now() : begun;
        told = lines(deploy);
      }
      if (!told.isEmpty() && moment.test(told, since(begun))) {
        children.addAll(deploy.handle().descendants().toList());
        deploy.kill();
        return killed(deploy, since(begun));
      }
      pause();
    }
    world.requireSound();
    var ended = deploy.await();
    return new Killed(lines(deploy), since(begun), Optional.of(ended));
  }

  private static Duration since(Instant begun) {
    return Duration.between(begun, Instant.now());
  }

  /** One that ended in the moment before the kill was not killed. */
  private static Killed killed(FairwayProcess deploy, Duration lasted) {
    var ended = deploy.isKilled() ? Optional.<Ended>empty() : Optional.of(deploy.await());
    return new Killed(lines(deploy), lasted, ended);
  }

  /** Whole lines: the last one may still be written. */
  private static List<String> lines(FairwayProcess deploy) {
    var text = deploy.progress();
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  private static void pause() {
    try {
      Thread.sleep(3);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    world.close();
  }
}
