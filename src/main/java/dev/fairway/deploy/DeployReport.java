package dev.fairway.deploy;

import dev.fairway.deploy.aws.PoolInstances;
import dev.fairway.model.ClusterId;
import dev.fairway.model.Digest;
import java.util.List;

/**
 * What was done to a cluster, or by its plan would be.
 *
 * @param version the digest of the assembly
 * @param outdated groups with instances of an older launch template than the group has now
 */
public record DeployReport(
    ClusterId cluster, Digest release, Digest version, Run run, List<PoolInstances> outdated) {
  public DeployReport {
    outdated = List.copyOf(outdated);
  }

  static DeployReport of(Target target, Run run, List<PoolInstances> groups) {
    var assembly = target.assembly();
    return new DeployReport(
        assembly.cluster(),
        assembly.release(),
        assembly.desiredVersion(),
        run,
        groups.stream().filter(group -> !group.outdated().isEmpty()).toList());
  }
}
