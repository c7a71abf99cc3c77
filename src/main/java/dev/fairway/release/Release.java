package dev.fairway.release;

import dev.fairway.model.Digest;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A compiled platform: its manifest and the bytes of every other file, by path with slashes.
 *
 * @param files never changed by anyone who gets hold of them
 */
public record Release(ReleaseManifest manifest, SortedMap<String, byte[]> files) {
  public Release {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /** The bytes of {@code release.json}. */
  public byte[] manifestBytes() {
    return CanonicalJson.bytes(ReleaseJson.write(manifest));
  }

  /** What names the release everywhere, and is never stored inside it. */
  public Digest digest() {
    var digests = new TreeMap<String, Digest>(manifest.files());
    digests.put(ReleaseManifest.FILE, Digest.of(manifestBytes()));
    return TreeDigest.of(digests);
  }

  /** The bytes of a file that the manifest lists. */
  public byte[] file(String path) {
    var bytes = files.get(path);
    if (bytes == null) {
      throw new IllegalArgumentException("no file of the release: " + path);
    }
    return bytes;
  }
}
