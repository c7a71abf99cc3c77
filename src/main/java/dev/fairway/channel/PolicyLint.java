package dev.fairway.channel;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.DidYouMean;
import dev.fairway.diagnostic.Severity;
import dev.fairway.model.Channel;
import dev.fairway.model.Freeze;
import dev.fairway.model.Trust;
import dev.fairway.model.Wave;
import dev.fairway.source.ChannelReading;
import dev.fairway.source.ChannelSource;
import dev.fairway.source.ClusterSource;
import dev.fairway.source.FleetSource;
import dev.fairway.source.TrustChecks;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What is wrong with policies that can be read: beside the fleet, the calendar, and the clock. */
public final class PolicyLint {
  private final ChannelReading policies;
  private final FleetSource fleet;
  private final Diagnostics.Collector found = new Diagnostics.Collector();

  private PolicyLint(ChannelReading policies, FleetSource fleet) {
    this.policies = policies;
    this.fleet = fleet;
  }

  /**
   * Judges what could be read.
   *
   * @param fleet the clusters that could be read
   * @param now by which keys are valid or not
   */
  public static Diagnostics of(ChannelReading policies, FleetSource fleet, Instant now) {
    var lint = new PolicyLint(policies, fleet);
    for (var source : policies.channels()) {
      lint.checkFreezes(source);
      lint.checkClusters(source);
      lint.checkWaves(source);
    }
    policies.trust().ifPresent(trust -> lint.checkKeys(trust, now));
    policies.trust().ifPresent(lint::checkOwners);
    return lint.found.diagnostics();
  }

  /** Of several that are endless together only, the first one. */
  private void checkFreezes(ChannelSource source) {
    var freezes = source.channel().freezes();
    var alone = freezes.stream().filter(freeze -> FreezeWindows.isEndless(List.of(freeze), freeze));
    var together = freezes.stream().filter(freeze -> FreezeWindows.isEndless(freezes, freeze));
    Stream.concat(alone, together).findFirst().ifPresent(freeze -> reportEndless(source, freeze));
  }

  private void reportEndless(ChannelSource source, Freeze freeze) {
    found.add(
        Diagnostic.at(
            source.at("/freezes/" + source.channel().freezes().indexOf(freeze)),
            Code.ENDLESS_FREEZE,
            "from %s on nothing enters %s for %s years"
                .formatted(freeze.start(), source.name(), FreezeWindows.LONGEST.getYears()),
            "let a window end before the next one starts, and look at the freezes together"));
  }

  private List<ClusterSource> clusters(Channel channel) {
    return fleet.clusters().stream()
        .filter(source -> source.cluster().channel().equals(channel.name()))
        .toList();
  }

  private void checkClusters(ChannelSource source) {
    if (source.channel().waves().isEmpty()) {
      return;
    }
    for (var cluster : clusters(source.channel())) {
      if (Wave.of(cluster.cluster(), source.channel()).isEmpty()) {
        found.add(
            Diagnostic.at(
                    cluster.at("alias"),
                    Code.WAVELESS_CLUSTER,
                    "%s is in no wave of %s".formatted(cluster.cluster().alias(), source.name()),
                    "let a wave select it; a last wave without clusters takes all that are left")
                .with(
                    "the first wave",
                    source.channel().waves().getFirst().name(),
                    source.at("/waves")));
      }
    }
  }

  private void checkWaves(ChannelSource source) {
    var aliases =
        clusters(source.channel()).stream().map(cluster -> cluster.cluster().alias()).toList();
    for (var wave : source.channel().waves()) {
      for (var alias : wave.clusters().aliases()) {
        if (!aliases.contains(alias)) {
          reportUnknown(source, wave, alias, aliases);
        }
      }
    }
  }

  private void reportUnknown(ChannelSource source, Wave wave, String alias, List<String> aliases) {
    var list = source.spans().find("/waves", "name", wave.name()) + "/clusters/aliases";
    found.add(
        Diagnostic.at(
            source.at(source.spans().find(list, alias)),
            Code.UNKNOWN_WAVE_CLUSTER,
            "wave %s names %s, which no cluster on %s is called"
                .formatted(wave.name(), alias, source.name()),
            DidYouMean.remedy(alias, aliases)));
  }

  /** A key that ended is no mistake, and what it signed still counts: a warning, and it shows. */
  private void checkKeys(Trust trust, Instant now) {
    var valid = trust.keys().stream().filter(key -> key.isValidAt(now)).toList();
    var ever = new TrustChecks(trust.keys());
    for (var source : policies.channels()) {
      var known = ever.check(source).all();
      new TrustChecks(valid)
          .check(source).all().stream()
              .filter(diagnostic ->
                  known.stream().noneMatch(same -> same.span().equals(diagnostic.span())))
              .map(diagnostic -> atPresent(diagnostic, now))
              .forEach(found::add);
    }
  }

  /** One person of two spellings would be two voices. */
  private void checkOwners(Trust trust) {
    var spellings = new TreeMap<String, SortedSet<String>>();
    for (var key : trust.keys()) {
      spellings
          .computeIfAbsent(key.owner().toLowerCase(Locale.ROOT), _ -> new TreeSet<>())
          .add(key.owner());
    }
    spellings.values().stream()
        .filter(alike -> alike.size() > 1)
        .forEach(alike ->
            found.add(
                Diagnostic.general(
                    Code.ALIKE_OWNERS,
                    "trust.yaml has the owners %s, which differ by case alone"
                        .formatted(String.join(", ", alike)),
                    "spell one owner in one way: several keys of one owner are one voice")));
  }

  private static Diagnostic atPresent(Diagnostic diagnostic, Instant now) {
    return new Diagnostic(
        diagnostic.code(),
        Severity.WARNING,
        diagnostic.span(),
        diagnostic.message() + ", counting those that are valid at " + now,
        diagnostic.values(),
        diagnostic.remedy());
  }
}
