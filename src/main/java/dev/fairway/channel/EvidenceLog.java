package dev.fairway.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * In which order things were said. Every move of a channel adds to the branch {@code evidence} in
 * the same push, so the branch knows what came before what without anybody's clock.
 */
final class EvidenceLog {
  private final Repository git;

  /** From the tip back, as far as anybody asked. */
  private final List<ObjectId> commits = new ArrayList<>();

  EvidenceLog(Repository git, Optional<ObjectId> tip) {
    this.git = git;
    tip.ifPresent(commits::add);
  }

  /** The branch as it was when it was given the file; empty when it does not have it. */
  Optional<EvidenceBranch> given(EvidencePath path) {
    return has(0, path) ? at(age(path)) : Optional.empty();
  }

  /** How many commits the branch had since it was given a file that it has. */
  int age(EvidencePath path) {
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
    return at(back).filter(branch -> branch.has(path)).isPresent();
  }

  private Optional<EvidenceBranch> at(int back) {
    try (var walk = new RevWalk(git)) {
      walk.setRetainBody(false);
      while (!commits.isEmpty() && commits.size() <= back) {
        var oldest = walk.parseCommit(commits.getLast());
        if (oldest.getParentCount() == 0) {
          break;
        }
        commits.add(oldest.getParent(0).getId());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return back < commits.size()
        ? Optional.of(new EvidenceBranch(git, Optional.of(commits.get(back))))
        : Optional.empty();
  }
}
