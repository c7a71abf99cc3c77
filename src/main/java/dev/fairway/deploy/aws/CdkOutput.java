package dev.fairway.deploy.aws;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What {@code cdk} said. Only what CloudFormation itself does not know is read from it: why it
 * could not even ask.
 */
record CdkOutput(List<String> lines) {
  private static final int KEPT = 5000;
  private static final int TAIL = 12;

  /** {@code shop-etcd | 3/9 | 9:27:50 PM | CREATE_COMPLETE | AWS::S3::Bucket | Backups}. */
  private static final Pattern EVENT = Pattern.compile("^\\S+ \\| +\\d+(/\\d+)? \\| .*");

  private static final Pattern ASSET =
      Pattern.compile("^\\S+: (start|success|fail): (Build|Publish).*");

  private static final Pattern BUSY =
      Pattern.compile(
          "[Ss]tack:?\\s?(\\S+) is in (\\w+_IN_PROGRESS) state and can ?not be updated");

  private static final Pattern EXPIRED =
      Pattern.compile(
          "ExpiredToken|[Tt]oken(?: included in the request)? (?:is|has) expired"
              + "|SSO session .* expired|RequestExpired");

  private static final Pattern NO_CREDENTIALS =
      Pattern.compile(
          "no credentials have been configured|Unable to resolve AWS account"
              + "|Could not load credentials|InvalidClientTokenId|UnrecognizedClient"
              + "|security token included in the request is invalid");

  private static final Pattern NOT_BOOTSTRAPPED =
      Pattern.compile(
          "SSM parameter (\\S+) not found|[Hh]as the environment been bootstrapped"
              + "|requires bootstrap stack version '\\d+'");

  CdkOutput {
    lines = List.copyOf(lines);
  }

  boolean isThrottled() {
    return messages().anyMatch(AwsFailure::isThrottling);
  }

  boolean isExpired() {
    return messages().anyMatch(line -> EXPIRED.matcher(line).find());
  }

  boolean lacksCredentials() {
    return messages().anyMatch(line -> NO_CREDENTIALS.matcher(line).find());
  }

  boolean lacksBootstrap() {
    return messages().anyMatch(line -> NOT_BOOTSTRAPPED.matcher(line).find());
  }

  /** The stack that somebody else is changing, and what it is in; empty when none is. */
  Optional<String> busy() {
    return messages()
        .flatMap(line -> BUSY.matcher(line).results())
        .map(CdkOutput::stack)
        .findFirst();
  }

  /** CloudFormation names a stack by its ARN here. */
  private static String stack(MatchResult busy) {
    var parts = busy.group(1).split("/", -1);
    return (parts.length > 1 ? parts[1] : parts[0]) + " (" + busy.group(2) + ")";
  }

  /** The end of what it said, without the events and assets of which CloudFormation tells more. */
  String tail() {
    var messages = messages().toList();
    return String.join(
        " / ", messages.subList(Math.max(0, messages.size() - TAIL), messages.size()));
  }

  private java.util.stream.Stream<String> messages() {
    return lines.stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .filter(line -> !EVENT.matcher(line).matches() && !ASSET.matcher(line).matches());
  }

  /** Takes lines while they come, the last few thousand. */
  static final class Lines {
    private final Deque<String> kept = new ArrayDeque<>();

    synchronized void add(String line) {
      if (kept.size() == KEPT) {
        kept.removeFirst();
      }
      kept.addLast(line);
    }

    synchronized CdkOutput output() {
      return new CdkOutput(List.copyOf(kept));
    }
  }
}
