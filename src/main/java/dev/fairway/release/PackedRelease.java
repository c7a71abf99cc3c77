package dev.fairway.release;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;

/** A release as one piece, for a cache; never what is shipped. */
public final class PackedRelease {
  private PackedRelease() {}

  public static byte[] pack(Release release) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      SortedMap<String, byte[]> files = new TreeMap<>(release.files());
      files.put(ReleaseManifest.FILE, release.manifestBytes());
      out.writeInt(files.size());
      for (var file : files.entrySet()) {
        out.writeUTF(file.getKey());
        out.writeInt(file.getValue().length);
        out.write(file.getValue());
      }
    }
    return bytes.toByteArray();
  }

  /** The release that {@link #pack} packed. */
  public static Release unpack(byte[] bytes) throws IOException {
    var in = new DataInputStream(new ByteArrayInputStream(bytes));
    SortedMap<String, byte[]> files = new TreeMap<>();
    var count = in.readInt();
    for (var number = 0; number < count; number++) {
      var path = in.readUTF();
      files.put(path, in.readNBytes(in.readInt()));
    }
    var manifest = files.remove(ReleaseManifest.FILE);
    if (manifest == null) {
      throw new IOException("a packed release without " + ReleaseManifest.FILE);
    }
    return new Release(ReleaseJson.read(CanonicalJson.TREES.readTree(manifest)), files);
  }
}
