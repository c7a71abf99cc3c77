package dev.fairway.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A program that a test runs on. It is killed: its state is thrown away, and an API server of ours
 * takes more than a minute to take leave of its clients. None outlives the tests.
 */
final class EngineProcess implements AutoCloseable {
  private static final Set<EngineProcess> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(EngineProcess::close)));
  }

  private final String name;
  private final Process process;
  private final Path log;

  private EngineProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /** Starts an engine of {@link Engines}, with nothing of the environment that could lead it. */
  static EngineProcess start(String name, List<String> arguments, Path log) {
    var command = new ArrayList<String>();
    command.add(Engines.path(name).toString());
    command.addAll(arguments);
    return run(name, command, log);
  }

  /** The same for a program of our own, by its whole command line. */
  static EngineProcess run(String name, List<String> command, Path log) {
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().keySet().retainAll(Set.of("PATH", "HOME"));
    // Those written in Go would spend a quarter of their time on a heap that nobody asks them to
    // save.
    builder.environment().put("GOGC", "400");
    try {
      var engine = new EngineProcess(name, builder.start(), log);
      RUNNING.add(engine);
      return engine;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return name;
  }

  /** What it wrote so far. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** With what it ends of its own accord, within the time. */
  int exit(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience)) {
      throw new AssertionError("%s still runs after %s".formatted(name, patience));
    }
    return process.exitValue();
  }

  /** Fails with the end of what it wrote when it is gone. */
  void requireAlive() {
    if (!process.isAlive()) {
      var lines = log().lines().toList();
      var end = lines.subList(Math.max(0, lines.size() - 20), lines.size());
      throw new AssertionError(
          "%s ended with %d: %s".formatted(name, process.exitValue(), String.join("\n", end)));
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
    RUNNING.remove(this);
  }
}
