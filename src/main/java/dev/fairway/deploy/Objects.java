package dev.fairway.deploy;

import dev.fairway.deploy.kubernetes.Applier;
import dev.fairway.deploy.kubernetes.ClusterApi;
import dev.fairway.deploy.kubernetes.DeletionBudget;
import dev.fairway.deploy.kubernetes.Guard;
import dev.fairway.deploy.kubernetes.Health;
import dev.fairway.deploy.kubernetes.Inventory;
import dev.fairway.deploy.kubernetes.Inventory.Owned;
import dev.fairway.deploy.kubernetes.Manifests;
import dev.fairway.deploy.kubernetes.ObjectChange;
import dev.fairway.deploy.kubernetes.Prune;
import dev.fairway.deploy.kubernetes.PrunePlan;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Digest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The objects that a release puts on a cluster, and what is there of them.
 *
 * @param guard asked before each write
 */
record Objects(
    ClusterApi api,
    Guard guard,
    Manifests manifests,
    Digest release,
    DeletionBudget budget,
    Deadline deadline,
    Listener listener) {
  private static final String KIND = "object";

  /** What would be done to them, when nothing speaks against it. */
  record Judged(Owned owned, List<ObjectChange> changes, PrunePlan leftovers) {}

  /** Every refusal of the API server and of the deletion budget, with nothing changed. */
  Outcome<Judged> judged() {
    return applier()
        .plan(manifests, deadline)
        .then(changes ->
            inventory()
                .read(deadline)
                .then(owned ->
                    leftovers(owned).map(leftovers -> new Judged(owned, changes, leftovers))));
  }

  private Outcome<PrunePlan> leftovers(Owned owned) {
    return new Prune(api, guard).plan(owned, manifests, deadline).then(budget::judge);
  }

  /** Killed on its way, it leaves an inventory that names all that was there and all that is. */
  Outcome<List<Change>> apply() {
    return judged()
        .then(judged ->
            inventory()
                .intend(judged.owned(), manifests, deadline)
                .then(_ -> applier().apply(manifests, judged.changes(), deadline, listener))
                .map(Objects::changes));
  }

  Outcome<List<Change>> prune() {
    return inventory()
        .read(deadline)
        .then(owned ->
            leftovers(owned)
                .then(plan -> new Prune(api, guard).run(plan, deadline, listener))
                .then(gone ->
                    inventory()
                        .settle(owned, manifests, release, deadline)
                        .map(_ ->
                            gone.stream()
                                .map(ref -> new Change(KIND, ref.toString(), "deleted"))
                                .toList())));
  }

  Outcome<List<Change>> await(Health.Scope scope, Supplier<Outcome<Set<String>>> nodes) {
    return new Health(api, manifests).await(scope, nodes, deadline, listener).map(_ -> List.of());
  }

  static List<Change> changes(List<ObjectChange> objects) {
    return objects.stream()
        .filter(ObjectChange::isChange)
        .map(change -> new Change(KIND, change.ref().toString(), action(change)))
        .toList();
  }

  private static String action(ObjectChange change) {
    var action = change.kind().name().toLowerCase(Locale.ROOT);
    return change.fields().isEmpty() ? action : action + " " + String.join(", ", change.fields());
  }

  private Applier applier() {
    return new Applier(api, guard);
  }

  private Inventory inventory() {
    return new Inventory(api, guard);
  }
}
