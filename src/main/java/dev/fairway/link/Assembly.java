package dev.fairway.link;

import dev.fairway.model.ClusterId;
import dev.fairway.model.Digest;
import dev.fairway.release.Folders;
import dev.fairway.release.TreeDigest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A release linked to one cluster: a CDK cloud assembly, the manifests and the node configs.
 *
 * @param stacks in deploy order
 * @param components those that are on, in the order in which their manifests are applied
 * @param files by path, {@code link.json} left out
 */
public record Assembly(
    ClusterId cluster,
    Digest release,
    List<Stack> stacks,
    List<String> components,
    SortedMap<String, Content> files) {
  /** What tells an assembly's folder from any other. */
  public static final String LINK_FILE = "link.json";

  public Assembly {
    stacks = List.copyOf(stacks);
    components = List.copyOf(components);
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /** What a cluster should run: a change that does not reach the cluster does not change it. */
  public Digest desiredVersion() {
    var digests = new TreeMap<String, Digest>();
    files.forEach((path, content) -> digests.put(path, content.digest()));
    return TreeDigest.of(digests);
  }

  /** The bytes of every file, {@code link.json} among them. */
  SortedMap<String, byte[]> contents() {
    var contents = new TreeMap<String, byte[]>();
    files.forEach((path, content) -> contents.put(path, content.bytes()));
    contents.put(LINK_FILE, LinkJson.of(this));
    return contents;
  }

  /** The bytes of a file by its path, {@code link.json} left out. */
  public Optional<byte[]> file(String path) {
    return Optional.ofNullable(files.get(path)).map(Content::bytes);
  }

  /** Writes the assembly below the folder. */
  public void write(Path folder) throws IOException {
    Folders.write(folder, contents());
  }

  /** The stacks' names, as CloudFormation has them, in deploy order. */
  public List<String> stackNames() {
    return stacks.stream().map(Stack::stackName).toList();
  }

  /** The manifests of the components that are on, by path. */
  public SortedMap<String, byte[]> manifests() {
    var manifests = contents();
    manifests.keySet().removeIf(path -> !path.startsWith("manifests/"));
    return manifests;
  }
}
