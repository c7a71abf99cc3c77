package dev.fairway.channel;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.diagnostic.Span;
import dev.fairway.model.Channel;
import dev.fairway.model.ChannelPolicies;
import dev.fairway.source.ChannelFilesReader;
import dev.fairway.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** What {@code channels/} and {@code clusters/} say at a commit of main. */
final class PolicyFiles {
  private static final String CHANNELS = "channels";
  private static final String CLUSTERS = "clusters";

  /** As much as a file of the work tree may have. */
  private static final int LARGEST = 1 << 20;

  private final Repository git;

  /** Folders in which every file is one. */
  private final Set<ObjectId> regular = new HashSet<>();

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

    /** Without which no channel that is there came to what it has: its upstreams, and evidence. */
    List<String> needed(Branches branches) {
      return policies.channels().stream()
          .filter(channel -> branches.tip(channel.branch()).isPresent())
          .flatMap(channel ->
              Stream.concat(
                  Stream.of(Branches.EVIDENCE),
                  channel.upstream().flatMap(policies::find).map(Channel::branch).stream()))
          .distinct()
          .toList();
    }
  }

  Outcome<PolicyAt> read(ObjectId commit) {
    try {
      var channels = tree(commit, CHANNELS);
      var clusters = tree(commit, CLUSTERS);
      requireFiles(clusters, CLUSTERS);
      return read.computeIfAbsent(
              channels, folder -> ChannelFilesReader.read(files(folder, CHANNELS)))
          .map(policies -> new PolicyAt(commit, channels, clusters, policies));
    } catch (GitFailure e) {
      return e.outcome();
    }
  }

  /** The records of the fleet. */
  List<SourceFile> clusters(PolicyAt policy) {
    return records.computeIfAbsent(policy.clusters(), folder -> files(folder, CLUSTERS));
  }

  private ObjectId tree(ObjectId commit, String folder) {
    try (var walk = new RevWalk(git);
        var found = TreeWalk.forPath(git, folder, walk.parseCommit(commit).getTree())) {
      if (found == null) {
        return ObjectId.zeroId();
      }
      if (!found.getFileMode(0).equals(FileMode.TREE)) {
        throw new GitFailure(odd(folder, found.getFileMode(0), "a folder"));
      }
      return found.getObjectId(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<SourceFile> files(ObjectId tree, String folder) {
    requireFiles(tree, folder);
    var files = new ArrayList<SourceFile>();
    eachYaml(
        tree,
        walk -> {
          var name = folder + "/" + walk.getNameString();
          files.add(new SourceFile(name, new String(bytes(walk, name), StandardCharsets.UTF_8)));
        });
    return files;
  }

  private static byte[] bytes(TreeWalk walk, String name) throws IOException {
    try {
      return walk.getObjectReader()
          .open(walk.getObjectId(0), Constants.OBJ_BLOB)
          .getCachedBytes(LARGEST);
    } catch (LargeObjectException _) {
      throw new GitFailure(
          Diagnostic.at(
              Span.startOf(name),
              Code.UNREADABLE_FILE,
              name + " is larger than 1 MiB on main",
              "take it out of the folder, on main"));
    }
  }

  /** That all that could be meant to be read can be: a link holds a path, and no policy. */
  private void requireFiles(ObjectId tree, String folder) {
    if (regular.contains(tree)) {
      return;
    }
    var odd = new Diagnostics.Collector();
    eachYaml(
        tree,
        walk -> {
          if (!isFile(walk.getFileMode(0))) {
            odd.add(
                odd(folder + "/" + walk.getNameString(), walk.getFileMode(0), "a regular file"));
          }
        });
    if (odd.hasErrors()) {
      throw new GitFailure(odd.diagnostics());
    }
    regular.add(tree);
  }

  private static boolean isFile(FileMode mode) {
    return mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE);
  }

  private static Diagnostic odd(String path, FileMode mode, String wanted) {
    return Diagnostic.at(
        Span.startOf(path),
        Code.UNREADABLE_FILE,
        "%s is %s on main, not %s".formatted(path, TreeContents.what(mode), wanted),
        "put %s there, on main".formatted(wanted));
  }

  private interface Visit {
    void at(TreeWalk walk) throws IOException;
  }

  private void eachYaml(ObjectId tree, Visit visit) {
    if (tree.equals(ObjectId.zeroId())) {
      return;
    }
    try (var walk = new TreeWalk(git)) {
      walk.addTree(tree);
      while (walk.next()) {
        if (walk.getNameString().endsWith(".yaml")) {
          visit.at(walk);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
