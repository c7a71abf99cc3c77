package dev.fairway.deploy;

import dev.fairway.deploy.aws.Retained;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Cluster;
import java.util.List;
import java.util.function.Supplier;

/** What outlives a cluster, and what that means to the next of its name. */
final class Heirlooms {
  private Heirlooms() {}

  /** The report of a run; what stays is asked for when the run went through. */
  static DestroyReport report(Cluster cluster, Run run, Supplier<Outcome<List<Retained>>> asked) {
    if (!run.succeeded()) {
      return new DestroyReport(cluster.id(), run, List.of());
    }
    var outcome = asked.get();
    var retained = outcome.value().orElse(List.of());
    return new DestroyReport(
        cluster.id(), run.and(outcome.diagnostics().plus(warning(cluster, retained))), retained);
  }

  private static Diagnostics warning(Cluster cluster, List<Retained> retained) {
    return retained.isEmpty()
        ? Diagnostics.NONE
        : Diagnostics.of(
            Diagnostic.general(
                Code.RETAINED_BY_POLICY,
                "%d resources of %s are retained, and some of their names hold its local id %s"
                    .formatted(retained.size(), cluster.alias(), cluster.localId()),
                "give a new cluster another local_id, or import them into its stacks; what nobody"
                    + " needs any more, delete by hand"));
  }
}
