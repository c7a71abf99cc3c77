package dev.fairway.cli;

import dev.fairway.compiler.Progress;
import java.util.function.IntConsumer;

/** Tells people how far linking is, in a line now and then: a fleet may be thousands. */
record Linked(int clusters, Progress progress) implements IntConsumer {
  /** About a second's work. */
  private static final int EVERY = 500;

  @Override
  public void accept(int linked) {
    if (linked % EVERY == 0 && linked < clusters) {
      progress.step("linked %d of %d clusters".formatted(linked, clusters));
    }
  }
}
