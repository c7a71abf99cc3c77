package dev.fairway.deploy.aws;

import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What an error of AWS says. */
final class Failing {
  private Failing() {}

  /** Such as {@code DependencyViolation}; empty when the answer had none. */
  static String code(AwsServiceException e) {
    return Optional.ofNullable(e.awsErrorDetails()).map(AwsErrorDetails::errorCode).orElse("");
  }

  /** The service's own words. */
  static String reason(AwsServiceException e) {
    return Optional.ofNullable(e.awsErrorDetails())
        .map(AwsErrorDetails::errorMessage)
        .filter(text -> !text.isBlank())
        .orElseGet(() -> Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName()));
  }
}
