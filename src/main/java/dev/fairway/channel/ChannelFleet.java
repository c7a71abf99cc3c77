package dev.fairway.channel;

import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Span;
import dev.fairway.link.FleetLink;
import dev.fairway.link.Linkable;
import dev.fairway.link.Linker;
import dev.fairway.model.Channel;
import dev.fairway.model.Cluster;
import dev.fairway.model.LifecycleStatus;
import dev.fairway.release.Release;
import dev.fairway.source.ClusterSource;
import dev.fairway.source.FleetReader;
import dev.fairway.source.FleetReading;
import dev.fairway.source.PlatformFacts;
import dev.fairway.source.SourceFile;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The clusters of a channel, at one commit of main. */
final class ChannelFleet {
  /** A record's channel, whatever else is wrong with it. */
  private static final Pattern CHANNEL =
      Pattern.compile("(?m)^[\"']?channel[\"']?\\s*:\\s*[\"']?([a-z0-9-]+)[\"']?\\s*(?:#.*)?$");

  private final List<SourceFile> records;
  private final List<String> channels;
  private final String channel;

  /**
   * @param records of all clusters
   * @param channels the names of all channels
   */
  ChannelFleet(List<SourceFile> records, List<Channel> channels, String channel) {
    this.records = List.copyOf(records);
    this.channels = channels.stream().map(Channel::name).toList();
    this.channel = channel;
  }

  /** Of the channel, as the policy's commit has records and channels. */
  static ChannelFleet of(Scene scene, PolicyFiles.PolicyAt policy, String channel) {
    return new ChannelFleet(
        scene.policies().clusters(policy), policy.policies().channels(), channel);
  }

  /**
   * Links each of them to the release. Records are read by what this very release knows, so one
   * that needs a newer release is no mistake but in a cluster of this channel.
   */
  Linking link(Release release) {
    if (records.stream().noneMatch(this::isMine)) {
      return new Linking(new TreeMap<>(), List.of());
    }
    var linked = new FleetLink(new Linker(Linkable.of(release))).versions(reading(release));
    return new Linking(
        linked.value().orElseGet(TreeMap::new),
        linked.diagnostics().all().stream()
            .filter(Diagnostic::isError)
            .map(ChannelFleet::problem)
            .toList());
  }

  private static String problem(Diagnostic diagnostic) {
    var place = diagnostic.span().map(Span::toString).map(span -> span + ": ").orElse("");
    return place + diagnostic.message();
  }

  /** A record whose channel can't be told is taken for ours: it may well be. */
  private boolean isMine(SourceFile record) {
    var named = CHANNEL.matcher(record.text());
    return !named.find() || named.group(1).equals(channel) || named.find();
  }

  /** The channel's cluster with this id or alias. */
  Optional<Cluster> find(Release release, String idOrAlias) {
    return reading(release)
        .readable()
        .find(idOrAlias)
        .map(ClusterSource::cluster)
        .filter(cluster -> cluster.channel().equals(channel));
  }

  /** The aliases of the channel's clusters, as far as their records can be read. */
  List<String> aliases(Release release) {
    return reading(release).readable().clusters().stream()
        .map(ClusterSource::cluster)
        .filter(cluster -> cluster.channel().equals(channel))
        .map(Cluster::alias)
        .sorted()
        .toList();
  }

  /**
   * Whose health matters.
   *
   * @param ready the aliases of clusters that a channel's release is deployed to
   * @param unreadable the files of records that may well be of such clusters
   */
  record Members(List<String> ready, List<String> unreadable) {}

  Members members(Release release) {
    var reading = reading(release);
    return new Members(
        reading.readable().clusters().stream()
            .map(ClusterSource::cluster)
            .filter(cluster -> cluster.channel().equals(channel))
            .filter(cluster -> cluster.lifecycleStatus() == LifecycleStatus.READY)
            .map(Cluster::alias)
            .sorted()
            .toList(),
        reading.diagnostics().all().stream()
            .filter(Diagnostic::isError)
            .flatMap(diagnostic -> diagnostic.span().stream())
            .map(Span::file)
            .distinct()
            .toList());
  }

  private FleetReading reading(Release release) {
    return FleetReader.reading(
        records.stream().filter(this::isMine).toList(),
        PlatformFacts.of(release.manifest().profiles(), channels));
  }
}
