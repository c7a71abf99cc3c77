package dev.fairway.release;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.model.Digest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A compiled platform: its manifest and the bytes of every other file. */
public final class Release {
  private final ReleaseManifest manifest;
  private final SortedMap<String, byte[]> files;

  /** What was read of the files: parsing YAML is most of what reading a release takes. */
  private final Map<String, ManifestFile> read = new ConcurrentHashMap<>();

  /**
   * @param files by path with slashes, never changed by anyone who gets hold of them
   */
  public Release(ReleaseManifest manifest, SortedMap<String, byte[]> files) {
    this.manifest = manifest;
    this.files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  public ReleaseManifest manifest() {
    return manifest;
  }

  /** By path with slashes, never changed by anyone who gets hold of them. */
  public SortedMap<String, byte[]> files() {
    return files;
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

  /** The Kubernetes objects of a file; none of one that the release does not have. */
  public List<ObjectNode> objects(String path) {
    return files.containsKey(path) ? read(path).objects() : List.of();
  }

  /** Takes over what was read of another release's files that are the same. */
  void adopt(Release other) {
    other.read.forEach((path, content) -> {
      if (Objects.equals(manifest.files().get(path), other.manifest.files().get(path))) {
        read.put(path, content);
      }
    });
  }

  /**
   * A manifest, parsed when it is first asked for.
   *
   * @throws IllegalArgumentException as {@link ManifestFile#read} does, unless the release was read
   */
  ManifestFile read(String path) {
    return read.computeIfAbsent(path, _ -> ManifestFile.read(path, file(path)));
  }
}
