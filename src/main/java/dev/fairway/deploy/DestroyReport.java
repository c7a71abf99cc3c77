package dev.fairway.deploy;

import dev.fairway.deploy.aws.Retained;
import dev.fairway.model.ClusterId;
import java.util.List;

/**
 * What was destroyed of a cluster, or by its plan would be.
 *
 * @param retained what stays; unknown and so empty when the run failed
 */
public record DestroyReport(ClusterId cluster, Run run, List<Retained> retained) {
  public DestroyReport {
    retained = List.copyOf(retained);
  }
}
