package dev.fairway.compiler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Compiled;
import dev.fairway.Trees;
import dev.fairway.cli.Main;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles in processes that agree in nothing but the program, side by side. */
class DeterminismTest {
  @TempDir private Path folder;

  @Test
  void oneCommitIsTheSameBytesOnEveryMachine() throws Exception {
    // In Turkish I is not the capital of i; in Egypt numbers are written in digits of their own.
    var left =
        new Machine(
            folder.resolve("left hand, 'quoted' & spaced"),
            List.of(
                "-Duser.language=tr",
                "-Duser.country=TR",
                "-Duser.timezone=Pacific/Kiritimati",
                "-Duser.name=ayse",
                "-Dfile.encoding=COMPAT"),
            Map.of(
                "LANG",
                "C",
                "LC_ALL",
                "C",
                "TZ",
                "Pacific/Kiritimati",
                "USER",
                "ayse",
                "CDK_CONTEXT_JSON",
                "{\"aws:cdk:enable-path-metadata\":true,\"aws:cdk:enable-asset-metadata\":true}"));
    var right =
        new Machine(
            folder.resolve("r"),
            List.of(
                "-Djava.locale.providers=CLDR",
                "-Duser.language=ar",
                "-Duser.country=EG",
                "-Duser.timezone=America/Caracas",
                "-Duser.name=root",
                "-XX:+UseParallelGC"),
            Map.of("LANG", "ar_EG.UTF-8", "LC_ALL", "C.UTF-8", "TZ", "XYZ+4:30", "USER", "root"));

    var compiling = List.of(left.start(), right.start());
    for (var process : compiling) {
      assertThat(process.waitFor()).as(left.said() + right.said()).isZero();
    }

    Trees.assertSame(left.release(), Trees.read(Compiled.folder()));
    Trees.assertSame(right.release(), left.release());
  }

  /** A JVM that has its classes, its home, its temporary files and its output at its own places. */
  private record Machine(Path home, List<String> options, Map<String, String> environment) {

    Process start() throws IOException {
      for (var name : List.of("classes", "work", "tmp")) {
        Files.createDirectories(home.resolve(name));
      }
      copy(Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().getPath()));
      var command = new ArrayList<String>();
      command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
      command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath()));
      command.addAll(options);
      command.add("-Djava.io.tmpdir=" + home.resolve("tmp"));
      command.add("-Duser.home=" + home);
      command.add(Main.class.getName());
      command.addAll(List.of("compile", "--no-validation", "--no-cache", "--out", "R"));
      var builder =
          new ProcessBuilder(command)
              .directory(home.resolve("work").toFile())
              .redirectErrorStream(true)
              .redirectOutput(log());
      builder.environment().putAll(environment);
      builder.environment().put("HOME", home.toString());
      builder.environment().put("TMPDIR", home.resolve("tmp").toString());
      // Unpacking the CDK anew would take longer than all else.
      builder
          .environment()
          .put(
              "JSII_RUNTIME_PACKAGE_CACHE_ROOT",
              System.getProperty("user.home") + "/.cache/aws/jsii/package-cache");
      return builder.start();
    }

    private void copy(Path classes) throws IOException {
      Trees.copy(classes, home.resolve("classes"));
    }

    private String classPath() {
      return Stream.concat(
              Stream.of(home.resolve("classes").toString()),
              Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                  .filter(entry -> entry.endsWith(".jar") || entry.endsWith("*")))
          .collect(joining(File.pathSeparator));
    }

    private File log() {
      return home.resolve("log").toFile();
    }

    String said() throws IOException {
      return Files.readString(log().toPath(), UTF_8);
    }

    SortedMap<String, byte[]> release() throws IOException {
      return Trees.read(home.resolve("work/R"));
    }
  }
}
