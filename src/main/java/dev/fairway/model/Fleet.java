package dev.fairway.model;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All clusters, sorted by id. */
public record Fleet(List<Cluster> clusters) {
  public Fleet {
    clusters = clusters.stream().sorted(Comparator.comparing(Cluster::id)).toList();
    Invariant.distinct("the clusters' ids", clusters.stream().map(Cluster::id).toList());
  }

  /** The cluster with this id or alias. */
  public Optional<Cluster> find(String idOrAlias) {
    return clusters.stream().filter(cluster -> cluster.isCalled(idOrAlias)).findFirst();
  }

  /** The clusters that run this channel's release. */
  public List<Cluster> on(String channel) {
    return clusters.stream().filter(cluster -> cluster.channel().equals(channel)).toList();
  }
}
