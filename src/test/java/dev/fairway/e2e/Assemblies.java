package dev.fairway.e2e;

import dev.fairway.Compiled;
import dev.fairway.link.Assembly;
import dev.fairway.link.Linker;
import dev.fairway.release.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Clusters of the example fleet, linked to the release that the tests compile. */
final class Assemblies {
  private static final Map<String, Assembly> LINKED = new ConcurrentHashMap<>();
  private static final Map<String, Path> WRITTEN = new ConcurrentHashMap<>();
  private static final Path FOLDER = Path.of("target/e2e/assemblies");

  private Assemblies() {}

  /** That of a cluster, by its alias. */
  static Assembly of(String alias) {
    return LINKED.computeIfAbsent(alias, Assemblies::link);
  }

  /** The folder with it; no test changes it. */
  static Path folder(String alias) {
    return WRITTEN.computeIfAbsent(alias, Assemblies::write);
  }

  private static Path write(String alias) {
    var folder = FOLDER.resolve(alias).toAbsolutePath();
    try {
      Folders.delete(folder);
      of(alias).write(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  private static Assembly link(String alias) {
    var source =
        Compiled.fleet().find(alias).orElseThrow(() -> new AssertionError("no cluster " + alias));
    var linked = new Linker(Compiled.linkable()).link(source);
    return linked
        .value()
        .orElseThrow(() -> new AssertionError("not linked: " + linked.diagnostics()));
  }
}
