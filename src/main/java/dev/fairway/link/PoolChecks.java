package dev.fairway.link;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.model.Facts;
import dev.fairway.model.InstanceType;
import dev.fairway.model.NodePool;
import dev.fairway.model.Profile;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolValue.Whole;
import dev.fairway.platform.cloud.InstanceTypes;
import dev.fairway.platform.cloud.InstanceTypes.Architecture;
import dev.fairway.platform.cloud.InstanceTypes.Size;
import dev.fairway.platform.cloud.Profiles;
import dev.fairway.source.ClusterSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Whether a pool's own instance types, labels and taints fit its profile. A type that Fairway's
 * table lacks is not judged.
 */
final class PoolChecks {
  private static final long GIGABYTE = 1_000_000_000;

  private final ClusterSource source;
  private final NodePool pool;
  private final Profile profile;
  private final Values values;
  private final Diagnostics.Collector diagnostics;

  PoolChecks(
      ClusterSource source,
      NodePool pool,
      Profile profile,
      Values values,
      Diagnostics.Collector diagnostics) {
    this.source = source;
    this.pool = pool;
    this.profile = profile;
    this.values = values;
    this.diagnostics = diagnostics;
  }

  void run() {
    var sizes =
        pool.instanceTypes().stream().map(InstanceTypes::find).flatMap(Optional::stream).toList();
    sizes.forEach(this::judge);
    judgeEvenness(sizes);
    requireFreeKeys(Facts.NODE_LABELS, FactValues.ownLabels(values).keySet());
    FactValues.ownLabels(values).keySet().forEach(this::requireRegistrable);
    requireFreeKeys(
        Facts.NODE_TAINTS,
        FactValues.ownTaints(values).stream().map(taint -> taint.key()).toList());
  }

  private void judge(Size size) {
    if (size.architecture() != Architecture.AMD64) {
      unfit(size, "is of another architecture than the node image", "name amd64 types only");
    }
    if (profile.gpu()) {
      requireAtLeast(size, "gpus_per_node", size.gpus(), "GPUs");
    }
    if (profile.instanceStore()) {
      var gigabytes = size.instanceStore().bytes() / GIGABYTE;
      requireAtLeast(size, "instance_store_gb", gigabytes, "GB of local disks");
    }
  }

  /** The autoscaler believes the setting, and would add nodes in vain for pods that need it. */
  private void requireAtLeast(Size size, String setting, long has, String what) {
    if (values.get("setting." + setting) instanceof Whole(var wanted) && has < wanted) {
      unfit(
          size,
          "has %d %s, and %s is %d".formatted(has, what, setting, wanted),
          "set %s in the pool's config_items to what each type has, or name other types"
              .formatted(setting));
    }
  }

  private void unfit(Size size, String why, String remedy) {
    diagnostics.add(
        Diagnostic.at(
            source.inPool(pool.name(), "instance_types"),
            Code.UNFIT_INSTANCE_TYPE,
            "%s %s".formatted(size.type(), why),
            remedy));
  }

  /** The autoscaler takes the first type for all: a smaller one would not fit what it promised. */
  private void judgeEvenness(List<Size> sizes) {
    if (sizes.isEmpty() || !sizes.getFirst().type().equals(first())) {
      return;
    }
    var first = sizes.getFirst();
    for (var size : sizes) {
      if (size.vcpus() < first.vcpus() || size.memory().compareTo(first.memory()) < 0) {
        diagnostics.add(
            Diagnostic.at(
                source.inPool(pool.name(), "instance_types"),
                Code.UNEVEN_INSTANCE_TYPES,
                "%s has %d CPUs and %s, less than %s, the pool's first type, with %d and %s"
                    .formatted(
                        size.type(),
                        size.vcpus(),
                        size.memory(),
                        first.type(),
                        first.vcpus(),
                        first.memory()),
                "put the smallest type first: the cluster autoscaler takes it for all"));
      }
    }
  }

  private InstanceType first() {
    return pool.instanceTypes().getFirst();
  }

  private void requireFreeKeys(Symbol setting, Iterable<String> keys) {
    var taken = new TreeSet<>(Profiles.labels(profile).keySet());
    taken.addAll(profile.taints().keySet());
    taken.add(Profiles.POOL_LABEL);
    for (var key : keys) {
      if (taken.contains(key)) {
        diagnostics.add(
            Diagnostic.at(
                source.poolConfigItem(pool.name(), setting.key()),
                Code.RESERVED_KEY,
                "%s has the key %s, which is the profile's own".formatted(setting.key(), key),
                "take another key; taken are " + String.join(", ", taken)));
      }
    }
  }

  /** With a label on its command line that it refuses, a kubelet does not start. */
  private void requireRegistrable(String label) {
    KubeletLabels.refusal(label)
        .ifPresent(why ->
            diagnostics.add(
                Diagnostic.at(
                    source.poolConfigItem(pool.name(), Facts.NODE_LABELS.key()),
                    Code.FORBIDDEN_LABEL,
                    "%s has the key %s, which %s".formatted(Facts.NODE_LABELS.key(), label, why),
                    "take a key of a domain of your own")));
  }
}
