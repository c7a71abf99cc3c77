package dev.fairway.platform.node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * An Ignition config before linking: files hold plain contents, with tokens where a cluster's or a
 * pool's values go.
 *
 * @param name {@code master}, {@code etcd} or {@code worker-<profile>}
 */
public record NodeConfig(
    String name,
    List<NodeFile> files,
    List<RemoteFile> remoteFiles,
    List<Link> links,
    List<Unit> units) {
  public NodeConfig {
    files = List.copyOf(files);
    remoteFiles = List.copyOf(remoteFiles);
    links = List.copyOf(links);
    units = List.copyOf(units);
    requireOneFilePerPath(files);
  }

  /** Ignition refuses a config that has a path twice, and the node would not boot. */
  private static void requireOneFilePerPath(List<NodeFile> files) {
    var seen = new HashMap<String, List<NodeFile>>();
    for (var file : files) {
      var others = seen.computeIfAbsent(file.path(), _ -> new ArrayList<>());
      if (!others.stream().allMatch(file::excludes)) {
        throw new IllegalArgumentException("a node would have " + file.path() + " twice");
      }
      others.add(file);
    }
  }

  /** A symbolic link. */
  public record Link(String path, String target) {}

  /**
   * A file that the node fetches while it boots, and refuses if the hash differs.
   *
   * @param hash {@code sha512-} or {@code sha256-} and hexadecimal digits; may hold a token
   */
  public record RemoteFile(String path, int mode, String source, String hash) {}
}
