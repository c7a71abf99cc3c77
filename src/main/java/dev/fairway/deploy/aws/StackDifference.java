package dev.fairway.deploy.aws;

import java.util.List;
import java.util.Optional;

/**
 * What deploying an assembly would change about a stack, without a word on what CloudFormation
 * makes of it.
 *
 * @param name as its tag has it
 * @param isMissing whether the stack does not exist, or nothing of it stands
 * @param terminationProtection what it becomes; empty when it stays
 * @param isPolicyOther whether another stack policy is to be set
 * @param isNodeConfigGone whether what its instances boot with is to be published again
 */
public record StackDifference(
    String name,
    String stackName,
    boolean isMissing,
    TemplateDifference template,
    List<ValueChange> parameters,
    List<ValueChange> tags,
    Optional<Boolean> terminationProtection,
    boolean isPolicyOther,
    boolean isNodeConfigGone) {
  public StackDifference {
    parameters = List.copyOf(parameters);
    tags = List.copyOf(tags);
  }

  public boolean isEmpty() {
    return !isMissing
        && template.isEmpty()
        && parameters.isEmpty()
        && tags.isEmpty()
        && terminationProtection.isEmpty()
        && !isPolicyOther
        && !isNodeConfigGone;
  }
}
