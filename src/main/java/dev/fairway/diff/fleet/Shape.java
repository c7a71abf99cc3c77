package dev.fairway.diff.fleet;

import dev.fairway.model.ApiScheme;
import dev.fairway.model.Cluster;
import dev.fairway.model.DiscountStrategy;
import dev.fairway.model.InstanceType;
import dev.fairway.model.NodePool;
import dev.fairway.model.Vpc;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * All of a cluster's record that decides what a change of the release does to it: clusters of one
 * shape feel the same.
 *
 * @param only the cluster's id, where the cluster has to be looked at alone
 * @param settings that matter
 */
record Shape(
    Optional<String> only,
    boolean isVpcBrought,
    ApiScheme scheme,
    SortedMap<String, String> settings,
    Set<Pool> pools) {

  /** What matters of a pool: neither its name nor its size. */
  record Pool(
      String profile,
      DiscountStrategy discount,
      List<InstanceType> types,
      SortedMap<String, String> settings) {
    static Pool of(NodePool pool) {
      return new Pool(
          pool.profile(), pool.discountStrategy(), pool.instanceTypes(), pool.configItems());
    }

    /** Where no value matters. */
    static Pool kind(NodePool pool) {
      return new Pool(pool.profile(), pool.discountStrategy(), List.of(), NONE);
    }
  }

  private static final SortedMap<String, String> NONE =
      Collections.unmodifiableSortedMap(new TreeMap<>());

  /**
   * @param isAlone whether what the change does may depend on who the cluster is
   * @param matters whether the value of a setting does, by key
   */
  static Shape of(Cluster cluster, boolean isAlone, Predicate<String> matters) {
    var settings = new TreeMap<String, String>();
    cluster
        .configItems()
        .forEach((key, value) -> {
          // That it is given matters of any: a component may wait for it.
          settings.put(key, matters.test(key) || value.isEmpty() ? value : "(given)");
        });
    return new Shape(
        Optional.of(cluster.id().toString()).filter(_ -> isAlone),
        cluster.vpc() instanceof Vpc.Brought,
        cluster.api().scheme(),
        Collections.unmodifiableSortedMap(settings),
        cluster.nodePools().stream().map(Pool::of).collect(Collectors.toUnmodifiableSet()));
  }

  /**
   * Of a change that leaves all symbols where they are: of no value it matters what it is.
   *
   * @param switches those that parts of node configs hang on, and how they are
   */
  static Shape ofStacks(Cluster cluster, SortedMap<String, String> switches) {
    return new Shape(
        Optional.empty(),
        cluster.vpc() instanceof Vpc.Brought,
        cluster.api().scheme(),
        Collections.unmodifiableSortedMap(switches),
        cluster.nodePools().stream().map(Pool::kind).collect(Collectors.toUnmodifiableSet()));
  }
}
