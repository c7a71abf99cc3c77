package dev.fairway.deploy.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.link.Stack;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoundJudgementTest {
  private static final CdkOutput SILENT = new CdkOutput(List.of());
  private static final List<Stack> WANTED =
      List.of(wanted("etcd"), wanted("control-plane", "etcd"), wanted("pool-x", "control-plane"));

  @Test
  void whatCloudFormationTouchedIsChanged() {
    var before = states(state("etcd", "CREATE_COMPLETE", 1), state("pool-x", "CREATE_COMPLETE", 1));
    var after =
        states(
            state("etcd", "CREATE_COMPLETE", 1),
            state("control-plane", "CREATE_COMPLETE", 2),
            state("pool-x", "UPDATE_COMPLETE", 2));
    assertThat(judgement(before, after, SILENT).result())
        .isEqualTo(
            new RoundResult(List.of("e2e-control-plane", "e2e-pool-x"), List.of("e2e-etcd")));
  }

  @Test
  void theCauseIsToldAndWhatDidNotBeginForIt() {
    var before = states(state("etcd", "CREATE_COMPLETE", 1));
    var after = states(state("etcd", "UPDATE_ROLLBACK_COMPLETE", 2));
    var failure =
        judgement(before, after, SILENT).failure(_ -> operation("Member1", "no such image"));
    assertThat(failure.isThrottled()).isFalse();
    assertThat(failure.diagnostics().all())
        .extracting(Diagnostic::message)
        .containsExactly(
            "stack e2e-etcd failed and is in UPDATE_ROLLBACK_COMPLETE: Member1 (AWS::EC2::Volume,"
                + " vol-Member1): no such image",
            "e2e-control-plane, e2e-pool-x not begun, because of e2e-etcd");
  }

  @Test
  void aStackThatFailedLongAgoIsNotBlamed() {
    var before = states(state("etcd", "UPDATE_ROLLBACK_COMPLETE", 1));
    var failure =
        judgement(before, before, new CdkOutput(List.of("the bucket is gone")))
            .failure(_ -> operation("Member1", "last week"));
    assertThat(failure.diagnostics().all())
        .extracting(Diagnostic::code)
        .containsExactly(Code.CDK_FAILED);
  }

  @Test
  void aStackThatFailedOfThrottlingIsTriedAgain() {
    var before = states(state("etcd", "CREATE_COMPLETE", 1));
    var after = states(state("etcd", "UPDATE_ROLLBACK_COMPLETE", 2));
    var judgement = judgement(before, after, SILENT);
    assertThat(judgement.failure(_ -> operation("Member1", "Rate exceeded")).isThrottled())
        .isTrue();
  }

  @Test
  void cdkThatWasThrottledIsTriedAgain() {
    var output = new CdkOutput(List.of("ThrottlingException: Rate exceeded"));
    var failure = judgement(states(), states(), output).failure(_ -> List.of());
    assertThat(failure.isThrottled()).isTrue();
    assertThat(failure.diagnostics().all())
        .extracting(Diagnostic::code)
        .containsExactly(Code.THROTTLED);
  }

  @Test
  void expiredCredentialsAreNoFailureOfAStack() {
    var after = states(state("etcd", "CREATE_FAILED", 2));
    var output = new CdkOutput(List.of("ExpiredToken: is over"));
    assertThat(judgement(states(), after, output).failure(_ -> List.of()).diagnostics().all())
        .extracting(Diagnostic::code)
        .containsExactly(Code.EXPIRED_CREDENTIALS);
  }

  @Test
  void somebodyElsesUpdateIsNoFailureOfAStack() {
    var output =
        new CdkOutput(
            List.of("Stack e2e-etcd is in UPDATE_IN_PROGRESS state and cannot be updated"));
    assertThat(judgement(states(), states(), output).failure(_ -> List.of()).diagnostics().all())
        .extracting(Diagnostic::code)
        .containsExactly(Code.STACK_BUSY);
  }

  @Test
  void theRollbacksOwnCauseStandsBeside() {
    var before = states(state("etcd", "CREATE_COMPLETE", 1));
    var after = states(state("etcd", "UPDATE_ROLLBACK_FAILED", 2));
    var operation =
        Stream.of(
                Events.ofStack("UPDATE_IN_PROGRESS", ""),
                Events.of("Member1", "UPDATE_FAILED", "no such image"),
                Events.ofStack("UPDATE_ROLLBACK_IN_PROGRESS", ""),
                Events.of("Member2", "UPDATE_FAILED", "stays"))
            .map(StackEvent::of)
            .toList();
    var diagnostic =
        judgement(before, after, SILENT).failure(_ -> operation).diagnostics().all().stream()
            .filter(Diagnostic::isError)
            .findFirst()
            .orElseThrow();
    assertThat(diagnostic.message()).contains("Member1");
    assertThat(diagnostic.values())
        .containsExactly(
            new Diagnostic.Involved(
                "its rollback",
                "Member2 (AWS::EC2::Volume, vol-Member2): stays",
                Optional.empty()));
    assertThat(diagnostic.remedy()).contains("continue-update-rollback");
  }

  @Test
  void whatStillMovesWhenTheTimeIsOverIsNamed() {
    var after = states(state("etcd", "UPDATE_IN_PROGRESS", 2));
    assertThat(judgement(states(), after, SILENT).tooSlow().diagnostics().all())
        .singleElement()
        .satisfies(diagnostic -> {
          assertThat(diagnostic.code()).isEqualTo(Code.AWS_TOO_SLOW);
          assertThat(diagnostic.message()).endsWith("e2e-etcd (UPDATE_IN_PROGRESS)");
        });
  }

  private static RoundJudgement judgement(
      SortedMap<String, StackState> before, SortedMap<String, StackState> after, CdkOutput output) {
    return new RoundJudgement(WANTED, before, before, after, output);
  }

  private static List<StackEvent> operation(String logicalId, String reason) {
    return Stream.of(
            Events.ofStack("UPDATE_IN_PROGRESS", "User Initiated"),
            Events.of(logicalId, "UPDATE_FAILED", reason))
        .map(StackEvent::of)
        .toList();
  }

  private static SortedMap<String, StackState> states(StackState... states) {
    var byName = new TreeMap<String, StackState>();
    for (var state : states) {
      byName.put(state.stackName(), state);
    }
    return byName;
  }

  private static StackState state(String name, String status, int changed) {
    return StackState.of(
        FakeCloudFormation.stack(name, status).toBuilder()
            .lastUpdatedTime(Instant.ofEpochSecond(changed))
            .build());
  }

  private static Stack wanted(String name, String... after) {
    return new Stack(
        name,
        "e2e-" + name,
        name,
        Optional.empty(),
        new TreeMap<>(),
        new TreeMap<>(),
        Stream.of(after).map(other -> "e2e-" + other).toList());
  }
}
