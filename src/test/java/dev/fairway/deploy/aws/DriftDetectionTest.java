package dev.fairway.deploy.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.deploy.run.Deadline;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.PropertyDifference;
import software.amazon.awssdk.services.cloudformation.model.StackResourceDrift;

class DriftDetectionTest {
  private final FakeCloudFormation cloudFormation = new FakeCloudFormation();

  @Test
  void whatSomebodyChangedIsTold() {
    cloudFormation.drifts.put(
        "e2e-etcd",
        List.of(
            StackResourceDrift.builder()
                .logicalResourceId("Member1")
                .resourceType("AWS::EC2::Volume")
                .physicalResourceId("vol-1")
                .stackResourceDriftStatus("MODIFIED")
                .propertyDifferences(
                    PropertyDifference.builder()
                        .propertyPath("/Size")
                        .expectedValue("20")
                        .actualValue("40")
                        .build())
                .build()));
    assertThat(drift("etcd").value())
        .contains(
            List.of(
                new ResourceDrift(
                    "e2e-etcd",
                    "Member1",
                    "AWS::EC2::Volume",
                    "vol-1",
                    false,
                    List.of(new ResourceDrift.PropertyDrift("/Size", "20", "40")))));
  }

  @Test
  void anEngineWithoutDetectionIsAWarning() {
    var outcome = drift("etcd");
    assertThat(outcome.value()).contains(List.of());
    assertThat(outcome.diagnostics().all())
        .extracting(Diagnostic::code)
        .containsExactly(Code.DRIFT_UNKNOWN);
  }

  @Test
  void whatCouldNotBeReadIsAWarning() {
    cloudFormation.drifts.put("e2e-pool-x", List.of());
    var outcome = drift("pool-x");
    assertThat(outcome.value()).contains(List.of());
    assertThat(outcome.diagnostics().all())
        .singleElement()
        .satisfies(
            diagnostic -> assertThat(diagnostic.message()).endsWith("pool-x: not allowed to look"));
  }

  private Outcome<List<ResourceDrift>> drift(String... names) {
    var deadline = Deadline.in(Duration.ZERO, InstantSource.fixed(Instant.EPOCH));
    return new DriftDetection(cloudFormation, deadline)
        .of(Stream.of(names).map(DriftDetectionTest::stack).toList());
  }

  private static StackState stack(String name) {
    return StackState.of(FakeCloudFormation.stack(name, "CREATE_COMPLETE"));
  }
}
