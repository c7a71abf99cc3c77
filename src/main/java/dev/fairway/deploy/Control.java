package dev.fairway.deploy;

import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The Kubernetes side of a deploy. The API of a new cluster comes to life half-way. It is entered,
 * which is proving that it is this cluster's and taking its lock, as soon as it is up.
 */
interface Control extends AutoCloseable {

  /**
   * Without a kubeconfig not even the stacks are begun: the rest could not follow.
   *
   * @param isStanding whether there are masters, so that an API which does not answer is no new one
   */
  Outcome<List<Change>> enterIfThere(boolean isStanding);

  Outcome<List<Change>> enter();

  /** What can be refused is refused before anything is changed. */
  Outcome<List<Change>> check();

  Outcome<List<Change>> apply();

  Outcome<List<Change>> prune();

  /** What runs on masters before there are workers. */
  Outcome<List<Change>> awaitMasters();

  /**
   * Everything that the release runs.
   *
   * @param nodes that should be there, by name; asked at each look
   */
  Outcome<List<Change>> awaitHealth(Supplier<Outcome<Set<String>>> nodes);

  /**
   * Keeps in the cluster what was done, when anything was; nothing where the API was not reached.
   */
  Diagnostics record(Run run, Instant started);

  /** Why nothing may be changed any more, on stacks either; none while there is no lock to lose. */
  Optional<Diagnostic> objection();

  @Override
  void close();
}
