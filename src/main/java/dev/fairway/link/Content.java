package dev.fairway.link;

import dev.fairway.model.Digest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file of an assembly, and their digest; nobody changes the array. The digest is
 * taken when it is asked for: who compares two releases over a fleet asks for few of them.
 */
public final class Content {
  private final byte[] bytes;

  /** Whichever thread takes it first, it is the same. */
  private volatile @Nullable Digest digest;

  private Content(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Content of(byte[] bytes) {
    return new Content(bytes);
  }

  public byte[] bytes() {
    return bytes;
  }

  public Digest digest() {
    var taken = digest;
    if (taken == null) {
      taken = Digest.of(bytes);
      digest = taken;
    }
    return taken;
  }

  /** Whether the other has the same bytes. */
  public boolean isSameAs(Content other) {
    return this == other || Arrays.equals(bytes, other.bytes);
  }
}
