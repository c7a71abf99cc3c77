package dev.fairway.deploy.aws;

import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Cluster;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;

/**
 * All that a cluster has in AWS: its stacks, what its controllers made beside them, and what stays
 * when it goes. What is gone already is no error in any of these.
 */
public interface Estate extends AutoCloseable {

  /** The one in the cluster's account and region, reached with the environment's credentials. */
  static Estate of(Cluster cluster, Listener listener) {
    return AwsEstate.of(cluster, Duration.ofSeconds(5), listener);
  }

  /**
   * The same estate, which deletes no stack and empties no bucket any more as soon as there is an
   * objection; closing one closes both.
   */
  Estate guardedBy(Supplier<Optional<Diagnostic>> question);

  /** Who we are to AWS: refused unless it is of the cluster's account. */
  Outcome<String> caller();

  /** All stacks that stand, those of controllers among them; by name. */
  Outcome<List<StackState>> stacks();

  /** The stacks of a layer that stand; by name. */
  Outcome<List<AwsResource>> stacks(Layer layer);

  /** The volumes of the CSI driver, with what is to become of each, where that is known; by id. */
  Outcome<SortedMap<String, Optional<Reclaim>>> volumes();

  /** Writes on volumes what is to become of them. */
  Outcome<List<String>> mark(Collection<String> volumes, Reclaim reclaim);

  /** What controllers made, in the order in which {@link #sweep} would delete it. */
  Outcome<List<AwsResource>> leftovers();

  /** The A records that etcd's members wrote. */
  Outcome<List<AwsResource>> memberRecords();

  /** The buckets that go with the stacks of a layer and hold something. */
  Outcome<List<AwsResource>> fullBuckets(Layer layer);

  /** Empties the buckets that go with a layer's stacks, and answers which. */
  Outcome<List<AwsResource>> empty(Layer layer, Deadline deadline);

  /** Deletes the stacks of a layer, and answers which. */
  Outcome<List<AwsResource>> delete(Layer layer, Deadline deadline);

  /** Deletes what controllers made, the stacks among it, and answers what that was. */
  Outcome<List<AwsResource>> sweep(Deadline deadline);

  /** Deletes the A records of etcd's members, who must be gone, and answers which. */
  Outcome<List<AwsResource>> deleteMemberRecords(Deadline deadline);

  /** What the stacks leave behind or would, and the volumes that are to be kept; sorted. */
  Outcome<List<Retained>> retained();

  @Override
  void close();
}
