package dev.fairway.source;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.DidYouMean;
import dev.fairway.diagnostic.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * The way of a release from channel to channel: one beginning, and from each channel back to it.
 *
 * @param channels those that could be read, by name
 * @param names of all that have a file
 */
record ChannelOrder(List<ChannelSource> channels, List<String> names, Diagnostics.Collector found) {
  private static final String UPSTREAM = "/upstream";

  /** Reports what is wrong with the order. */
  void check() {
    checkUpstreams();
    checkCycles();
    checkFirst();
    checkBranches();
  }

  /**
   * Each after its upstream, those of one upstream by name; those that lead nowhere are left out.
   */
  List<ChannelSource> sorted() {
    var sorted = new ArrayList<>(channels.stream().filter(ChannelOrder::isFirst).toList());
    for (var i = 0; i < sorted.size(); i++) {
      var upstream = sorted.get(i).name();
      channels.stream()
          .filter(source -> source.channel().upstream().filter(upstream::equals).isPresent())
          .forEach(sorted::add);
    }
    return sorted;
  }

  private static boolean isFirst(ChannelSource source) {
    return source.channel().upstream().isEmpty();
  }

  private void checkUpstreams() {
    for (var source : channels) {
      source
          .channel()
          .upstream()
          .filter(upstream -> !names.contains(upstream))
          .ifPresent(upstream -> reportUnknown(source, upstream));
    }
  }

  private void reportUnknown(ChannelSource source, String upstream) {
    var others = names.stream().filter(name -> !name.equals(source.name())).toList();
    found.add(
        Diagnostic.at(
            source.at(UPSTREAM),
            Code.UNKNOWN_UPSTREAM,
            "upstream is %s, which is no channel".formatted(upstream),
            DidYouMean.remedy(upstream, others)));
  }

  /** Reports each circle once, at the first of its channels by name. */
  private void checkCycles() {
    for (var source : channels) {
      var way = way(source);
      var back = way.getLast().channel().upstream().filter(source.name()::equals).isPresent();
      var first = way.stream().map(ChannelSource::name).sorted().findFirst();
      if (back && first.filter(source.name()::equals).isPresent()) {
        reportCycle(source, List.copyOf(way));
      }
    }
  }

  /** From a channel upstream, as far as there are channels that it has not met. */
  private SequencedSet<ChannelSource> way(ChannelSource source) {
    Map<String, ChannelSource> byName = new HashMap<>();
    channels.forEach(channel -> byName.put(channel.name(), channel));
    SequencedSet<ChannelSource> way = new LinkedHashSet<>();
    var next = Optional.of(source);
    while (next.filter(way::add).isPresent()) {
      next = next.get().channel().upstream().flatMap(name -> Optional.ofNullable(byName.get(name)));
    }
    return way;
  }

  private void reportCycle(ChannelSource source, List<ChannelSource> way) {
    var others = way.stream().skip(1).map(ChannelSource::name).toList();
    var diagnostic =
        Diagnostic.at(
            source.at(UPSTREAM),
            Code.UPSTREAM_CYCLE,
            "%s is its own upstream by way of %s"
                .formatted(source.name(), String.join(", ", others)),
            "remove the upstream of the channel that releases are published to");
    for (var other : way.subList(1, way.size())) {
      diagnostic =
          diagnostic.with(
              "upstream of " + other.name(),
              other.channel().upstream().orElse(""),
              other.at(UPSTREAM));
    }
    found.add(diagnostic);
  }

  private void checkFirst() {
    var firsts = channels.stream().filter(ChannelOrder::isFirst).toList();
    for (var more : firsts.stream().skip(1).toList()) {
      var first = firsts.getFirst();
      found.add(
          Diagnostic.at(
                  more.at("/name"),
                  Code.TWO_FIRST_CHANNELS,
                  "%s has no upstream, and neither has %s".formatted(more.name(), first.name()),
                  "give all channels but the one that releases are published to an upstream")
              .with("the other channel", first.name(), first.at("/name")));
    }
  }

  private void checkBranches() {
    Map<String, ChannelSource> claims = new HashMap<>();
    for (var source : channels) {
      var branch = source.channel().branch();
      var first = claims.putIfAbsent(branch, source);
      if (first != null) {
        found.add(
            Diagnostic.at(
                    branchSpan(source),
                    Code.DUPLICATE_BRANCH,
                    "the branch of %s is %s, which %s has too"
                        .formatted(source.name(), branch, first.name()),
                    "give each channel a branch of its own")
                .with("the branch of " + first.name(), branch, branchSpan(first)));
      }
    }
  }

  /** A channel that names no branch has one of its name. */
  private static Span branchSpan(ChannelSource source) {
    var branch = source.at("/branch");
    return branch.equals(source.at("")) ? source.at("/name") : branch;
  }
}
