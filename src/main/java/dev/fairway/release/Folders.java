package dev.fairway.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
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
   * Fills a folder beside the folder and then renames. Whoever is killed leaves the old folder or
   * the new one, never a mixture; killed between the two renames, it leaves the old one beside and
   * none in its place, which the next replacement or {@link #recover} mends. Of those that replace
   * one folder at a time each waits for the one before, so the last one's stays. When the filling
   * throws, nothing has changed.
   */
  public static void replace(Path folder, Filling filling) throws IOException {
    var beside = Beside.of(folder);
    Files.createDirectories(beside.parent());
    try (var _ = lock(beside)) {
      recover(beside);
      delete(beside.fresh());
      delete(beside.old());
      try {
        Files.createDirectories(beside.fresh());
        filling.fill(beside.fresh());
        exchange(beside);
      } catch (IOException | RuntimeException e) {
        delete(beside.fresh());
        throw e;
      }
      delete(beside.old());
    }
  }

  /** Puts back what somebody who was killed between the two renames has left beside. */
  public static void recover(Path folder) throws IOException {
    var beside = Beside.of(folder);
    if (beside.isOrphaned()) {
      try (var _ = lock(beside)) {
        recover(beside);
      }
    }
  }

  private static void recover(Beside beside) throws IOException {
    if (beside.isOrphaned()) {
      Files.move(beside.old(), beside.target(), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static FolderLock lock(Beside beside) throws IOException {
    try {
      return FolderLock.on(beside.lock());
    } catch (AccessDeniedException e) {
      if (Files.isDirectory(beside.target()) && Files.isWritable(beside.target())) {
        throw irreplaceable(beside, "the folder above it may not be written", e);
      }
      throw e;
    }
  }

  private static void exchange(Beside beside) throws IOException {
    if (Files.exists(beside.target())) {
      try {
        Files.move(beside.target(), beside.old(), StandardCopyOption.ATOMIC_MOVE);
      } catch (FileSystemException e) {
        // The system's own words for EBUSY, which Java has no exception for.
        if (String.valueOf(e.getReason()).contains("busy")) {
          throw irreplaceable(beside, "it is a mount point", e);
        }
        throw e;
      }
    }
    Files.move(beside.fresh(), beside.target(), StandardCopyOption.ATOMIC_MOVE);
  }

  private static IrreplaceableFolder irreplaceable(
      Beside beside, String reason, FileSystemException cause) {
    var refused = new IrreplaceableFolder(beside.target(), reason);
    refused.initCause(cause);
    return refused;
  }

  /** The names that a folder's replacement needs in its parent. */
  private record Beside(Path target, Path parent) {
    static Beside of(Path folder) throws IOException {
      var target = folder.toAbsolutePath().normalize();
      var parent = target.getParent();
      if (parent == null) {
        throw new IrreplaceableFolder(target, "it is the root of a file system");
      }
      return new Beside(target, parent);
    }

    Path fresh() {
      return named("new");
    }

    Path old() {
      return named("old");
    }

    Path lock() {
      return named("lock");
    }

    boolean isOrphaned() {
      return !Files.exists(target) && Files.exists(old());
    }

    private Path named(String what) {
      return parent.resolve("." + target.getFileName() + ".fairway-" + what);
    }
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
