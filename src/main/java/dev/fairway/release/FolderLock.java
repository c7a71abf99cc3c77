package dev.fairway.release;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whoever holds it is the only one, of all threads and all processes, that touches what is beside a
 * folder. Who was killed holds it no longer: the system takes its lock away with the process.
 */
final class FolderLock implements AutoCloseable {
  /** A file's lock is the whole process's, which says nothing about two of its threads. */
  private static final ReentrantLock THREADS = new ReentrantLock();

  /** Written into a file that has no name any more. */
  private static final byte[] DELETED = {1};

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
   * name any more, while somebody else may have that of a new one. Asked by the channel alone:
   * POSIX takes a lock away as soon as its process closes the file, however often it has opened it.
   */
  private static boolean isOwned(Path file, FileChannel channel) throws IOException {
    return channel.size() == 0 && Files.exists(file);
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      Files.deleteIfExists(file);
      channel.write(ByteBuffer.wrap(DELETED));
    } finally {
      THREADS.unlock();
    }
  }
}
