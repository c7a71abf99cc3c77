package dev.fairway.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Fairway's own command line as a process of its own, which a test may kill. It runs the classes
 * that the tests run beside, with an environment that holds what it is given and no more.
 */
final class FairwayProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** As a shell has it: 128 and the number of the signal. */
  private static final int KILLED = 137;

  private final Process process;
  private final Path out;
  private final Path err;
  private final Instant started = Instant.now();

  private FairwayProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * What a command came to.
   *
   * @param out its result
   * @param err its progress, and diagnostics in text form
   */
  record Ended(int code, String out, String err, Duration took) {
    /** The one document that {@code --output json} writes. */
    JsonNode json() {
      try {
        return new ObjectMapper().readTree(out);
      } catch (JsonProcessingException e) {
        throw new AssertionError("not JSON: " + out + "\n" + err, e);
      }
    }

    Ended succeeded() {
      if (code != 0) {
        throw new AssertionError("exit code %d%n%s%n%s".formatted(code, err, out));
      }
      return this;
    }
  }

  /**
   * Starts a command.
   *
   * @param environment all that it sees but for the path
   * @param log what it writes goes to files of this name, with endings
   */
  static FairwayProcess start(Map<String, String> environment, Path log, List<String> arguments) {
    return start(Path.of(""), environment, log, arguments);
  }

  /**
   * Starts a command of another checkout.
   *
   * @param home where it stands: what a command writes without being told where goes there
   */
  static FairwayProcess start(
      Path home, Map<String, String> environment, Path log, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Dfairway.home=" + home.toAbsolutePath());
    command.addAll(StartedFast.options());
    command.add("dev.fairway.cli.Main");
    command.addAll(arguments);
    var out = log.resolveSibling(log.getFileName() + ".out").toAbsolutePath();
    var err = log.resolveSibling(log.getFileName() + ".err").toAbsolutePath();
    var builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().retainAll(Set.of("PATH"));
    builder.environment().putAll(environment);
    try {
      Files.createDirectories(out.getParent());
      return new FairwayProcess(builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /** What it has told so far. */
  String progress() {
    return text(err);
  }

  /** How much that is, in bytes. */
  long told() {
    try {
      return Files.size(err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives it no moment to put anything in order. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Whether it died of a kill, and had not come to an end of its own before. */
  boolean isKilled() {
    return !process.isAlive() && process.exitValue() == KILLED;
  }

  Ended await() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("not ended within %s: %s".formatted(PATIENCE, progress()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      close();
    }
    return new Ended(
        process.exitValue(), text(out), text(err), Duration.between(started, Instant.now()));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
