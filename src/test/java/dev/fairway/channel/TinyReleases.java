package dev.fairway.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairway.model.Digest;
import dev.fairway.model.KubernetesVersion;
import dev.fairway.release.Release;
import dev.fairway.release.ReleaseManifest;
import dev.fairway.release.ReleaseManifest.ComponentEntry;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Releases of one component, for what does not depend on what a release is good for. */
final class TinyReleases {
  private TinyReleases() {}

  /** One whose only component says the text. */
  static Release of(String text) {
    var files = new TreeMap<String, byte[]>();
    files.put(
        "assembly/manifest.json", "{\"artifacts\": {}, \"version\": \"1\"}\n".getBytes(UTF_8));
    files.put("inventory.json", "{}\n".getBytes(UTF_8));
    files.put("manifests/bell.yaml", bell(text).getBytes(UTF_8));
    var digests = new TreeMap<String, Digest>();
    files.forEach((path, bytes) -> digests.put(path, Digest.of(bytes)));
    var manifest =
        new ReleaseManifest(
            new KubernetesVersion(1, 36, 2),
            digests,
            List.of(new ComponentEntry("bell", Optional.empty(), List.of())),
            List.of("bell"),
            List.of(),
            new TreeMap<>(),
            new TreeMap<>(),
            List.of(),
            List.of());
    return new Release(manifest, files);
  }

  private static String bell(String text) {
    return """
    ---
    apiVersion: v1
    kind: Bell
    metadata: {name: bell}
    says: %s
    """
        .formatted(text);
  }
}
