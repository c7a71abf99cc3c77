package dev.fairway.source;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.DidYouMean;
import dev.fairway.model.Cluster;
import dev.fairway.model.Environment;
import dev.fairway.model.Region;
import dev.fairway.model.Wave;
import dev.fairway.model.Wave.Selector;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** A wave of a channel's policy. */
final class WaveReader {
  static final Shape<Wave> SHAPE = Shape.object("a wave", WaveReader::read);

  /** As many clusters as a person names. */
  private static final int MOST = 1000;

  /** More than one machine deploys at the same time. */
  private static final int MOST_IN_FLIGHT = 1000;

  private static final Selector ALL =
      new Selector(
          Collections.emptySortedSet(),
          Collections.emptySortedSet(),
          Collections.emptySortedSet(),
          Collections.emptySortedSet());
  private static final Shape<Selector> SELECTOR =
      Shape.object("a wave's clusters", WaveReader::selector);

  private WaveReader() {}

  private static Optional<Wave> read(ObjectReader in) {
    var name = in.required("name", Shapes.NAME);
    var clusters = in.optional("clusters", SELECTOR, ALL);
    var pause = in.optional("pause", ChannelShapes.DURATION, Duration.ZERO);
    var maxInFlight = in.required("max_in_flight", Shape.whole(1, MOST_IN_FLIGHT));
    var stopOnFailure = in.optional("stop_on_failure", Shape.flag(), true);
    return in.build(() ->
        new Wave(name.get(), clusters.get(), pause.get(), maxInFlight.get(), stopOnFailure.get()));
  }

  private static Optional<Selector> selector(ObjectReader in) {
    var aliases = in.optional("aliases", Shape.list(Shapes.NAME, 1, MOST), List.<String>of());
    var environments =
        in.optional(
            "environments",
            Shape.list(Shape.keyword(Environment.class), 1, Environment.values().length),
            List.<Environment>of());
    var regions = in.optional("regions", Shape.list(Shapes.REGION, 1, MOST), List.<Region>of());
    var criticalities =
        in.optional(
            "criticality_levels",
            Shape.list(Shape.whole(1, Cluster.LEAST_CRITICAL), 1, Cluster.LEAST_CRITICAL),
            List.<Integer>of());
    checkRegions(in, regions);
    return in.build(() ->
        new Selector(
            sorted(aliases.get()),
            sorted(environments.get()),
            sorted(regions.get().stream().map(Region::name).toList()),
            sorted(criticalities.get())));
  }

  private static <T extends Comparable<T>> SortedSet<T> sorted(List<T> items) {
    return Collections.unmodifiableSortedSet(new TreeSet<>(items));
  }

  private static void checkRegions(ObjectReader in, Field<List<Region>> regions) {
    var names = regions.value().orElse(List.of());
    for (var i = 0; i < names.size(); i++) {
      if (!Regions.knows(names.get(i))) {
        in.warn(
            Diagnostic.at(
                in.itemSpan(regions.name(), i),
                Code.UNKNOWN_REGION,
                "regions has %s, which Fairway does not know".formatted(names.get(i)),
                DidYouMean.nearest(names.get(i).name(), Regions.names())
                    .map("did you mean %s?"::formatted)
                    .orElse("check its name; a region younger than this release is fine")));
      }
    }
  }

  /** Reports each wave whose clusters all belong to one wave before it. */
  static void checkOrder(ObjectReader in, Field<List<Wave>> waves) {
    var all = waves.value().orElse(List.of());
    for (var i = 1; i < all.size(); i++) {
      var late = i;
      IntStream.range(0, i)
          .filter(early -> takesAll(all.get(early).clusters(), all.get(late).clusters()))
          .findFirst()
          .ifPresent(early -> reportShadowed(in, waves, early, late));
    }
  }

  private static void reportShadowed(
      ObjectReader in, Field<List<Wave>> waves, int early, int late) {
    var first = waves.get().get(early).name();
    in.broken(
        Diagnostic.at(
                in.itemSpan(waves.name(), late),
                Code.SHADOWED_WAVE,
                "wave %s can have no cluster: wave %s takes all that it selects"
                    .formatted(waves.get().get(late).name(), first),
                "put it before that one, or let that one select less: a cluster belongs to the"
                    + " first wave that selects it")
            .with("the wave before it", first, in.itemSpan(waves.name(), early)));
  }

  private static boolean takesAll(Selector early, Selector late) {
    return covers(early.aliases(), late.aliases())
        && covers(widest(early.environments()), late.environments())
        && covers(early.regions(), late.regions())
        && covers(widestLevels(early.criticalities()), late.criticalities());
  }

  private static <T> boolean covers(SortedSet<T> early, SortedSet<T> late) {
    return early.isEmpty() || (!late.isEmpty() && early.containsAll(late));
  }

  /** Naming all is naming none. */
  private static SortedSet<Environment> widest(SortedSet<Environment> environments) {
    return environments.containsAll(EnumSet.allOf(Environment.class))
        ? Collections.emptySortedSet()
        : environments;
  }

  private static SortedSet<Integer> widestLevels(SortedSet<Integer> levels) {
    return levels.size() == Cluster.LEAST_CRITICAL ? Collections.emptySortedSet() : levels;
  }
}
