package dev.fairway.cli;

import dev.fairway.channel.Batch;
import dev.fairway.channel.Rollout;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.DidYouMean;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Channel;
import dev.fairway.model.ChannelPolicies;
import dev.fairway.model.Cluster;
import dev.fairway.platform.cloud.Profiles;
import dev.fairway.source.ClusterSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The channels and clusters of the checkout, as commands about waves ask for them. */
final class Waves {
  private Waves() {}

  /** Those that have a release, by the branches that the clone has. */
  static Outcome<List<Channel>> released(List<Channel> all, RepositoryOptions repository) {
    return repository.with(clone ->
        Outcome.of(all.stream().filter(channel -> clone.hasFetched(channel.branch())).toList()));
  }

  static Outcome<Channel> find(String name, ChannelPolicies policies) {
    var names = policies.channels().stream().map(Channel::name).toList();
    return policies
        .find(name)
        .map(Outcome::of)
        .orElseGet(() -> unknown(name + " is no channel", name, names));
  }

  static Outcome<Batch> batch(String name, Rollout rollout) {
    var names = rollout.batches().stream().map(Batch::name).toList();
    return rollout.batches().stream()
        .filter(batch -> batch.name().equals(name))
        .findFirst()
        .map(Outcome::of)
        .orElseGet(
            () -> unknown("%s has no wave %s".formatted(rollout.channel(), name), name, names));
  }

  private static <T> Outcome<T> unknown(String message, String name, List<String> names) {
    var remedy = names.isEmpty() ? "no cluster follows it" : DidYouMean.remedy(name, names);
    return new Outcome<>(
        Optional.empty(), Diagnostics.of(Diagnostic.general(Code.UNKNOWN_WAVE, message, remedy)));
  }

  /** By the profiles of this very program: which wave a cluster is in does not depend on them. */
  static Outcome<List<Cluster>> fleet(Optional<Path> folder) {
    return Workspace.here()
        .fleet(folder, Profiles.all())
        .outcome()
        .map(fleet -> fleet.clusters().stream().map(ClusterSource::cluster).toList());
  }
}
