package dev.fairway.deploy.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StackStatusTest {
  @Test
  void everyStatusOfTheServiceIsKnown() {
    assertThat(software.amazon.awssdk.services.cloudformation.model.StackStatus.knownValues())
        .allSatisfy(status ->
            assertThat(StackStatus.of(status.toString()).name()).isEqualTo(status.toString()));
  }

  @Test
  void whatIsNotKnownIsNeitherAwaitedNorFailed() {
    var status = StackStatus.of("PONDERED");
    assertThat(status).isEqualTo(StackStatus.UNKNOWN);
    assertThat(status.isInProgress()).isFalse();
    assertThat(status.isFailed()).isFalse();
  }

  @Test
  void aChangeSetThatNobodyExecutesIsNotAwaited() {
    assertThat(StackStatus.REVIEW_IN_PROGRESS.isInProgress()).isFalse();
    assertThat(StackStatus.REVIEW_IN_PROGRESS.remedy()).isPresent();
  }

  @Test
  void whatMovesNeedsNobody() {
    assertThat(StackStatus.values())
        .filteredOn(StackStatus::isInProgress)
        .hasSize(9)
        .allSatisfy(status -> assertThat(status.remedy()).isEmpty());
  }

  @Test
  void aRollbackIsAFailureHoweverItEnded() {
    assertThat(
            Arrays.stream(StackStatus.values())
                .filter(status -> !status.isFailed())
                .map(Enum::name))
        .containsExactlyInAnyOrder(
            "CREATE_IN_PROGRESS",
            "CREATE_COMPLETE",
            "UPDATE_IN_PROGRESS",
            "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
            "UPDATE_COMPLETE",
            "IMPORT_IN_PROGRESS",
            "IMPORT_COMPLETE",
            "REVIEW_IN_PROGRESS",
            "DELETE_IN_PROGRESS",
            "DELETE_COMPLETE",
            "UNKNOWN");
  }
}
