package dev.fairway.release;

import dev.fairway.model.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The digest of a tree of files: SHA-256 over the lines {@code path NUL sha256(file) LF}, sorted by
 * the paths' UTF-8 bytes.
 */
public final class TreeDigest {
  /** The order of paths in a digest: that of their UTF-8 bytes, which is not Java's own. */
  public static final Comparator<String> ORDER =
      (left, right) ->
          Arrays.compareUnsigned(
              left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));

  private TreeDigest() {}

  /** The digest of files by their own digests. */
  public static Digest of(Map<String, Digest> files) {
    SortedMap<String, Digest> sorted = new TreeMap<>(ORDER);
    sorted.putAll(files);
    var sha = Digest.sha256();
    sorted.forEach((path, digest) -> {
      sha.update(path.getBytes(StandardCharsets.UTF_8));
      sha.update((byte) 0);
      sha.update(digest.hex().getBytes(StandardCharsets.US_ASCII));
      sha.update((byte) '\n');
    });
    return new Digest(HexFormat.of().formatHex(sha.digest()));
  }
}
