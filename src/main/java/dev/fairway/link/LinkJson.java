package dev.fairway.link;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairway.release.CanonicalJson;

/** {@code link.json}: from what the assembly was linked, what that comes to, and in which files. */
final class LinkJson {
  private LinkJson() {}

  static byte[] of(Assembly assembly) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("cluster", assembly.cluster().toString())
            .put("desiredVersion", assembly.desiredVersion().hex())
            .put("release", assembly.release().hex());
    var files = json.putArray("files");
    assembly.files().keySet().forEach(files::add);
    var stacks = json.putArray("stacks");
    assembly.stackNames().forEach(stacks::add);
    return CanonicalJson.bytes(json);
  }
}
