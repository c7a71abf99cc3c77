package dev.fairway.deploy.aws;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** What an exception of the SDK means to whoever started the deploy. */
enum AwsFailure {
  NO_CREDENTIALS(
      Code.NO_CREDENTIALS,
      "sign in to the cluster's account, or name a profile of it by AWS_PROFILE"),
  EXPIRED_CREDENTIALS(
      Code.EXPIRED_CREDENTIALS,
      "sign in again and start the command again: it goes on where this one stopped"),
  ACCESS_DENIED(Code.ACCESS_DENIED, "allow it to the principal, or use credentials that may do it"),
  THROTTLED(
      Code.THROTTLED,
      "start it again in a few minutes, and see what else calls AWS in the account"),
  UNREACHABLE(
      Code.AWS_UNREACHABLE, "see whether the network reaches AWS, and what AWS_ENDPOINT_URL says"),
  UNSUPPORTED(Code.AWS_REFUSED, "the endpoint does not know this request: see AWS_ENDPOINT_URL"),
  /** A fault of the service, which may pass. */
  INTERNAL(Code.AWS_REFUSED, "start it again, and see AWS's health dashboard"),
  OTHER(Code.AWS_REFUSED, "see what the message names, and start it again");

  private static final Set<String> EXPIRED =
      Set.of("ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired");

  private static final Set<String> UNKNOWN_KEY =
      Set.of(
          "AuthFailure",
          "InvalidAccessKeyId",
          "InvalidClientTokenId",
          "MissingAuthenticationToken",
          "SignatureDoesNotMatch",
          "UnrecognizedClientException");

  private static final Set<String> DENIED =
      Set.of(
          "AccessDenied",
          "AccessDeniedException",
          "Client.UnauthorizedOperation",
          "UnauthorizedOperation");

  private static final Set<String> UNKNOWN_ACTION =
      Set.of(
          "InternalError.NotImplemented",
          "InvalidAction",
          "NotImplemented",
          "NotImplementedException",
          "UnknownOperationException",
          "UnsupportedOperation");

  private static final Pattern IS_THROTTLING =
      Pattern.compile(
          "Rate exceeded|Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|too many requests",
          Pattern.CASE_INSENSITIVE);

  /** How often the SDK tried, and every provider of credentials with what it lacks. */
  private static final Pattern NOISE =
      Pattern.compile(
          " ?\\(SDK Attempt Count: \\d+\\)| AwsCredentialsProviderChain\\(.*", Pattern.DOTALL);

  private static final int SERVER_FAULT = 500;
  private static final int NOT_IMPLEMENTED = 501;

  private final Code code;
  private final String remedy;

  AwsFailure(Code code, String remedy) {
    this.code = code;
    this.remedy = remedy;
  }

  static AwsFailure of(SdkException exception) {
    return switch (exception) {
      case AwsServiceException service -> ofService(service);
      case SdkClientException client -> ofClient(client);
      default -> OTHER;
    };
  }

  private static AwsFailure ofService(AwsServiceException exception) {
    var code = details(exception).map(AwsErrorDetails::errorCode).orElse("");
    if (isOf(EXPIRED, code)) {
      return EXPIRED_CREDENTIALS;
    }
    if (isOf(UNKNOWN_KEY, code)) {
      return NO_CREDENTIALS;
    }
    if (isOf(DENIED, code)) {
      return ACCESS_DENIED;
    }
    if (exception.isThrottlingException() || isThrottling(code + " " + words(exception))) {
      return THROTTLED;
    }
    if (isOf(UNKNOWN_ACTION, code) || exception.statusCode() == NOT_IMPLEMENTED) {
      return UNSUPPORTED;
    }
    return exception.statusCode() >= SERVER_FAULT ? INTERNAL : OTHER;
  }

  private static boolean isOf(Set<String> codes, String code) {
    return codes.contains(code);
  }

  /** The SDK has no types for these; its messages are what tells them apart. */
  private static AwsFailure ofClient(SdkClientException exception) {
    var message = said(exception);
    if (message.contains("expired")) {
      return EXPIRED_CREDENTIALS;
    }
    if (message.contains("redentials") || message.contains("rofile")) {
      return NO_CREDENTIALS;
    }
    return exception.getCause() instanceof java.io.IOException || message.contains("HTTP request")
        ? UNREACHABLE
        : OTHER;
  }

  /** Whether a text of AWS, or of a tool that quotes it, speaks of too many requests. */
  static boolean isThrottling(String text) {
    return IS_THROTTLING.matcher(text).find();
  }

  /** Whether the same request may succeed in a while, with nobody's help. */
  boolean isPassing() {
    return switch (this) {
      case THROTTLED, UNREACHABLE, INTERNAL -> true;
      case NO_CREDENTIALS, EXPIRED_CREDENTIALS, ACCESS_DENIED, UNSUPPORTED, OTHER -> false;
    };
  }

  /** The answer, or nothing when the question may be asked again. */
  static <T> Optional<T> unlessPassing(Supplier<T> question) {
    try {
      return Optional.of(question.get());
    } catch (SdkException e) {
      if (of(e).isPassing()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** What the work comes to; what AWS refuses in it becomes a diagnostic. */
  static <T> Outcome<T> reported(Supplier<Outcome<T>> work) {
    try {
      return work.get();
    } catch (Objection.Raised e) {
      return new Outcome<>(Optional.empty(), Diagnostics.of(e.diagnostic()));
    } catch (SdkException e) {
      return new Outcome<>(Optional.empty(), Diagnostics.of(diagnostic(e)));
    }
  }

  static Diagnostic diagnostic(SdkException exception) {
    var failure = of(exception);
    return Diagnostic.general(failure.code, words(exception), failure.remedy);
  }

  /** What went wrong, with nothing of the SDK's own: request ids and lists of attempts. */
  private static String words(SdkException exception) {
    if (!(exception instanceof AwsServiceException service)) {
      return cause(exception);
    }
    var details = details(service);
    var message = details.map(AwsErrorDetails::errorMessage).filter(text -> !text.isBlank());
    return "%s: %s"
        .formatted(
            details
                .map(found -> found.serviceName() + " " + found.errorCode())
                .orElse("HTTP status " + service.statusCode()),
            message.orElse("no more is said"));
  }

  private static String cause(Throwable exception) {
    var deepest = exception;
    for (var cause = deepest.getCause(); cause != null; cause = cause.getCause()) {
      deepest = cause;
    }
    var message = NOISE.matcher(said(exception)).replaceAll("").strip();
    return exception.getCause() == null || said(deepest).isEmpty()
        ? message
        : "%s (%s: %s)".formatted(message, deepest.getClass().getSimpleName(), said(deepest));
  }

  private static String said(Throwable exception) {
    return Optional.ofNullable(exception.getMessage()).orElse("");
  }

  private static Optional<AwsErrorDetails> details(AwsServiceException exception) {
    return Optional.ofNullable(exception.awsErrorDetails());
  }
}
