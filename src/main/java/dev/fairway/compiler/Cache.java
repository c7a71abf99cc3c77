package dev.fairway.compiler;

import dev.fairway.model.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * What was emitted before, by the digest of all that it came from. It can be deleted at any time:
 * an entry saves work and never changes a byte. A damaged entry is as good as none.
 */
public final class Cache {
  private final Optional<Path> folder;

  private Cache(Optional<Path> folder) {
    this.folder = folder;
  }

  public static Cache in(Path folder) {
    return new Cache(Optional.of(folder));
  }

  /** Remembers nothing. */
  public static Cache none() {
    return new Cache(Optional.empty());
  }

  /** The bytes that were put under the key, if they are still what was put there. */
  public Optional<byte[]> get(Digest key) {
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    try {
      var entry = Files.readAllBytes(file(folder.get(), key));
      var length = Digest.sha256().getDigestLength();
      if (entry.length < length) {
        return Optional.empty();
      }
      var bytes = Arrays.copyOfRange(entry, length, entry.length);
      return Arrays.equals(entry, 0, length, seal(key, bytes), 0, length)
          ? Optional.of(bytes)
          : Optional.empty();
    } catch (IOException e) {
      // It is missing, or can't be read, which comes to the same.
      return Optional.empty();
    }
  }

  /** Remembers the bytes if it can; two processes that do so at once both succeed. */
  public void put(Digest key, byte[] bytes) {
    if (folder.isEmpty()) {
      return;
    }
    var file = file(folder.get(), key);
    var parent = folder.get().resolve(key.hex().substring(0, 2));
    try {
      Files.createDirectories(parent);
      var fresh = Files.createTempFile(parent, "entry", ".new");
      try {
        try (var out = Files.newOutputStream(fresh)) {
          out.write(seal(key, bytes));
          out.write(bytes);
        }
        Files.move(
            fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      // A disk that is full or read-only makes the next run slow, not this one wrong.
      return;
    }
  }

  /** The key is in it, so that an entry in the place of another is none. */
  private static byte[] seal(Digest key, byte[] bytes) {
    var sha = Digest.sha256();
    sha.update(key.hex().getBytes(StandardCharsets.US_ASCII));
    return sha.digest(bytes);
  }

  private static Path file(Path folder, Digest key) {
    return folder.resolve(key.hex().substring(0, 2)).resolve(key.hex().substring(2));
  }
}
