package dev.fairway.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Where main stood when, by the dates of its commits. These are the word of who made them, often
 * before main had them: enough to make people look, and to refuse nothing.
 */
final class MainLog {
  private final Repository git;
  private final ObjectId tip;

  /** The newest first; empty until somebody asks. */
  private final List<Entry> entries = new ArrayList<>();

  MainLog(Repository git, ObjectId tip) {
    this.git = git;
    this.tip = tip;
  }

  private record Entry(ObjectId commit, Instant time) {}

  /** Where it stood at a time; empty before its first commit. */
  Optional<ObjectId> at(Instant time) {
    if (entries.isEmpty()) {
      read();
    }
    return entries.stream()
        .filter(entry -> !entry.time().isAfter(time))
        .findFirst()
        .map(Entry::commit);
  }

  private void read() {
    try (var walk = new RevWalk(git)) {
      walk.setFirstParent(true);
      walk.setRetainBody(false);
      walk.markStart(walk.parseCommit(tip));
      for (var commit : walk) {
        entries.add(new Entry(commit.getId(), Instant.ofEpochSecond(commit.getCommitTime())));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
