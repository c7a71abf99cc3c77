package dev.fairway.e2e;

import dev.fairway.Compiled;
import dev.fairway.e2e.FairwayProcess.Ended;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Deploys of one live cluster, each a process of its own, and most of them killed. */
final class KilledDeploys implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final LiveCluster cluster;
  private final Path folder;
  private final List<ProcessHandle> orphans = new ArrayList<>();
  private int runs;

  /**
   * A deploy that was killed.
   *
   * @param last the last that it told
   */
  record Death(String last) {
    /** The step that it was at. */
    String step() {
      return last.isEmpty() ? "before the first" : last.replaceAll(":.*", "");
    }
  }

  KilledDeploys(LiveCluster cluster, String name) {
    this.cluster = cluster;
    this.folder = Path.of("target/e2e").resolve(name).toAbsolutePath();
    try {
      Files.createDirectories(folder.resolve("home/target"));
      var modules = folder.resolve("home/node_modules");
      Files.deleteIfExists(modules);
      Files.createSymbolicLink(modules, Path.of("node_modules").toAbsolutePath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  LiveCluster cluster() {
    return cluster;
  }

  /** To its end. */
  Ended undisturbed(Wanted wanted) {
    return start(wanted).await();
  }

  /** Kills it in the moment in which it tells something; empty when it ended before. */
  Optional<Death> killWhenTold(Wanted wanted, Predicate<String> line) {
    return killWhen(start(wanted), told -> told.stream().anyMatch(line));
  }

  /** Kills it this long after the first that it told; empty when it ended before. */
  Optional<Death> killAfter(Wanted wanted, Duration time) {
    var first = new ArrayList<Instant>();
    return killWhen(
        start(wanted),
        told -> {
          if (!told.isEmpty() && first.isEmpty()) {
            first.add(Instant.now());
          }
          return !first.isEmpty() && Instant.now().isAfter(first.getFirst().plus(time));
        });
  }

  /** Whatever a killed deploy had started is gone with it. */
  void requireNoOrphans() {
    Eventually.holds(
        "no process outlives the deploy that started it",
        Duration.ofSeconds(10),
        () -> orphans.stream().noneMatch(ProcessHandle::isAlive));
    orphans.clear();
  }

  private FairwayProcess start(Wanted wanted) {
    runs++;
    var log = folder.resolve("deploys/%03d-%s".formatted(runs, wanted.name()));
    return FairwayProcess.start(
        folder.resolve("home"),
        cluster.environment(),
        log,
        List.of(
            "deploy",
            "e2e",
            "--clusters=" + wanted.records(),
            "--release=" + Compiled.folder().toAbsolutePath(),
            "--lock-duration=3s",
            "--timeout=3m"));
  }

  private Optional<Death> killWhen(FairwayProcess deploy, Predicate<List<String>> moment) {
    var end = Instant.now().plus(PATIENCE);
    while (deploy.isRunning() && Instant.now().isBefore(end)) {
      if (moment.test(lines(deploy))) {
        orphans.addAll(deploy.handle().descendants().toList());
        deploy.kill();
        var told = lines(deploy);
        return Optional.of(new Death(told.isEmpty() ? "" : told.getLast()));
      }
      pause();
    }
    deploy.await().succeeded();
    return Optional.empty();
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
    cluster.close();
  }
}
