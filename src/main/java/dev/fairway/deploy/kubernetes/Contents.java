package dev.fairway.deploy.kubernetes;

import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Cluster;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a cluster's API knows of the things that its controllers made in AWS. */
public interface Contents extends AutoCloseable {

  /** Reached by {@code KUBECONFIG}; asks nothing yet. */
  static Contents of(
      Cluster cluster,
      String holder,
      Duration lock,
      Duration lockWait,
      Listener listener,
      InstantSource clock) {
    return new ClusterContents(
        () -> ClusterApi.of(cluster, clock), holder, lock, lockWait, listener);
  }

  /**
   * What controllers made in AWS, by the objects for which they did.
   *
   * @param objects Services of the type LoadBalancer, Ingresses and claims for volumes; sorted
   * @param volumes by the id of the volume in EC2: whether it is to be kept
   */
  record Survey(List<ObjectRef> objects, SortedMap<String, Boolean> volumes) {
    public Survey {
      objects = objects.stream().sorted().toList();
      volumes = Collections.unmodifiableSortedMap(new TreeMap<>(volumes));
    }
  }

  /**
   * Finds out whether the cluster's API answers, and proves that it is this cluster's. One that
   * does not answer is a warning: then nothing is found below, and nothing done. One that refuses
   * us is an error.
   */
  Outcome<Boolean> look(Deadline deadline);

  /** The same, and takes the cluster's lock, so that nobody deploys to it meanwhile. */
  Outcome<Boolean> enter(Deadline deadline);

  /** Changes nothing. */
  Outcome<Survey> survey(Deadline deadline);

  /**
   * Ends all that would make such objects anew, deletes them, and waits until their controllers
   * have let go of them. What is left when the time is over is a warning: what it stands for in AWS
   * is found by its tags as well.
   *
   * @return what is gone
   */
  Outcome<List<ObjectRef>> clear(Deadline deadline);

  /** Why nothing may be changed any more, in AWS either; none while there is no lock to lose. */
  Optional<Diagnostic> objection();

  /**
   * Gives the lock back, unless it is gone with the API; from here on the API is no longer asked.
   */
  void leave();

  @Override
  void close();
}
