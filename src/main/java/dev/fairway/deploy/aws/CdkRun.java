package dev.fairway.deploy.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A {@code cdk} that runs. It ends when this process does, however that ends. */
final class CdkRun implements AutoCloseable {
  private static final String ENDS_WITH_PARENT = "ends-with-parent.mjs";

  /** The CLI takes any of its options from a variable too; these only say where things are. */
  private static final Set<String> KEPT =
      Set.of("CDK_DISABLE_CLI_TELEMETRY", "CDK_HOME", "CDK_S3_FORCE_PATH_STYLE");

  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Process process;
  private final CdkOutput.Lines lines = new CdkOutput.Lines();
  private final Thread reader;

  private CdkRun(Process process) {
    this.process = process;
    this.reader = Thread.ofVirtual().name("cdk output").start(() -> read(process));
  }

  static CdkRun start(CdkCli cli, Path folder, List<String> arguments) {
    var builder =
        new ProcessBuilder(command(cli, arguments))
            .directory(folder.toFile())
            .redirectErrorStream(true);
    prepare(builder.environment(), cli);
    try {
      return new CdkRun(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void prepare(Map<String, String> environment, CdkCli cli) {
    environment.keySet().removeIf(CdkRun::isForeign);
    environment.put("NO_COLOR", "1");
    environment.put("CDK_DISABLE_CLI_TELEMETRY", "1");
    environment.putAll(cli.environment());
  }

  /** Whether a variable would make another deploy of it than what is told on the command line. */
  private static boolean isForeign(String variable) {
    return variable.equals("FORCE_COLOR")
        || (variable.startsWith("CDK_") && !KEPT.contains(variable));
  }

  /** The command line of a {@code cdk} that ends when its standard input does. */
  static List<String> command(CdkCli cli, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(cli.node().toAbsolutePath().toString());
    command.addAll(List.of("--import", script()));
    command.add(cli.cdk().toAbsolutePath().toString());
    command.addAll(arguments);
    return List.copyOf(command);
  }

  private static String script() {
    try (var script = CdkRun.class.getResourceAsStream(ENDS_WITH_PARENT)) {
      if (script == null) {
        throw new IllegalStateException("not packaged: " + ENDS_WITH_PARENT);
      }
      return "data:text/javascript;base64,"
          + Base64.getEncoder().encodeToString(script.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(Process started) {
    try (var text = started.inputReader(StandardCharsets.UTF_8)) {
      text.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      // The process is gone; what it said until then is there.
      lines.add(String.valueOf(e.getMessage()));
    }
  }

  /** Whether it came to its end within the time. */
  boolean isOverWithin(Duration time) {
    return waitFor(process, time);
  }

  /** Its exit code; only when it is over. */
  int exitCode() {
    return process.exitValue();
  }

  /** What it said; all of it when it is over. */
  CdkOutput output() {
    try {
      if (!process.isAlive()) {
        reader.join(GRACE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return lines.output();
  }

  @Override
  public void close() {
    process.destroy();
    if (!waitFor(process, GRACE)) {
      process.destroyForcibly();
    }
  }

  private static boolean waitFor(Process process, Duration time) {
    try {
      return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("nobody interrupts a deploy but by ending its process", e);
    }
  }
}
