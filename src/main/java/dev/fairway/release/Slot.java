package dev.fairway.release;

import dev.fairway.model.Encoding;

/** A place in a file of a release where a symbol's value goes. */
public record Slot(String file, Place place, String symbol, Encoding encoding) {

  public sealed interface Place {}

  /** Bytes of a manifest, from {@code start} up to {@code end}, excluded. */
  public record Bytes(int start, int end) implements Place {
    public Bytes {
      if (start < 0 || end <= start) {
        throw new IllegalArgumentException("not a span of bytes: " + start + "-" + end);
      }
    }
  }

  /** A string in a node config, by its JSON pointer; the token stands within it. */
  public record Pointer(String pointer) implements Place {}
}
