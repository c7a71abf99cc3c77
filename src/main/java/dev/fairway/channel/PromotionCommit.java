package dev.fairway.channel;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * A commit of a channel's branch.
 *
 * @param parent none for the first release of a channel
 * @param time of its making, which may be long before the channel moved to it
 */
record PromotionCommit(
    ObjectId id,
    ObjectId tree,
    Optional<ObjectId> parent,
    Trailers trailers,
    Instant time,
    Signed signed) {

  Act act() {
    if (trailers.rolledBackFrom().isPresent()) {
      return Act.ROLLBACK;
    }
    if (trailers.hotfixOf().isPresent()) {
      return Act.HOTFIX;
    }
    return trailers.from().equals(Branches.MAIN) ? Act.PUBLISH : Act.PROMOTE;
  }

  /** Reads a commit of a channel's branch; one that others made there is refused. */
  static Outcome<PromotionCommit> read(RevCommit commit) {
    var name = commit.name();
    if (commit.getParentCount() > 1) {
      return Refusal.of(
              Code.NO_PROMOTION,
              "the commit %s has %d parents, where a promotion has one"
                  .formatted(name, commit.getParentCount()),
              Refusal.FOREIGN_COMMIT)
          .outcome();
    }
    var read = Trailers.read(message(commit));
    return read.trailers()
        .map(trailers -> Outcome.of(of(commit, trailers)))
        .orElseGet(() ->
            Refusal.of(
                    Code.NO_PROMOTION,
                    "the commit %s is no promotion: %s".formatted(name, read.problem()),
                    Refusal.FOREIGN_COMMIT)
                .outcome());
  }

  /** Always UTF-8: a header that says otherwise must not change what two readers see. */
  private static String message(RevCommit commit) {
    var text = new String(commit.getRawBuffer(), StandardCharsets.UTF_8);
    return text.substring(Math.max(0, text.indexOf("\n\n")) + 2);
  }

  private static PromotionCommit of(RevCommit commit, Trailers trailers) {
    return new PromotionCommit(
        commit.getId(),
        commit.getTree().getId(),
        commit.getParentCount() == 0 ? Optional.empty() : Optional.of(commit.getParent(0).getId()),
        trailers,
        Instant.ofEpochSecond(commit.getCommitTime()),
        SignedCommits.signer(commit));
  }

  /**
   * Writes a signed commit.
   *
   * @param subject what {@code git log --oneline} shows
   * @param owner of the key
   */
  static PromotionCommit write(
      Repository git,
      ObjectId tree,
      Optional<ObjectId> parent,
      Trailers trailers,
      String subject,
      String owner,
      SigningKey key,
      Instant time) {
    var commit = new CommitBuilder();
    commit.setTreeId(tree);
    parent.ifPresent(commit::setParentId);
    commit.setAuthor(Author.of(owner, time));
    commit.setCommitter(Author.of(owner, time));
    commit.setMessage(
        "%s\n\nRelease %s\n\n%s".formatted(subject, trailers.release(), trailers.text()));
    SignedCommits.sign(key, commit);
    try (var inserter = git.newObjectInserter()) {
      var id = inserter.insert(commit);
      inserter.flush();
      return new PromotionCommit(id, tree, parent, trailers, time, new Signed.By(key.publicKey()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
