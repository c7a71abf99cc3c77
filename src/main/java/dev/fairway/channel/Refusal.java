package dev.fairway.channel;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;

/** A shorthand for failures that have no place in a file. */
final class Refusal {
  /** What to do about a commit that nobody should have made. */
  static final String FOREIGN_COMMIT =
      "let only fairway push to channels' branches, and move the branch back to its last promotion;"
          + " a clone that saw this is told how to forget it";

  private Refusal() {}

  /** Of a commit of a channel. */
  static GitFailure unsound(String channel, PromotionCommit commit, String what) {
    return unsound(channel, commit, what, FOREIGN_COMMIT);
  }

  /** The same where there is more to do about it than to take it back. */
  static GitFailure unsound(String channel, PromotionCommit commit, String what, String remedy) {
    return of(
        Code.BROKEN_CHAIN,
        "%s: the commit %s is not sound: %s".formatted(channel, commit.id().name(), what),
        remedy);
  }

  /** Of a commit that main has, and by its first parents never stood at. */
  static GitFailure mergedOnly(String whatNamesIt) {
    return of(
        Code.MERGED_BACKWARDS,
        whatNamesIt + ", which main only merged: by its first parents it never stood there",
        "where main did stand there, it was later merged the wrong way round, as git pull and"
            + " git push do it: make main anew from there, as the page says; else "
            + FOREIGN_COMMIT);
  }

  static GitFailure of(Code code, String message, String remedy) {
    return new GitFailure(Diagnostic.general(code, message, remedy));
  }
}
