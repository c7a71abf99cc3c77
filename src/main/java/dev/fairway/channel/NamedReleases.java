package dev.fairway.channel;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Channel;
import dev.fairway.release.Release;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Releases by the names that people have for them in a clone: a channel, as the last fetch saw it,
 * or whatever Git itself takes for a commit whose tree is a release. Asks no remote.
 */
public record NamedReleases(ChannelRepository repository) {

  /** The release, every file of it held against its manifest. */
  public Outcome<Release> find(String name) {
    return GitFailure.outcomeOf(() ->
        tip(name)
            .or(() -> commit(name))
            .map(commit -> read(commit, name))
            .orElseGet(() ->
                Refusal.of(
                        Code.NO_BRANCH,
                        name + " is no folder, no channel and no commit",
                        "name a release's folder, a channel that was fetched, or a commit of one")
                    .outcome()));
  }

  /** The tip of a channel; of one that the policy at hand does not know, of the branch. */
  private Optional<ObjectId> tip(String name) {
    var branches = repository.remembered();
    var branch =
        branches
            .tip(Branches.MAIN)
            .flatMap(main -> repository.policies().read(main).value())
            .flatMap(policy -> policy.policies().find(name))
            .map(Channel::branch)
            .orElse(name);
    return branches.tip(branch);
  }

  private Optional<ObjectId> commit(String name) {
    try {
      return Optional.ofNullable(repository.git().resolve(name + "^{commit}"));
    } catch (AmbiguousObjectException | IncorrectObjectTypeException | RevisionSyntaxException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Outcome<Release> read(ObjectId commit, String name) {
    return ReleaseTrees.of(repository.git())
        .read(repository.commit(commit).getTree().getId(), name, Optional.empty());
  }
}
