package dev.fairway.channel;

import dev.fairway.diagnostic.Outcome;
import dev.fairway.release.Release;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A release and the commit that it is of.
 *
 * @param source which its {@code Source-Commit} will name
 */
public record SourcedRelease(Release release, ObjectId source) {
  /**
   * Of what is checked out in a clone, on the word of whoever asks: nobody can see from a release
   * what it was compiled from.
   */
  public static Outcome<SourcedRelease> trusted(ChannelRepository clone, Release release) {
    try {
      return Outcome.of(new SourcedRelease(release, CheckedOut.commit(clone.git())));
    } catch (GitFailure e) {
      return e.outcome();
    }
  }

  /**
   * Compiles what is checked out in a clone: looked at before and after, so that nothing else is
   * compiled.
   *
   * @param compiled the folder that will be
   */
  public static Outcome<SourcedRelease> compiled(
      ChannelRepository clone, Path compiled, Supplier<Outcome<Release>> compiler) {
    try {
      var before = CheckedOut.commit(clone.git());
      CheckedOut.requireAt(clone.git(), compiled);
      return compiler
          .get()
          .then(release ->
              trusted(clone, release).then(after -> CheckedOut.requireSame(before, after)));
    } catch (GitFailure e) {
      return e.outcome();
    }
  }
}
