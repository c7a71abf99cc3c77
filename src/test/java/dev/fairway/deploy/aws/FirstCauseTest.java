package dev.fairway.deploy.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FirstCauseTest {
  private static final String CANCELLED = "Resource creation cancelled";

  @Test
  void whatWasCancelledIsNoCause() {
    var operation =
        operation(
            Events.ofStack("CREATE_IN_PROGRESS", "User Initiated"),
            Events.of("Late", "CREATE_FAILED", CANCELLED),
            Events.of("Guilty", "CREATE_FAILED", "the zone has no such volume type"),
            Events.of("Other", "CREATE_FAILED", "something else, later"),
            Events.ofStack("ROLLBACK_IN_PROGRESS", "The following resource(s) failed to create"));
    assertThat(FirstCause.of(operation).map(StackEvent::logicalId)).contains("Guilty");
  }

  @Test
  void aStackMayFailWithNoResourcesFault() {
    var operation =
        operation(
            Events.ofStack("UPDATE_IN_PROGRESS", "User Initiated"),
            Events.ofStack("UPDATE_ROLLBACK_IN_PROGRESS", "No export named e2e:vpc found"));
    assertThat(FirstCause.of(operation).map(StackEvent::reason))
        .contains("No export named e2e:vpc found");
  }

  @Test
  void aFailedRollbackIsNotTakenForTheCause() {
    var operation =
        operation(
            Events.ofStack("UPDATE_IN_PROGRESS", "User Initiated"),
            Events.of("Guilty", "UPDATE_FAILED", "no such image"),
            Events.ofStack("UPDATE_ROLLBACK_IN_PROGRESS", "The following resource(s) failed"),
            Events.of("Worse", "UPDATE_FAILED", "can't be brought back"),
            Events.ofStack("UPDATE_ROLLBACK_FAILED", "The following resource(s) failed"));
    assertThat(FirstCause.of(operation).map(StackEvent::logicalId)).contains("Guilty");
    assertThat(FirstCause.ofRollback(operation).map(StackEvent::logicalId)).contains("Worse");
  }

  @Test
  void aRollbackThatWentWellHasNoCause() {
    var operation =
        operation(
            Events.ofStack("UPDATE_IN_PROGRESS", ""),
            Events.of("Guilty", "UPDATE_FAILED", "no such image"),
            Events.ofStack("UPDATE_ROLLBACK_IN_PROGRESS", ""),
            Events.ofStack("UPDATE_ROLLBACK_COMPLETE", ""));
    assertThat(FirstCause.ofRollback(operation)).isEmpty();
  }

  @Test
  void onlyTheLastOperationCounts() {
    var cloudFormation = new FakeCloudFormation();
    cloudFormation.events.put(
        "id",
        List.of(
            Events.ofStack("UPDATE_ROLLBACK_COMPLETE", ""),
            Events.ofStack("UPDATE_ROLLBACK_IN_PROGRESS", ""),
            Events.of("New", "UPDATE_FAILED", "this time"),
            Events.ofStack("UPDATE_IN_PROGRESS", "User Initiated"),
            Events.ofStack("UPDATE_ROLLBACK_COMPLETE", ""),
            Events.of("Old", "UPDATE_FAILED", "last time"),
            Events.ofStack("UPDATE_IN_PROGRESS", "User Initiated")));
    var operation = new Stacks(cloudFormation, "tag").lastOperation("id");
    assertThat(operation).hasSize(4);
    assertThat(operation.getFirst().status()).isEqualTo("UPDATE_IN_PROGRESS");
    assertThat(FirstCause.of(operation).map(StackEvent::logicalId)).contains("New");
  }

  private static List<StackEvent> operation(
      software.amazon.awssdk.services.cloudformation.model.StackEvent... events) {
    return Stream.of(events).map(StackEvent::of).toList();
  }
}
