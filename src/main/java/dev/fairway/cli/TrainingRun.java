package dev.fairway.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;

/**
 * What the launcher runs once after each build to record the JVM's AOT cache (JEP 483): a class
 * that is loaded here is loaded from the cache at every later start. Add the command lines that
 * people wait for; they must not start Node.js.
 */
final class TrainingRun {

  private static final List<List<String>> COMMAND_LINES = List.of(List.of("--help"));

  private TrainingRun() {}

  public static void main(String[] args) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    COMMAND_LINES.forEach(
        line -> Main.commandLine(nowhere, nowhere).execute(line.toArray(String[]::new)));
  }
}
