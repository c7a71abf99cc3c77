package dev.fairway.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A command of somebody else, who must agree with us: git, ssh-keygen. It sees no user's files. */
public record GitCommand(int exitCode, String out) {
  /** No hooks, and no packing in the background: nothing writes into a folder that is deleted. */
  private static final Path TEMPLATE = Path.of("src/test/resources/git").toAbsolutePath();

  public static GitCommand run(Path folder, String... words) throws IOException {
    return fed(folder, new byte[0], words);
  }

  /** Runs it with the bytes on its standard input, and hears both of its outputs. */
  public static GitCommand fed(Path folder, byte[] input, String... words) throws IOException {
    var builder = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    builder.environment().put("LC_ALL", "C");
    var process = builder.start();
    try (var in = process.getOutputStream()) {
      in.write(input);
    }
    var out = new String(process.getInputStream().readAllBytes(), UTF_8);
    try {
      return new GitCommand(process.waitFor(), out);
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }

  /** Output of what must work. */
  public static String git(Path folder, String... words) throws IOException {
    var who = List.of("git", "-c", "user.name=ada", "-c", "user.email=ada@example.org");
    var all = new ArrayList<>(who);
    all.addAll(List.of(words));
    if (words[0].equals("init") || words[0].equals("clone")) {
      all.add("--template=" + TEMPLATE);
    }
    var ran = run(folder, all.toArray(String[]::new));
    if (ran.exitCode != 0) {
      throw new IOException("git " + String.join(" ", words) + ": " + ran.out);
    }
    return ran.out.strip();
  }

  /** A new key of ssh-keygen's, by its private file; the passphrase may be empty. */
  public static Path newKey(Path file, String type, String passphrase) throws IOException {
    var ran =
        run(
            file.toAbsolutePath().resolveSibling(""),
            "ssh-keygen",
            "-q",
            "-t",
            type,
            "-N",
            passphrase,
            "-C",
            "ada",
            "-f",
            file.toString());
    if (ran.exitCode != 0) {
      throw new IOException(ran.out);
    }
    return file;
  }

  /** A file that lets anybody with one of the keys sign as {@code ada} for git. */
  public static Path allowedSigners(Path file, String... keys) throws IOException {
    var lines = Stream.of(keys).map(key -> "ada namespaces=\"git\" " + key).toList();
    return Files.write(file, lines);
  }
}
