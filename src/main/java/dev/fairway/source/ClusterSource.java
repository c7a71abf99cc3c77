package dev.fairway.source;

import dev.fairway.diagnostic.Span;
import dev.fairway.model.Cluster;

/** A cluster record and where its parts stand, so that later passes can point at them. */
public record ClusterSource(Cluster cluster, Spans spans) {

  /** Where the value of a key stands, such as {@code channel}. */
  public Span at(String key) {
    return spans.value("/" + Spans.step(key));
  }

  /** Where the key of a config item stands. */
  public Span configItem(String key) {
    return spans.key("/config_items/" + Spans.step(key));
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
