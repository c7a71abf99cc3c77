package dev.fairway.source;

import dev.fairway.diagnostic.Code;
import dev.fairway.source.YamlNode.Entry;
import dev.fairway.source.YamlNode.Mapping;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The values of settings, by key. Which keys there are and what they may be is the release's to
 * say, when it is linked.
 */
record ConfigItemsShape() implements Shape<SortedMap<String, String>> {
  /** As the Cluster Registry's interface has it. */
  private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_]*[a-z0-9]");

  @Override
  public Optional<SortedMap<String, String>> read(Item item) {
    return item.node() instanceof Mapping mapping
        ? entries(item, mapping)
        : item.wrongType("a map", "write {} for none");
  }

  private static Optional<SortedMap<String, String>> entries(Item item, Mapping mapping) {
    SortedMap<String, String> values = new TreeMap<>();
    mapping.entries().forEach(entry -> entry(item, entry, values));
    return mapping.complete() && values.size() == mapping.entries().size()
        ? Optional.of(values)
        : Optional.empty();
  }

  private static void entry(Item map, Entry entry, SortedMap<String, String> values) {
    var key = entry.key().text();
    var value = new Item(Shown.of(key), entry.value(), map.in()).text("write \"\" for empty text");
    if (isKey(key)) {
      value.ifPresent(text -> values.put(key, text));
    } else {
      reject(map.part(entry.key()), key);
    }
  }

  static boolean isKey(String key) {
    return KEY.matcher(key).matches();
  }

  private static void reject(Item item, String key) {
    item.<String>reject(
        Code.MALFORMED_VALUE,
        "%s has the key \"%s\", which is not a setting's key".formatted(item.name(), Shown.of(key)),
        "write lower-case letters, digits and underscores, a letter first, such as"
            + " nat_gateways");
  }
}
