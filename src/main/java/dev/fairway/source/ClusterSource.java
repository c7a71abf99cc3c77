package dev.fairway.source;

import dev.fairway.diagnostic.Span;
import dev.fairway.model.Cluster;
import dev.fairway.model.NodePool;
import java.util.List;
import java.util.SortedMap;

/** A cluster record and where its parts stand, so that later passes can point at them. */
public record ClusterSource(Cluster cluster, Spans spans) {

  /** Where the value of a key stands, such as {@code channel}. */
  public Span at(String key) {
    return spans.value("/" + Spans.step(key));
  }

  /** What the cluster gives settings. */
  public List<ConfigItem> configItems() {
    return items(cluster.configItems(), "");
  }

  /** What the pool gives settings. */
  public List<ConfigItem> configItems(NodePool pool) {
    return items(pool.configItems(), pointer(pool.name()));
  }

  private List<ConfigItem> items(SortedMap<String, String> items, String owner) {
    return items.entrySet().stream()
        .map(item ->
            new ConfigItem(
                item.getKey(),
                item.getValue(),
                spans.key(owner + "/config_items/" + Spans.step(item.getKey()))))
        .toList();
  }

  /**
   * Where the value of a pool's key stands. Pools are found by name: the record sorts them, the
   * file need not.
   */
  public Span inPool(String pool, String key) {
    return spans.value(pointer(pool) + "/" + Spans.step(key));
  }

  /** Where the key of a pool's config item stands. */
  public Span poolConfigItem(String pool, String key) {
    return spans.key(pointer(pool) + "/config_items/" + Spans.step(key));
  }

  private String pointer(String pool) {
    return spans.find("/node_pools", "name", pool);
  }
}
