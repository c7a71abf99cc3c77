package dev.fairway.compiler;

import dev.fairway.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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

  /** The bytes that were put under the key. */
  public Optional<byte[]> get(Digest key) throws IOException {
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    try {
      var entry = Files.readAllBytes(file(folder.get(), key));
      var seal = Digest.sha256().getDigestLength();
      if (entry.length < seal) {
        return Optional.empty();
      }
      var bytes = Arrays.copyOfRange(entry, seal, entry.length);
      return Arrays.equals(entry, 0, seal, sealOf(bytes), 0, seal)
          ? Optional.of(bytes)
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Remembers the bytes; two processes that do so at once both succeed. */
  public void put(Digest key, byte[] bytes) throws IOException {
    if (folder.isEmpty()) {
      return;
    }
    var file = file(folder.get(), key);
    var parent = folder.get().resolve(key.hex().substring(0, 2));
    Files.createDirectories(parent);
    var fresh = Files.createTempFile(parent, "entry", ".new");
    try (var out = Files.newOutputStream(fresh)) {
      out.write(sealOf(bytes));
      out.write(bytes);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static byte[] sealOf(byte[] bytes) {
    return Digest.sha256().digest(bytes);
  }

  private static Path file(Path folder, Digest key) {
    return folder.resolve(key.hex().substring(0, 2)).resolve(key.hex().substring(2));
  }
}
