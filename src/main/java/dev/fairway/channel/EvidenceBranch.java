package dev.fairway.channel;

import static java.util.stream.Collectors.joining;

import dev.fairway.diagnostic.Code;
import dev.fairway.model.Digest;
import dev.fairway.model.EvidenceKind;
import dev.fairway.model.TrustedKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * The branch {@code evidence} at one commit. It is read and added to as objects of Git: nothing is
 * checked out, and no branch moves by what is done here.
 *
 * @param tip empty while nobody has said anything
 */
record EvidenceBranch(Repository git, Optional<ObjectId> tip) {
  /**
   * Beyond what a promotion over ten thousand clusters says; it keeps a file from filling memory.
   */
  static final int LARGEST = 32 << 20;

  /** Enough of a digest for a commit's subject. */
  private static final int SHORT = 12;

  /** A file that is to be added. */
  record Addition(Statement statement, Envelope envelope) {
    static Addition of(Statement statement, SigningKey key) {
      return new Addition(statement, Envelope.sign(statement, key));
    }

    EvidencePath path() {
      return EvidencePath.of(statement, envelope.file());
    }
  }

  /**
   * A file of the branch.
   *
   * @param bytes empty when they are more than any statement has
   */
  private record Given(EvidencePath path, Optional<byte[]> bytes) {
    static Given read(EvidencePath path, ObjectId blob, ObjectReader reader) throws IOException {
      try {
        return new Given(
            path, Optional.of(reader.open(blob, Constants.OBJ_BLOB).getCachedBytes(LARGEST)));
      } catch (LargeObjectException _) {
        return new Given(path, Optional.empty());
      }
    }

    Evidence judged(EvidenceJudge judge) {
      return bytes
          .map(file -> judge.judge(path, file))
          .orElseGet(() ->
              new Evidence.Rejected(
                  path,
                  Optional.empty(),
                  "nobody known",
                  List.of("it is larger than any statement")));
    }
  }

  /** All that was said of the release in any channel, judged, by path. */
  List<Evidence> of(Digest release, EvidenceJudge judge) {
    var folders = channels().stream().map(channel -> EvidencePath.folder(channel, release));
    return at(folders.toList(), path -> path.release().equals(release), judge);
  }

  /** All that was said of the release in the channel, judged, by path. */
  List<Evidence> of(String channel, Digest release, EvidenceJudge judge) {
    var folder = EvidencePath.folder(channel, release);
    return at(List.of(folder), path -> path.release().equals(release), judge);
  }

  /** What was said of moves of the channel to the release, judged, by path. */
  List<Evidence> promotions(String channel, Digest release, EvidenceJudge judge) {
    var folder = EvidencePath.folder(channel, release);
    return at(
        List.of(folder),
        path -> path.release().equals(release) && path.kind().equals(EvidenceKind.PROMOTION),
        judge);
  }

  /** All that was ever said of releases in the channel, judged, by path. */
  List<Evidence> of(String channel, EvidenceJudge judge) {
    return at(List.of(channel), _ -> true, judge);
  }

  /** Everything, judged, by path. */
  List<Evidence> all(EvidenceJudge judge) {
    return at(channels(), _ -> true, judge);
  }

  private List<String> channels() {
    return with(
        List.of(),
        (reader, tree) -> {
          var channels = new ArrayList<String>();
          try (var walk = new TreeWalk(git, reader)) {
            for (walk.addTree(tree); walk.next(); ) {
              if (walk.isSubtree()) {
                channels.add(walk.getPathString());
              }
            }
          }
          return channels;
        });
  }

  private List<Evidence> at(
      List<String> folders, Predicate<EvidencePath> wanted, EvidenceJudge judge) {
    return with(
        List.of(),
        (reader, tree) -> {
          var found = new ArrayList<Given>();
          for (var folder : folders) {
            try (var place = TreeWalk.forPath(reader, folder, tree)) {
              if (place != null && place.isSubtree()) {
                for (var file : below(folder, place.getObjectId(0), reader).entrySet()) {
                  if (wanted.test(file.getKey())) {
                    found.add(Given.read(file.getKey(), file.getValue(), reader));
                  }
                }
              }
            }
          }
          return judged(found, judge);
        });
  }

  /** What was said of moves of the channel since the branch was as the other is, judged. */
  List<Evidence> moves(String channel, EvidenceBranch before, EvidenceJudge judge) {
    return with(
        List.of(),
        (reader, tree) -> {
          var found = new ArrayList<Given>();
          try (var walk = new TreeWalk(git, reader)) {
            if (before.tip.isPresent()) {
              walk.addTree(tree(reader, before.tip.get()));
            } else {
              walk.addTree(new EmptyTreeIterator());
            }
            walk.addTree(tree);
            walk.setFilter(AndTreeFilter.create(PathFilter.create(channel), TreeFilter.ANY_DIFF));
            walk.setRecursive(true);
            while (walk.next()) {
              var path = EvidencePath.parse(walk.getPathString());
              if (path.filter(it -> it.kind().equals(EvidenceKind.PROMOTION)).isPresent()
                  && walk.getFileMode(0).equals(FileMode.MISSING)
                  && walk.getFileMode(1).equals(FileMode.REGULAR_FILE)) {
                found.add(Given.read(path.get(), walk.getObjectId(1), reader));
              }
            }
          }
          return judged(found, judge);
        });
  }

  /** What no statement would be called is passed over: {@link EvidenceAudit} names it. */
  private SortedMap<EvidencePath, ObjectId> below(String folder, ObjectId tree, ObjectReader reader)
      throws IOException {
    var found = new TreeMap<EvidencePath, ObjectId>();
    try (var walk = new TreeWalk(git, reader)) {
      walk.addTree(tree);
      walk.setRecursive(true);
      while (walk.next()) {
        var path = EvidencePath.parse(folder + "/" + walk.getPathString());
        if (path.isPresent() && walk.getFileMode(0).equals(FileMode.REGULAR_FILE)) {
          found.put(path.get(), walk.getObjectId(0));
        }
      }
    }
    return found;
  }

  /** By several threads: signatures are most of what a promotion computes. */
  private static List<Evidence> judged(List<Given> files, EvidenceJudge judge) {
    return files.parallelStream().map(file -> file.judged(judge)).toList();
  }

  boolean has(EvidencePath path) {
    return with(
        false,
        (reader, tree) -> {
          try (var place = TreeWalk.forPath(reader, path.toString(), tree)) {
            return place != null && place.getFileMode(0).equals(FileMode.REGULAR_FILE);
          }
        });
  }

  /**
   * A signed commit on the tip that adds the files, as an object only; the tip itself when all of
   * them are there. The branch's dates go only forward, though this clock may be behind another's.
   */
  ObjectId with(List<Addition> additions, SigningKey key, TrustedKey signer, Instant time) {
    var missing = additions.stream().filter(addition -> !has(addition.path())).toList();
    if (missing.isEmpty() && tip.isPresent()) {
      return tip.get();
    }
    try (var reader = git.newObjectReader();
        var inserter = git.newObjectInserter()) {
      var commit = new CommitBuilder();
      commit.setTreeId(grown(missing, reader, inserter));
      tip.ifPresent(commit::setParentId);
      var date = date(reader, time);
      commit.setAuthor(Author.of(signer.owner(), date));
      commit.setCommitter(Author.of(signer.owner(), date));
      commit.setMessage(message(missing));
      SignedCommits.sign(key, commit);
      var id = inserter.insert(commit);
      inserter.flush();
      return id;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Later than the clock by no more than clocks are apart. */
  private Instant date(ObjectReader reader, Instant time) throws IOException {
    if (tip.isEmpty()) {
      return time;
    }
    try (var walk = new RevWalk(reader)) {
      var last = Instant.ofEpochSecond(walk.parseCommit(tip.get()).getCommitTime());
      return last.isAfter(time) && !last.isAfter(time.plus(EvidenceJudge.CLOCKS_APART))
          ? last
          : time;
    }
  }

  private ObjectId grown(List<Addition> additions, ObjectReader reader, ObjectInserter inserter)
      throws IOException {
    var tree = tip.isPresent() ? Optional.of(tree(reader, tip.get())) : Optional.<ObjectId>empty();
    var grown = new TreeGrowth(inserter.newReader(), inserter);
    for (var addition : additions) {
      var path = addition.path();
      var blob = inserter.insert(Constants.OBJ_BLOB, addition.envelope().file());
      try {
        tree = Optional.of(grown.with(tree, Map.of(path.toString(), blob)));
      } catch (TreeGrowth.OccupiedException e) {
        throw Refusal.of(
            Code.REWRITTEN_EVIDENCE,
            "%s can't be added: something else stands at %s".formatted(path, e.getMessage()),
            "see what was pushed to the branch evidence: fairway evidence verify");
      }
    }
    return tree.orElseThrow();
  }

  private static String message(List<Addition> additions) {
    var first = additions.getFirst().statement();
    var subject =
        "Add %s of %s for %s"
            .formatted(first.kind(), first.release().hex().substring(0, SHORT), first.channel());
    return additions.stream()
        .map(addition -> addition.path().toString())
        .collect(joining("\n", subject + "\n\n", "\n"));
  }

  private interface Reading<T> {
    T from(ObjectReader reader, ObjectId tree) throws IOException;
  }

  /** Reads the tip's tree, unless nothing was ever said. */
  private <T> T with(T nothing, Reading<T> reading) {
    if (tip.isEmpty()) {
      return nothing;
    }
    try (var reader = git.newObjectReader()) {
      return reading.from(reader, tree(reader, tip.get()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectId tree(ObjectReader reader, ObjectId commit) throws IOException {
    try (var walk = new RevWalk(reader)) {
      return walk.parseCommit(commit).getTree().getId();
    }
  }
}
