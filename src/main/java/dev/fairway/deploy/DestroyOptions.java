package dev.fairway.deploy;

import dev.fairway.deploy.aws.Reclaim;
import dev.fairway.deploy.kubernetes.Contents;
import dev.fairway.deploy.run.Listener;
import dev.fairway.model.Cluster;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What whoever destroys a cluster may decide.
 *
 * @param holder who destroys, as others are told who wait for the lock
 * @param limit how long the whole may take
 * @param lockWait how long to wait for somebody else's lock
 * @param unknownVolumes what becomes of volumes of which neither a PersistentVolume nor a tag says
 *     it; empty: then nothing is destroyed while there are any
 */
public record DestroyOptions(
    String holder, Duration limit, Duration lockWait, Optional<Reclaim> unknownVolumes) {
  /** For how long the lock of a killed run keeps others out. */
  private static final Duration LOCK = Duration.ofSeconds(60);

  Contents contents(Cluster cluster, Listener listener, InstantSource clock) {
    return Contents.of(cluster, holder, LOCK, lockWait, listener, clock);
  }
}
