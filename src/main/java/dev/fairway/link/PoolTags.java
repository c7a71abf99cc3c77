package dev.fairway.link;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.model.Facts;
import dev.fairway.model.NodePool;
import dev.fairway.model.Symbol;
import dev.fairway.platform.cloud.AutoscalerTags;
import dev.fairway.source.ClusterSource;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tags that a pool's own labels and taints become: from them the autoscaler knows what a node
 * would have that does not exist yet. CloudFormation gives a stack's tags to its Auto Scaling
 * group, which has tags of its template's already; a group takes 50, with keys of 128 characters.
 * Values need no check: those of labels and taints are short.
 */
final class PoolTags {
  static final String NODE_CONFIG = "fairway:node-config";

  private static final List<String> OF_EVERY_POOL =
      List.of(Stack.CLUSTER_TAG, Stack.STACK_TAG, NODE_CONFIG);
  private static final int MOST = 50;
  private static final int LONGEST_KEY = 128;

  private final ClusterSource source;
  private final NodePool pool;
  private final Values values;
  private final Diagnostics.Collector diagnostics;
  private final SortedMap<String, String> tags = new TreeMap<>();

  PoolTags(ClusterSource source, NodePool pool, Values values, Diagnostics.Collector diagnostics) {
    this.source = source;
    this.pool = pool;
    this.values = values;
    this.diagnostics = diagnostics;
  }

  /**
   * The tags; each label or taint that finds no room beside those of the template is a diagnostic.
   */
  SortedMap<String, String> fitting(@Nullable TemplateLinks template) {
    var room = MOST - OF_EVERY_POOL.size() - (template == null ? 0 : template.groupTags());
    FactValues.ownLabels(values)
        .forEach(
            (key, value) -> add(Facts.NODE_LABELS, key, AutoscalerTags.label(key), value, room));
    FactValues.ownTaints(values)
        .forEach(taint ->
            add(
                Facts.NODE_TAINTS,
                taint.key(),
                AutoscalerTags.taint(taint.key()),
                taint.value() + ":" + taint.effect(),
                room));
    return tags;
  }

  private void add(Symbol setting, String key, String tag, String value, int room) {
    tags.put(tag, value);
    if (tag.length() > LONGEST_KEY) {
      unfit(
          setting,
          "the key %s makes a tag's key of %d characters, and AWS takes %d"
              .formatted(key, tag.length(), LONGEST_KEY),
          "shorten it to %d characters at most"
              .formatted(LONGEST_KEY - (tag.length() - key.length())));
    }
    // Said once, of the first that is too many.
    if (tags.size() == room + 1) {
      unfit(
          setting,
          "%s is one too many: each label and taint is a tag, and the pool's groups have room for %d"
              .formatted(key, room),
          "have %d labels and taints at most; AWS takes %d tags, and the others are Fairway's"
              .formatted(room, MOST));
    }
  }

  private void unfit(Symbol setting, String what, String remedy) {
    diagnostics.add(
        Diagnostic.at(
            source.poolConfigItem(pool.name(), setting.key()),
            Code.TOO_MUCH_FOR_TAGS,
            setting.key() + ": " + what,
            remedy));
  }
}
