package dev.fairway.channel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole processes that are killed at any instant, with the server of the ordinary git on the other
 * side: whoever runs the command again finishes the job, and the chain is sound.
 */
@Tag("e2e")
class KilledProcessesTest {
  private static final int KILLS = 24;

  /** Each with a remote of its own, because there are two cores. */
  private static final int LANES = 2;

  @TempDir(factory = InMemory.class)
  private Path folder;

  @Test
  void whatIsKilledIsFinishedByTheNextRun() throws Exception {
    // The first JVM that ends leaves an archive of its classes to the others.
    new KilledLane(Files.createDirectories(folder.resolve("lane-0")), 0).campaign(KILLS / 6);
    var lanes =
        IntStream.rangeClosed(1, LANES)
            .mapToObj(lane ->
                (Callable<Void>)
                    () -> {
                      var own = Files.createDirectories(folder.resolve("lane-" + lane));
                      new KilledLane(own, lane).campaign((KILLS - KILLS / 6) / LANES);
                      return null;
                    })
            .toList();
    try (var threads = Executors.newFixedThreadPool(LANES)) {
      for (var lane : threads.invokeAll(lanes)) {
        lane.get();
      }
    }
  }
}
