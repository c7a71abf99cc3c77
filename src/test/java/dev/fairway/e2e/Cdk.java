package dev.fairway.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The {@code cdk} CLI that package-lock.json pins.
 *
 * @param environment all of it
 * @param logs the folder of what it writes, a file a command
 */
record Cdk(Map<String, String> environment, Path logs) {
  private static final Path MODULES = Path.of("node_modules").toAbsolutePath();
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Pattern ARGUMENT = Pattern.compile("\"(.*)\"");

  static final Path NODE = MODULES.resolve("node/bin/node");

  /** A command of no app that succeeds: the repository's cdk.json names one, and is not seen. */
  void run(String name, List<String> arguments) {
    var ended = attempt(name, logs, arguments);
    if (ended.exitCode() != 0) {
      throw new AssertionError("cdk %s: %d: %s".formatted(name, ended.exitCode(), ended.output()));
    }
  }

  /** Deploys stacks of an assembly as {@code link} says that it is done by hand. */
  Ended deploy(String name, Path assembly, List<String> stacks) {
    var arguments = new ArrayList<>(List.of("deploy"));
    try {
      for (var line : Files.readAllLines(assembly.resolve("cdk-deploy.args"))) {
        var matcher = ARGUMENT.matcher(line);
        if (!matcher.matches()) {
          throw new AssertionError("not an argument of cdk-deploy.args: " + line);
        }
        arguments.add(matcher.group(1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    arguments.addAll(stacks.isEmpty() ? List.of("--all") : stacks);
    arguments.addAll(List.of("--progress", "events", "--no-notices", "--concurrency", "4"));
    return attempt(name, assembly, arguments);
  }

  private Ended attempt(String name, Path folder, List<String> arguments) {
    var log = logs.resolve("cdk-" + name + ".log");
    var command = new ArrayList<>(List.of(NODE.toString(), MODULES + "/aws-cdk/bin/cdk"));
    command.addAll(arguments);
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      return await(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Ended await(Process process, Path log) throws IOException, InterruptedException {
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("cdk takes longer than %s: %s".formatted(LIMIT, log));
      }
      return new Ended(process.exitValue(), Files.readString(log));
    } finally {
      process.destroyForcibly();
    }
  }

  /** A command that came to its end. */
  record Ended(int exitCode, String output) {}
}
