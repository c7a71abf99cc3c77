package dev.fairway.platform.node;

import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Text;
import dev.fairway.platform.node.NodeConfig.Link;
import dev.fairway.platform.node.NodeConfig.RemoteFile;

/**
 * A system extension: an image that Flatcar lays over /usr when it boots. The node fetches it, and
 * does not boot when its hash is not the one that the cluster names: an image is code that runs as
 * root, and its publisher may change what a name stands for.
 */
record Extension(String name, String version, Symbol hash) {
  /** Ignition's way to write a hash. */
  private static final Text HASH =
      new Text(
          "(sha512-[0-9a-f]{128}|sha256-[0-9a-f]{64})",
          "sha512- or sha256- and the digest in lower-case hexadecimal digits");

  /** Where the images are, under the names that Flatcar's own server gives them. */
  static final Symbol SOURCE =
      Symbol.setting(
          "sysext_source",
          new Text(
              "(https|s3)://[A-Za-z0-9._/-]*[A-Za-z0-9_-]",
              "a URL of https or s3 that does not end in a slash"),
          "https://extensions.flatcar.org/extensions",
          "Where nodes fetch system extensions from: Flatcar's server, or a mirror of it");

  /** The extension of a publisher's version; a cluster must say what the image's hash is. */
  static Extension of(String name, String version) {
    return new Extension(
        name,
        version,
        Symbol.requiredSetting(
            name.replace('-', '_') + "_sysext_hash",
            HASH,
            "The hash of " + image(name, version) + ", which nodes verify"));
  }

  Part part() {
    var image = "/opt/extensions/" + name + "/" + image(name, version);
    return Part.remoteFiles(
            new RemoteFile(image, 0644, SOURCE.token() + "/" + image(name, version), hash.token()))
        .and(Part.links(new Link("/etc/extensions/" + name + ".raw", image)));
  }

  private static String image(String name, String version) {
    return name + "-" + version + "-x86-64.raw";
  }
}
