package dev.fairway.channel;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What GitHub answered in the place of what was asked, for a diagnostic. */
final class GithubException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private final Code code;
  private final String message;
  private final String remedy;
  private final boolean transientFailure;
  private final transient Optional<Duration> wait;

  private GithubException(
      Code code, String message, String remedy, boolean transientFailure, Optional<Duration> wait) {
    super(message);
    this.code = code;
    this.message = message;
    this.remedy = remedy;
    this.transientFailure = transientFailure;
    this.wait = wait;
  }

  /** What another try would not change. */
  static GithubException refused(String message, String remedy) {
    return new GithubException(Code.GITHUB_REFUSED, message, remedy, false, Optional.empty());
  }

  /** What another try may change. */
  static GithubException unreachable(String message) {
    return new GithubException(
        Code.GITHUB_UNREACHABLE,
        message,
        "see whether this machine reaches it, and run the command again: it takes up where it"
            + " stopped",
        true,
        Optional.empty());
  }

  /**
   * What waiting changes.
   *
   * @param wait how long GitHub asks to be left alone
   */
  static GithubException limited(String message, Duration wait, Instant now) {
    return new GithubException(
        Code.GITHUB_LIMIT,
        message,
        "run the command again after " + now.plus(wait).truncatedTo(ChronoUnit.SECONDS),
        true,
        Optional.of(wait));
  }

  static GithubException noPullRequest(String head) {
    return new GithubException(
        Code.NO_PULL_REQUEST,
        head + " has no open pull request",
        "open one, or name the branch of one that is open",
        false,
        Optional.empty());
  }

  boolean isTransient() {
    return transientFailure;
  }

  Optional<Duration> waitAsked() {
    return wait;
  }

  Diagnostic diagnostic() {
    return Diagnostic.general(code, message, remedy);
  }
}
