package dev.fairway.deploy.aws;

import dev.fairway.deploy.run.Deadline;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackDriftDetectionStatusResponse;
import software.amazon.awssdk.services.cloudformation.model.StackDriftDetectionStatus;
import software.amazon.awssdk.services.cloudformation.model.StackResourceDrift;
import software.amazon.awssdk.services.cloudformation.model.StackResourceDriftStatus;

/**
 * CloudFormation's own detection: it alone reads each resource back. Types that it can't read count
 * as not drifted.
 */
final class DriftDetection {
  private static final Duration PAUSE = Duration.ofSeconds(3);

  private final CloudFormationClient cloudFormation;
  private final Deadline deadline;
  private final Diagnostics.Collector warnings = new Diagnostics.Collector();

  DriftDetection(CloudFormationClient cloudFormation, Deadline deadline) {
    this.cloudFormation = cloudFormation;
    this.deadline = deadline;
  }

  /** The resources that drifted, by stack and logical id. */
  Outcome<List<ResourceDrift>> of(List<StackState> stacks) {
    var detections = new TreeMap<String, String>();
    try {
      // All at once: each takes CloudFormation up to some minutes.
      for (var stack : detectable(stacks)) {
        var started =
            cloudFormation.detectStackDrift(request -> request.stackName(stack.stackName()));
        detections.put(stack.stackName(), started.stackDriftDetectionId());
      }
    } catch (SdkException e) {
      if (AwsFailure.of(e) != AwsFailure.UNSUPPORTED) {
        throw e;
      }
      warn("the endpoint knows no drift detection", "on AWS itself it does");
      return new Outcome<>(Optional.of(List.of()), warnings.diagnostics());
    }
    var found = new ArrayList<ResourceDrift>();
    detections.forEach((stack, detection) -> found.addAll(drifts(stack, detection)));
    found.sort(
        Comparator.comparing(ResourceDrift::stackName).thenComparing(ResourceDrift::logicalId));
    return new Outcome<>(Optional.of(List.copyOf(found)), warnings.diagnostics());
  }

  private List<StackState> detectable(List<StackState> stacks) {
    stacks.stream()
        .filter(stack -> !stack.status().isDetectable())
        .forEach(stack ->
            warn(
                "CloudFormation detects no drift of stack %s while it is %s"
                    .formatted(stack.stackName(), stack.status()),
                "deploy brings it to an end, or says what a person must do"));
    return stacks.stream().filter(stack -> stack.status().isDetectable()).toList();
  }

  private List<ResourceDrift> drifts(String stack, String detection) {
    var status =
        deadline.poll(
            PAUSE, () -> AwsFailure.unlessPassing(() -> ended(detection)).flatMap(ended -> ended));
    if (status.isEmpty()) {
      warn(
          "CloudFormation did not come to an end with the drift of stack " + stack + " in time",
          "give it more time, or ask for the drift of this stack alone in the console");
      return List.of();
    }
    if (status.get().detectionStatus() == StackDriftDetectionStatus.DETECTION_FAILED) {
      warn(
          "CloudFormation could not tell all drift of stack %s: %s"
              .formatted(stack, status.get().detectionStatusReason()),
          "allow the credentials to read what it names");
    }
    return cloudFormation
        .describeStackResourceDriftsPaginator(request ->
            request
                .stackName(stack)
                .stackResourceDriftStatusFilters(
                    StackResourceDriftStatus.MODIFIED, StackResourceDriftStatus.DELETED))
        .stream()
        .flatMap(page -> page.stackResourceDrifts().stream())
        .map(drift -> drift(stack, drift))
        .toList();
  }

  private Optional<DescribeStackDriftDetectionStatusResponse> ended(String detection) {
    var status =
        cloudFormation.describeStackDriftDetectionStatus(
            request -> request.stackDriftDetectionId(detection));
    return Optional.of(status)
        .filter(
            found -> found.detectionStatus() != StackDriftDetectionStatus.DETECTION_IN_PROGRESS);
  }

  private static ResourceDrift drift(String stack, StackResourceDrift drift) {
    return new ResourceDrift(
        stack,
        drift.logicalResourceId(),
        drift.resourceType(),
        Optional.ofNullable(drift.physicalResourceId()).orElse(""),
        drift.stackResourceDriftStatus() == StackResourceDriftStatus.DELETED,
        drift.propertyDifferences().stream()
            .map(difference ->
                new ResourceDrift.PropertyDrift(
                    difference.propertyPath(),
                    difference.expectedValue(),
                    difference.actualValue()))
            .sorted(Comparator.comparing(ResourceDrift.PropertyDrift::path))
            .toList());
  }

  private void warn(String message, String remedy) {
    warnings.add(Diagnostic.general(Code.DRIFT_UNKNOWN, message, remedy));
  }
}
