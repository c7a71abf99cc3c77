package dev.fairway.deploy;

import dev.fairway.deploy.aws.StackState;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Severity;
import java.util.List;
import java.util.Optional;

/** Termination protection is for people to take away, one stack at a time, and never for us. */
final class Protection {
  private Protection() {}

  static Diagnostics judge(List<StackState> stacks, Severity severity) {
    return new Diagnostics(
        stacks.stream()
            .filter(StackState::isProtected)
            .map(stack ->
                new Diagnostic(
                    Code.TERMINATION_PROTECTED,
                    severity,
                    Optional.empty(),
                    "the stack " + stack.stackName() + " has termination protection",
                    List.of(),
                    ("if the cluster is really to go: aws cloudformation"
                            + " update-termination-protection --no-enable-termination-protection"
                            + " --stack-name %s")
                        .formatted(stack.stackName())))
            .toList());
  }
}
