package dev.fairway.source;

import dev.fairway.model.Cluster;
import dev.fairway.model.Fleet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The fleet and where its records stand, sorted by id. */
public record FleetSource(List<ClusterSource> clusters) {
  public FleetSource {
    clusters =
        clusters.stream().sorted(Comparator.comparing(source -> source.cluster().id())).toList();
  }

  public Fleet fleet() {
    return new Fleet(clusters.stream().map(ClusterSource::cluster).toList());
  }

  /** The cluster with this id or alias. */
  public Optional<ClusterSource> find(String idOrAlias) {
    return clusters.stream().filter(source -> source.cluster().isCalled(idOrAlias)).findFirst();
  }

  /** What a person may ask for. */
  public List<String> names() {
    return clusters.stream().map(ClusterSource::cluster).map(Cluster::alias).toList();
  }
}
