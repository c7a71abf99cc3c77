package dev.fairway.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whoever holds it is the only one, of all threads and all processes, that touches what is beside a
 * folder. Who was killed holds it no longer: the system takes its lock away with the process.
 */
final class FolderLock implements AutoCloseable {
  /** A file's lock is the whole process's, which says nothing about two of its threads. */
  private static final ReentrantLock THREADS = new ReentrantLock();

  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Waits for the lock. Its file is there as long as it is held, and no longer. */
  @SuppressWarnings("LockNotBeforeTry") // close() unlocks
  static FolderLock on(Path file) throws IOException {
    THREADS.lock();
    try {
      while (true) {
        var channel = open(file);
        if (isOwned(file, channel)) {
          return new FolderLock(file, channel);
        }
        channel.close();
      }
    } catch (IOException | RuntimeException | Error e) {
      THREADS.unlock();
      throw e;
    }
  }

  private static FileChannel open(Path file) throws IOException {
    var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      var _ = channel.lock();
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * The one before deletes the file: who waited meanwhile then has the lock of a file that has no
   * name any more, and somebody else may have that of a new one. What is written shows whether it
   * is the one with the name.
   */
  private static boolean isOwned(Path file, FileChannel channel) throws IOException {
    var token = UUID.randomUUID().toString();
    channel.truncate(0).write(ByteBuffer.wrap(token.getBytes(UTF_8)), 0);
    try {
      return new String(Files.readAllBytes(file), UTF_8).equals(token);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      Files.deleteIfExists(file);
    } finally {
      THREADS.unlock();
    }
  }
}
