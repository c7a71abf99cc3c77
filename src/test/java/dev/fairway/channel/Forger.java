package dev.fairway.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Somebody who may push to the remote whatever they like. */
final class Forger implements AutoCloseable {
  private final Repository git;

  Forger(Path remote) throws IOException {
    git = new FileRepositoryBuilder().setGitDir(remote.toFile()).setMustExist(true).build();
  }

  RevCommit tip(String branch) throws IOException {
    try (var walk = new RevWalk(git)) {
      var commit = walk.parseCommit(git.resolve(Constants.R_HEADS + branch));
      walk.parseBody(commit);
      return commit;
    }
  }

  /** Lets the branch be at the commit, wherever it was. */
  void move(String branch, ObjectId commit) throws IOException {
    var update = git.updateRef(Constants.R_HEADS + branch);
    update.setNewObjectId(commit);
    update.forceUpdate();
  }

  /** A commit in the place of the branch's tip, with something about it changed. */
  void replaceTip(
      String branch,
      UnaryOperator<String> message,
      ObjectId tree,
      Optional<SigningKey> key,
      ObjectId... moreParents)
      throws IOException {
    var tip = tip(branch);
    var parents =
        Stream.concat(
                List.of(tip.getParents()).stream().map(RevCommit::getId), Stream.of(moreParents))
            .toArray(ObjectId[]::new);
    move(branch, commit(tree, message.apply(tip.getFullMessage()), key, time(tip), parents));
  }

  static Instant time(RevCommit commit) {
    return Instant.ofEpochSecond(commit.getCommitTime());
  }

  ObjectId commit(
      ObjectId tree, String message, Optional<SigningKey> key, Instant time, ObjectId... parents)
      throws IOException {
    var commit = new CommitBuilder();
    commit.setTreeId(tree);
    commit.setParentIds(parents);
    commit.setAuthor(Author.of("forger", time));
    commit.setCommitter(Author.of("forger", time));
    commit.setMessage(message);
    key.ifPresent(signer -> SignedCommits.sign(signer, commit));
    try (var inserter = git.newObjectInserter()) {
      var id = inserter.insert(commit);
      inserter.flush();
      return id;
    }
  }

  /** The tree of the branch with another content at the path; without, when that is empty. */
  ObjectId tree(String branch, String path, Optional<String> content, FileMode mode)
      throws IOException {
    var index = DirCache.newInCore();
    var builder = index.builder();
    try (var inserter = git.newObjectInserter();
        var walk = new TreeWalk(git)) {
      walk.addTree(tip(branch).getTree());
      walk.setRecursive(true);
      while (walk.next()) {
        if (!walk.getPathString().equals(path)) {
          builder.add(entry(walk.getPathString(), walk.getFileMode(0), walk.getObjectId(0)));
        }
      }
      if (content.isPresent()) {
        var blob = inserter.insert(Constants.OBJ_BLOB, content.get().getBytes(UTF_8));
        builder.add(entry(path, mode, blob));
      }
      builder.finish();
      var tree = index.writeTree(inserter);
      inserter.flush();
      return tree;
    }
  }

  /** The tree of the branch with everything in it twice, as no git writes it. */
  ObjectId twice(String branch) throws IOException {
    var to = new TreeFormatter();
    try (var reader = git.newObjectReader();
        var inserter = git.newObjectInserter()) {
      var from = new CanonicalTreeParser(new byte[0], reader, tip(branch).getTree());
      for (; !from.eof(); from.next(1)) {
        to.append(from.getEntryPathString(), from.getEntryFileMode(), from.getEntryObjectId());
        to.append(from.getEntryPathString(), from.getEntryFileMode(), from.getEntryObjectId());
      }
      var tree = inserter.insert(to);
      inserter.flush();
      return tree;
    }
  }

  private static DirCacheEntry entry(String path, FileMode mode, ObjectId id) {
    var entry = new DirCacheEntry(path);
    entry.setFileMode(mode);
    entry.setObjectId(id);
    return entry;
  }

  String text(String branch, String path) throws IOException {
    try (var walk = TreeWalk.forPath(git, path, tip(branch).getTree())) {
      return new String(git.open(walk.getObjectId(0)).getBytes(), UTF_8);
    }
  }

  /** The first file of evidence of a kind. */
  String evidence(String kind) throws IOException {
    try (var walk = new TreeWalk(git)) {
      walk.addTree(tip("evidence").getTree());
      walk.setRecursive(true);
      while (walk.next()) {
        if (walk.getPathString().contains("." + kind + ".")) {
          return walk.getPathString();
        }
      }
    }
    throw new AssertionError("no evidence of the kind " + kind);
  }

  @Override
  public void close() {
    git.close();
  }
}
