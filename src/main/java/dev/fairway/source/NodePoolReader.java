package dev.fairway.source;

import static dev.fairway.diagnostic.Code.MIN_ABOVE_MAX;
import static dev.fairway.diagnostic.Code.NOT_A_MULTIPLE_OF_ZONES;
import static dev.fairway.diagnostic.Code.SPOT_MISMATCH;

import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.model.DiscountStrategy;
import dev.fairway.model.Facts;
import dev.fairway.model.InstanceType;
import dev.fairway.model.NodePool;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A node pool of a cluster record. */
final class NodePoolReader {
  private static final Shape<String> NAME =
      Shape.text(
          "a pool's name",
          "2 to 40 lower-case letters, digits and hyphens, with no zone's name at the end",
          "worker",
          NodePool::requireName);
  private static final Shape<Integer> SIZE = Shape.whole(0, NodePool.LARGEST);
  private static final Shape<List<InstanceType>> INSTANCE_TYPES =
      Shape.list(Shapes.INSTANCE_TYPE, 1, Facts.INSTANCE_TYPES);

  private final ObjectReader in;
  private final PlatformFacts facts;
  private final Field<String> name;
  private final Field<String> profile;
  private final Field<DiscountStrategy> discountStrategy;
  private final Field<List<InstanceType>> instanceTypes;
  private final Field<Integer> minSize;
  private final Field<Integer> maxSize;
  private final Field<SortedMap<String, String>> configItems;

  private NodePoolReader(ObjectReader in, PlatformFacts facts) {
    this.in = in;
    this.facts = facts;
    name = in.required("name", NAME);
    profile = in.required("profile", Shape.oneOf(facts.profiles()));
    discountStrategy = in.required("discount_strategy", Shape.keyword(DiscountStrategy.class));
    instanceTypes = in.optional("instance_types", INSTANCE_TYPES, List.of());
    minSize = in.required("min_size", SIZE);
    maxSize = in.required("max_size", SIZE);
    configItems = in.optional("config_items", Shape.configItems(), new TreeMap<>());
  }

  static Optional<NodePool> read(ObjectReader in, PlatformFacts facts) {
    var reader = new NodePoolReader(in, facts);
    reader.checkSizes();
    reader.checkMultiple(reader.minSize);
    reader.checkMultiple(reader.maxSize);
    reader.checkSpot();
    return in.build(reader::pool);
  }

  private NodePool pool() {
    return new NodePool(
        name.get(),
        profile.get(),
        discountStrategy.get(),
        instanceTypes.get(),
        minSize.get(),
        maxSize.get(),
        configItems.get());
  }

  private void checkSizes() {
    if (minSize.with(maxSize, (min, max) -> min > max)) {
      in.broken(
          Diagnostic.at(
                  minSize.span(),
                  MIN_ABOVE_MAX,
                  "min_size is %s, above max_size".formatted(minSize.get()),
                  "lower min_size or raise max_size")
              .with("max_size", maxSize.get(), maxSize.span()));
    }
  }

  private void checkMultiple(Field<Integer> size) {
    if (profile.is(facts.splitByZone()::contains) && size.is(count -> count % Facts.ZONES != 0)) {
      var below = size.get() - size.get() % Facts.ZONES;
      in.broken(
          Diagnostic.at(
                  size.span(),
                  NOT_A_MULTIPLE_OF_ZONES,
                  "%s is %s, not a multiple of %s".formatted(size.name(), size.get(), Facts.ZONES),
                  "write %s or %s: every zone has as many nodes as the others"
                      .formatted(below, below + Facts.ZONES))
              .with("profile", profile.get(), profile.span()));
    }
  }

  private void checkSpot() {
    if (discountStrategy.with(profile, (strategy, kind) -> isSpot(strategy) != isSpot(kind))) {
      in.broken(
          Diagnostic.at(
                  discountStrategy.span(),
                  SPOT_MISMATCH,
                  "discount_strategy is %s with profile %s"
                      .formatted(discountStrategy.get().keyword(), profile.get()),
                  "write %s, or choose another profile"
                      .formatted(
                          isSpot(profile.get())
                              ? DiscountStrategy.SPOT.keyword()
                              : DiscountStrategy.NONE.keyword()))
              .with("profile", profile.get(), profile.span()));
    }
  }

  private static boolean isSpot(DiscountStrategy strategy) {
    return strategy == DiscountStrategy.SPOT;
  }

  private boolean isSpot(String kind) {
    return facts.spot().contains(kind);
  }
}
