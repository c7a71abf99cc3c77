package dev.fairway.deploy.aws;

import java.util.List;

/**
 * What deploying some stacks came to, when all of them stand as they should.
 *
 * @param changed stacks on which CloudFormation did something, by stack name, in deploy order
 * @param unchanged the others
 */
public record RoundResult(List<String> changed, List<String> unchanged) {
  public RoundResult {
    changed = List.copyOf(changed);
    unchanged = List.copyOf(unchanged);
  }
}
