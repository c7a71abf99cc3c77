package dev.fairway.deploy.kubernetes;

import dev.fairway.deploy.run.Deadline;
import dev.fairway.diagnostic.Outcome;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a cluster's API knows of the things that its controllers made in AWS. */
public interface Contents {

  /**
   * What controllers made in AWS, by the objects for which they did.
   *
   * @param objects Services of the type LoadBalancer, Ingresses and claims for volumes; sorted
   * @param volumes by the id of the volume in EC2: whether it is to be kept
   */
  record Survey(List<ObjectRef> objects, SortedMap<String, Boolean> volumes) {
    public Survey {
      objects = objects.stream().sorted().toList();
      volumes = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(volumes));
    }

    public Survey(List<ObjectRef> objects, Map<String, Boolean> volumes) {
      this(objects, new TreeMap<>(volumes));
    }
  }

  /** Changes nothing. */
  Outcome<Survey> survey(Deadline deadline);

  /**
   * Ends all that would make such objects anew, deletes them, and waits until their controllers have
   * let go of them. What is left when the time is over is a warning: what it stands for in AWS is
   * found by its tags as well.
   *
   * @return what is gone
   */
  Outcome<List<ObjectRef>> clear(Deadline deadline);
}
