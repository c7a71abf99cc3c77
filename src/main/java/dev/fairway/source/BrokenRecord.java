package dev.fairway.source;

import dev.fairway.diagnostic.Span;
import dev.fairway.source.YamlNode.Entry;
import dev.fairway.source.YamlNode.Mapping;
import dev.fairway.source.YamlNode.Scalar;
import dev.fairway.source.YamlNode.ScalarKind;
import dev.fairway.source.YamlNode.Sequence;
import java.util.List;
import java.util.Optional;

/**
 * A record that is no cluster, for a diagnostic has said what is wrong with it. Its settings can be
 * judged all the same.
 *
 * @param span of the record
 * @param pools those whose config items could be read
 */
public record BrokenRecord(Span span, List<ConfigItem> configItems, List<Pool> pools) {
  public BrokenRecord {
    configItems = List.copyOf(configItems);
    pools = List.copyOf(pools);
  }

  /** A pool's config items. */
  public record Pool(String name, List<ConfigItem> configItems) {
    public Pool {
      configItems = List.copyOf(configItems);
    }
  }

  static BrokenRecord of(String file, YamlNode root) {
    return new BrokenRecord(Span.startOf(file), items(file, root), pools(file, root));
  }

  private static List<Pool> pools(String file, YamlNode root) {
    return root.child("node_pools").orElse(root) instanceof Sequence pools
        ? pools.items().stream().map(pool -> new Pool(name(pool), items(file, pool))).toList()
        : List.of();
  }

  private static String name(YamlNode pool) {
    return pool.child("name").orElse(pool) instanceof Scalar name ? name.text() : "without a name";
  }

  private static List<ConfigItem> items(String file, YamlNode owner) {
    return owner.child("config_items").stream()
        .filter(Mapping.class::isInstance)
        .map(Mapping.class::cast)
        .flatMap(items -> items.entries().stream())
        .flatMap(entry -> item(file, entry).stream())
        .toList();
  }

  /** What is no setting's key or no text has been reported by whoever read the record. */
  private static Optional<ConfigItem> item(String file, Entry entry) {
    var key = entry.key();
    return entry.value() instanceof Scalar value
            && value.is(ScalarKind.TEXT)
            && ConfigItemsShape.isKey(key.text())
        ? Optional.of(
            new ConfigItem(key.text(), value.text(), new Span(file, key.line(), key.column())))
        : Optional.empty();
  }
}
