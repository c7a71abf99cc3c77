package dev.fairway.cli;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Holds a checkout for one demo: two would delete each other's remote. The operating system gives
 * it back however the process ends, so the file stays and means nothing by itself.
 */
final class DemoLock implements AutoCloseable {
  private final FileChannel channel;

  private DemoLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Errors: another process holds it. */
  static Outcome<DemoLock> take(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      return new Outcome<>(Optional.empty(), Diagnostics.of(underWay(file)));
    }
    return Outcome.of(new DemoLock(channel));
  }

  private static Diagnostic underWay(Path file) {
    return Diagnostic.general(
        Code.DEMO_UNDER_WAY,
        "another demo runs in this checkout: it holds " + file,
        "wait until it is done, or run this one in another checkout; nothing was changed");
  }

  /** Gives it back. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
