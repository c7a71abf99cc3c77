package dev.fairway.cli;

import dev.fairway.compiler.Cache;
import dev.fairway.compiler.Rehearsal;
import dev.fairway.release.Folders;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/**
 * What the launcher runs once after each build to record the JVM's AOT cache (JEP 483): a class
 * that is loaded here is loaded from the cache at every later start. Add the command lines that
 * people wait for; they must not start Node.js, for which the compiler's rehearsal provides.
 */
final class TrainingRun {

  private TrainingRun() {}

  public static void main(String[] args) throws IOException {
    var clusters = Workspace.here().clusters().toAbsolutePath();
    var channels = Workspace.here().channels().toAbsolutePath();
    var home = Files.createTempDirectory("fairway-training");
    try {
      copy(channels, home.resolve("channels"));
      System.setProperty(Workspace.HOME, home.toString());
      Rehearsal.play(Cache.in(Workspace.here().cache()));
      commandLines(clusters, home).forEach(TrainingRun::run);
    } finally {
      Folders.delete(home);
    }
  }

  /** Without them no record would be read: each names a channel that has a policy. */
  private static void copy(Path channels, Path folder) throws IOException {
    var files = new TreeMap<String, byte[]>();
    for (var file : Folders.files(channels)) {
      files.put(file, Files.readAllBytes(channels.resolve(file)));
    }
    Folders.write(folder, files);
  }

  private static List<List<String>> commandLines(Path clusters, Path home) {
    var fleet = clusters.toString();
    var out = home.resolve("out").toString();
    return List.of(
        List.of("--help"),
        List.of("compile"),
        List.of("check", "--clusters", fleet),
        List.of("channels", "lint", "--clusters", fleet),
        List.of("inspect", "symbols"),
        List.of("link", "--all", "--digests", "--clusters", fleet),
        List.of("link", "--all", "--out", out, "--clusters", fleet));
  }

  private static void run(List<String> line) {
    var nowhere = new PrintWriter(Writer.nullWriter());
    Main.commandLine(nowhere, nowhere).execute(line.toArray(String[]::new));
  }
}
