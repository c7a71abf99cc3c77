package dev.fairway.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whole folders: listed, and put in the place of others. */
public final class Folders {
  private Folders() {}

  /** The paths of all that is no folder below the folder, links too, with slashes, in no order. */
  public static List<String> files(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      return paths
          .filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .map(path -> folder.relativize(path).toString().replace('\\', '/'))
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Fills a folder that is not in its place yet. */
  @FunctionalInterface
  public interface Filling {
    void fill(Path folder) throws IOException;
  }

  /** Puts a folder with these files in the place of the folder. */
  public static void replace(Path folder, Map<String, byte[]> files) throws IOException {
    replace(folder, fresh -> write(fresh, files));
  }

  /**
   * Fills a folder beside the folder and then renames: whoever is killed leaves the old folder or
   * the new one, never a mixture, and what a killed one left beside is swept by the next. When the
   * filling throws, nothing has changed.
   */
  public static void replace(Path folder, Filling filling) throws IOException {
    var target = folder.toAbsolutePath().normalize();
    var parent = target.getParent();
    if (parent == null) {
      throw new IOException("the root of a file system can't be replaced: " + target);
    }
    Files.createDirectories(parent);
    var fresh = parent.resolve("." + target.getFileName() + ".fairway-new");
    var old = parent.resolve("." + target.getFileName() + ".fairway-old");
    if (!Files.exists(target) && Files.exists(old)) {
      Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
    }
    delete(fresh);
    delete(old);
    try {
      Files.createDirectories(fresh);
      filling.fill(fresh);
    } catch (IOException | RuntimeException e) {
      delete(fresh);
      throw e;
    }
    if (Files.exists(target)) {
      Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    delete(old);
  }

  /** Writes the files below the folder. */
  public static void write(Path folder, Map<String, byte[]> files) throws IOException {
    Files.createDirectories(folder);
    for (var file : files.entrySet()) {
      var path = folder.resolve(file.getKey());
      var parent = path.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.write(path, file.getValue());
    }
  }

  /** Deletes the folder and all that is in it, if it is there. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException problem)
              throws IOException {
            if (problem != null) {
              throw problem;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
