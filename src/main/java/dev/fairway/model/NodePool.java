package dev.fairway.model;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Worker nodes of one kind.
 *
 * @param profile one of the platform's profiles
 * @param instanceTypes the first is preferred; none means those of the profile
 * @param minSize of the whole pool, over all zones
 * @param maxSize of the whole pool, over all zones
 */
public record NodePool(
    String name,
    String profile,
    DiscountStrategy discountStrategy,
    List<InstanceType> instanceTypes,
    int minSize,
    int maxSize,
    SortedMap<String, String> configItems) {

  /** Guards against a slip of the finger: 10000 nodes cost more than anyone means to spend. */
  public static final int LARGEST = 1000;

  /** Room for the prefix and the zone in a stack's name and in a label's value. */
  public static final int NAME_LENGTH = 40;

  public NodePool {
    requireName(name);
    Invariant.within("the number of instance types", 0, Facts.INSTANCE_TYPES, instanceTypes.size());
    Invariant.distinct("instance_types", instanceTypes);
    Invariant.within("min_size", 0, LARGEST, minSize);
    Invariant.within("max_size", 0, LARGEST, maxSize);
    Invariant.holds(minSize <= maxSize, "min_size " + minSize + " is above max_size " + maxSize);
    instanceTypes = List.copyOf(instanceTypes);
    configItems = Collections.unmodifiableSortedMap(new TreeMap<>(configItems));
  }

  /** Returns the text when it may be a pool's name, and throws when it may not. */
  public static String requireName(String text) {
    Invariant.matches("a pool's name", "[a-z][a-z0-9-]*[a-z0-9]", text);
    Invariant.within("a pool's name's length", 2, NAME_LENGTH, text.length());
    Invariant.holds(
        !Patterns.of(".*-" + Region.PATTERN + "[a-z]").matcher(text).matches(),
        "a pool's name that ends in a zone's: its stack could be another pool's: " + text);
    return text;
  }
}
