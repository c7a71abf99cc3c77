package dev.fairway.channel;

import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.ChannelPolicies;
import dev.fairway.source.ChannelFilesReader;
import dev.fairway.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** What {@code channels/} and {@code clusters/} say at a commit of main. */
final class PolicyFiles {
  private static final String CHANNELS = "channels";
  private static final String CLUSTERS = "clusters";

  private final Repository git;

  /** By the folder's tree: policies change less often than main. */
  private final Map<ObjectId, Outcome<ChannelPolicies>> read = new HashMap<>();

  /** By the folder's tree, too: an act asks for the same ones again and again. */
  private final Map<ObjectId, List<SourceFile>> records = new LastFew<>();

  private PolicyFiles(Repository git) {
    this.git = git;
  }

  static PolicyFiles of(Repository git) {
    return new PolicyFiles(git);
  }

  /**
   * The policies at a commit.
   *
   * @param channels the tree of {@code channels/}, zero where there is none
   * @param clusters the tree of {@code clusters/}, zero where there is none
   */
  record PolicyAt(ObjectId commit, ObjectId channels, ObjectId clusters, ChannelPolicies policies) {
    /** Whether another commit says the same of channels and of clusters. */
    boolean saysTheSameAs(PolicyAt other) {
      return channels.equals(other.channels) && clusters.equals(other.clusters);
    }
  }

  Outcome<PolicyAt> read(ObjectId commit) {
    var channels = tree(commit, CHANNELS);
    var clusters = tree(commit, CLUSTERS);
    return read.computeIfAbsent(
            channels, folder -> ChannelFilesReader.read(files(folder, CHANNELS)))
        .map(policies -> new PolicyAt(commit, channels, clusters, policies));
  }

  /** The records of the fleet. */
  List<SourceFile> clusters(PolicyAt policy) {
    return records.computeIfAbsent(policy.clusters(), folder -> files(folder, CLUSTERS));
  }

  private ObjectId tree(ObjectId commit, String folder) {
    try (var walk = new RevWalk(git);
        var found = TreeWalk.forPath(git, folder, walk.parseCommit(commit).getTree())) {
      return found == null ? ObjectId.zeroId() : found.getObjectId(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<SourceFile> files(ObjectId tree, String folder) {
    var files = new ArrayList<SourceFile>();
    if (tree.equals(ObjectId.zeroId())) {
      return files;
    }
    try (var walk = new TreeWalk(git)) {
      walk.addTree(tree);
      while (walk.next()) {
        if (walk.getNameString().endsWith(".yaml")) {
          var bytes = walk.getObjectReader().open(walk.getObjectId(0)).getBytes();
          files.add(
              new SourceFile(
                  folder + "/" + walk.getNameString(), new String(bytes, StandardCharsets.UTF_8)));
        }
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
