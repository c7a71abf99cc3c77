package dev.fairway.deploy.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CdkOutputTest {
  @Test
  void anEventThatMentionsThrottlingIsNoThrottlingOfOurs() {
    assertThat(
            of("e2e-etcd |  3 | 9:27:50 PM | CREATE_COMPLETE | AWS::X::Throttle | ThrottlingAlarm")
                .isThrottled())
        .isFalse();
    assertThat(of("❌  e2e-etcd failed: ThrottlingException: Rate exceeded").isThrottled()).isTrue();
  }

  @Test
  void somebodyElsesUpdateIsNamed() {
    var output =
        of(
            "❌ e2e-network failed: ValidationError: Stack:arn:aws:cloudformation:eu-central-1:"
                + "111122223333:stack/e2e-network/57eb is in UPDATE_IN_PROGRESS state and can not"
                + " be updated.");
    assertThat(output.busy()).contains("e2e-network (UPDATE_IN_PROGRESS)");
    assertThat(of("Stack e2e-network is fine").busy()).isEmpty();
  }

  @Test
  void credentialsThatEndedAreToldFromThoseThatNeverWere() {
    var ended = of("ExpiredToken: The security token included in the request is expired");
    assertThat(ended.isExpired()).isTrue();
    assertThat(ended.lacksCredentials()).isFalse();
    var none = of("Need to perform AWS calls for 1, but no credentials have been configured");
    assertThat(none.lacksCredentials()).isTrue();
    assertThat(none.isExpired()).isFalse();
  }

  @Test
  void aMissingBootstrapIsSeen() {
    assertThat(
            of("e2e-network: SSM parameter /cdk-bootstrap/x/version not found. Has the environment"
                    + " been bootstrapped? Please run 'cdk bootstrap'")
                .lacksBootstrap())
        .isTrue();
  }

  @Test
  void theTailIsWhatItSaidBesideEventsAndAssets() {
    assertThat(
            of(
                    "e2e-network: start: Building templates/network.json",
                    "e2e-network |  0 | 7:45:21 PM | CREATE_IN_PROGRESS | AWS::EC2::VPC | Vpc",
                    "",
                    "the bucket is gone ",
                    "❌ failed")
                .tail())
        .isEqualTo("the bucket is gone / ❌ failed");
  }

  @Test
  void onlyTheLastLinesAreKept() {
    var lines = new CdkOutput.Lines();
    IntStream.range(0, 6000).forEach(number -> lines.add("line " + number));
    assertThat(lines.output().lines()).hasSize(5000).first().isEqualTo("line 1000");
  }

  private static CdkOutput of(String... lines) {
    return new CdkOutput(List.of(lines));
  }
}
