package dev.fairway.deploy;

import dev.fairway.deploy.kubernetes.Applier;
import dev.fairway.deploy.kubernetes.ClusterApi;
import dev.fairway.deploy.kubernetes.DeployLease;
import dev.fairway.deploy.kubernetes.Health;
import dev.fairway.deploy.kubernetes.Inventory;
import dev.fairway.deploy.kubernetes.Manifests;
import dev.fairway.deploy.kubernetes.ObjectChange;
import dev.fairway.deploy.kubernetes.Prune;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The Kubernetes side of a deploy. A new cluster's API comes to life half-way: it is entered, which
 * is proving that it is this cluster's and taking its lock, as soon as it is up.
 */
final class Control implements AutoCloseable {
}
