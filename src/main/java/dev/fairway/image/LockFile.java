package dev.fairway.image;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.ImageLock;
import dev.fairway.model.ImageLock.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code images.lock} among the sources of the platform. */
public record LockFile(Path path, ImageLock lock) {

  /** Reads it; it must be there, or the checkout is none of the platform's sources. */
  public static Outcome<LockFile> open(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      return failed(
          "there is no " + path, "run this in a checkout of the platform: it is written there");
    }
    try {
      return Outcome.of(new LockFile(path, ImageLock.parse(Files.readString(path))));
    } catch (IllegalArgumentException e) {
      return failed(
          path + ": " + e.getMessage(), "restore it by git, or empty it to look up all anew");
    }
  }

  private static Outcome<LockFile> failed(String message, String remedy) {
    var diagnostic = Diagnostic.general(Code.IMAGES_LOCK_ELSEWHERE, message, remedy);
    return new Outcome<>(Optional.empty(), Diagnostics.of(diagnostic));
  }

  /** What is different in another lock, by image. */
  public SortedMap<String, String> changes(ImageLock other) {
    var changes = new TreeMap<String, String>();
    var names = new TreeSet<>(lock.entries().keySet());
    names.addAll(other.entries().keySet());
    for (var name : names) {
      var before = Optional.ofNullable(lock.entries().get(name));
      var after = Optional.ofNullable(other.entries().get(name));
      if (!before.equals(after)) {
        changes.put(name, change(before, after));
      }
    }
    return changes;
  }

  private static String change(Optional<Entry> before, Optional<Entry> after) {
    if (after.isEmpty()) {
      return "not used any more";
    }
    var now = "sha256:" + after.get().digest().hex();
    return before
        .map(entry -> "moved from sha256:%s to %s".formatted(entry.digest().hex(), now))
        .orElse("locked at " + now);
  }

  /** Replaces it as a whole, or not at all. */
  public void write(ImageLock other) throws IOException {
    var text = other.text();
    if (text.equals(Files.readString(path))) {
      return;
    }
    var next = Files.createTempFile(path.toAbsolutePath().getParent(), ".images", ".lock");
    try {
      Files.writeString(next, text);
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(next);
    }
  }
}
