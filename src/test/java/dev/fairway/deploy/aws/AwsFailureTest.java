package dev.fairway.deploy.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Outcome;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

class AwsFailureTest {
  @ParameterizedTest
  @CsvSource({
    "ExpiredToken, EXPIRED_CREDENTIALS",
    "ExpiredTokenException, EXPIRED_CREDENTIALS",
    "RequestExpired, EXPIRED_CREDENTIALS",
    "InvalidClientTokenId, NO_CREDENTIALS",
    "UnrecognizedClientException, NO_CREDENTIALS",
    "SignatureDoesNotMatch, NO_CREDENTIALS",
    "AccessDenied, ACCESS_DENIED",
    "UnauthorizedOperation, ACCESS_DENIED",
    "Throttling, THROTTLED",
    "TooManyRequestsException, THROTTLED",
    "RequestLimitExceeded, THROTTLED",
    "InvalidAction, UNSUPPORTED",
    "ValidationError, OTHER",
  })
  void codesOfServicesAreToldApart(String code, AwsFailure failure) {
    assertThat(AwsFailure.of(FakeCloudFormation.refusal(code, "no"))).isEqualTo(failure);
  }

  @Test
  void aRateIsExceededWhateverTheCode() {
    assertThat(AwsFailure.of(FakeCloudFormation.refusal("ValidationError", "Rate exceeded")))
        .isEqualTo(AwsFailure.THROTTLED);
  }

  @Test
  void whatTheClientItselfFindsIsToldApart() {
    assertThat(AwsFailure.of(client("Unable to load credentials from any of the providers")))
        .isEqualTo(AwsFailure.NO_CREDENTIALS);
    assertThat(AwsFailure.of(client("The SSO session has expired or is otherwise invalid")))
        .isEqualTo(AwsFailure.EXPIRED_CREDENTIALS);
    assertThat(AwsFailure.of(unreachable())).isEqualTo(AwsFailure.UNREACHABLE);
    assertThat(AwsFailure.of(client("something else"))).isEqualTo(AwsFailure.OTHER);
  }

  @Test
  void onlyWhatMayPassIsAskedAgain() {
    assertThat(AwsFailure.unlessPassing(() -> 1)).contains(1);
    assertThat(
            AwsFailure.<Integer>unlessPassing(() -> {
              throw FakeCloudFormation.refusal("Throttling", "Rate exceeded");
            }))
        .isEmpty();
    assertThatThrownBy(() ->
            AwsFailure.<Integer>unlessPassing(() -> {
              throw FakeCloudFormation.refusal("ExpiredToken", "over");
            }))
        .isInstanceOf(SdkException.class);
  }

  @Test
  void aRefusalIsToldInAwsOwnWords() {
    var outcome =
        AwsFailure.<Integer>reported(() -> {
          throw FakeCloudFormation.refusal(
              "AccessDenied",
              "User: ada is not authorized to perform: cloudformation:SetStackPolicy");
        });
    assertThat(outcome.value()).isEmpty();
    assertThat(outcome.diagnostics().all())
        .singleElement()
        .satisfies(diagnostic -> {
          assertThat(diagnostic.code()).isEqualTo(Code.ACCESS_DENIED);
          assertThat(diagnostic.message())
              .isEqualTo(
                  "CloudFormation AccessDenied: User: ada is not authorized to perform:"
                      + " cloudformation:SetStackPolicy");
        });
  }

  @Test
  void whatBrokeTheConnectionIsNamed() {
    assertThat(AwsFailure.diagnostic(unreachable()).message())
        .isEqualTo("Unable to execute HTTP request (ConnectException: refused)");
  }

  @Test
  void whatOnlyTheSdkCaresForIsLeftOut() {
    assertThat(
            AwsFailure.diagnostic(
                    client(
                        "Unable to load credentials from any of the providers in the chain"
                            + " AwsCredentialsProviderChain(providers=[A, B]) : [A: none,\n"
                            + "B: none]"))
                .message())
        .isEqualTo("Unable to load credentials from any of the providers in the chain");
    assertThat(AwsFailure.diagnostic(client("broken pipe (SDK Attempt Count: 6)")).message())
        .isEqualTo("broken pipe");
  }

  @Test
  void whatIsNotRefusedPasses() {
    assertThat(AwsFailure.reported(() -> Outcome.of(7)).value()).contains(7);
  }

  private static SdkClientException client(String message) {
    return SdkClientException.create(message);
  }

  private static SdkClientException unreachable() {
    return SdkClientException.create(
        "Unable to execute HTTP request", new ConnectException("refused"));
  }
}
