package dev.fairway.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * In which order things were said. Every move of a channel adds to the branch {@code evidence} in
 * the same push, so the branch knows what came before what without anybody's clock.
 *
 * <p>Statements are judged by several threads, so it lets one in at a time.
 */
final class EvidenceLog {
  private final Repository git;

  /** From the tip back, as far as anybody asked. */
  private final List<Entry> entries = new ArrayList<>();

  /** The one before those; empty when there is none. */
  private Optional<ObjectId> next;

  private final Map<Instant, Optional<EvidenceBranch>> ends = new HashMap<>();

  EvidenceLog(Repository git, Optional<ObjectId> tip) {
    this.git = git;
    this.next = tip;
  }

  private record Entry(EvidenceBranch branch, Instant time) {}

  /** The branch as it was when it was given the file; empty when it does not have it. */
  synchronized Optional<EvidenceBranch> given(EvidencePath path) {
    return entry(path).map(Entry::branch);
  }

  /** When it was given the file, as who did that says; empty when it does not have it. */
  synchronized Optional<Instant> said(EvidencePath path) {
    return entry(path).map(Entry::time);
  }

  /** Whether it had the file at the end of something, as its dates say, which only go forward. */
  synchronized boolean had(EvidencePath path, Instant end) {
    return ends.computeIfAbsent(end, this::before).filter(branch -> branch.has(path)).isPresent();
  }

  private Optional<EvidenceBranch> before(Instant end) {
    var back = 0;
    while (at(back).filter(entry -> !entry.time().isBefore(end)).isPresent()) {
      back++;
    }
    return at(back).map(Entry::branch);
  }

  private Optional<Entry> entry(EvidencePath path) {
    return has(0, path) ? at(age(path)) : Optional.empty();
  }

  /** How many commits the branch had since it was given a file that it has. */
  synchronized int age(EvidencePath path) {
    // It is only added to: those that have the file are the last ones.
    var has = 0;
    var lacks = 1;
    while (has(lacks, path)) {
      has = lacks;
      lacks *= 2;
    }
    while (lacks - has > 1) {
      var middle = (has + lacks) >>> 1;
      if (has(middle, path)) {
        has = middle;
      } else {
        lacks = middle;
      }
    }
    return has;
  }

  private boolean has(int back, EvidencePath path) {
    return at(back).filter(entry -> entry.branch().has(path)).isPresent();
  }

  private Optional<Entry> at(int back) {
    if (entries.size() <= back && next.isPresent()) {
      read(back);
    }
    return back < entries.size() ? Optional.of(entries.get(back)) : Optional.empty();
  }

  private void read(int back) {
    try (var walk = new RevWalk(git)) {
      walk.setRetainBody(false);
      while (entries.size() <= back && next.isPresent()) {
        var commit = walk.parseCommit(next.get());
        entries.add(
            new Entry(
                new EvidenceBranch(git, next), Instant.ofEpochSecond(commit.getCommitTime())));
        next =
            commit.getParentCount() == 0
                ? Optional.empty()
                : Optional.of(commit.getParent(0).getId());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
