package dev.fairway.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.channel.Batch;
import dev.fairway.channel.Rollout;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Channel;
import dev.fairway.model.ChannelPolicies;
import dev.fairway.model.Cluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "waves",
    description = {
      "Lists in which order the clusters of channels follow their branches.",
      "Clusters that no wave selects come last, one at a time; of a channel without waves all go at"
          + " once. A wave of more than 256 clusters is several, because a workflow runs no more"
          + " jobs at once."
    },
    footer = {
      "%nExample: the waves of alpha, then one of them as a workflow's job matrix",
      "  fairway channels waves alpha",
      "  fairway channels waves alpha --wave canary --matrix >> \"$GITHUB_OUTPUT\""
    })
final class ChannelsWavesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Console console = new Console();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "CHANNEL",
      description = "the channel (default: all)")
  private Optional<String> name = Optional.empty();

  @Option(names = "--wave", paramLabel = "WAVE", description = "only this wave of the channel")
  private Optional<String> wave = Optional.empty();

  @Option(
      names = "--matrix",
      description =
          "as outputs of a workflow's step: of a wave the channel's branch, its clusters"
              + " and max-parallel, else the waves")
  private boolean matrix;

  @Option(
      names = "--released",
      description = "only of channels that have a release, by the branches that the clone has")
  private boolean released;

  @Mixin private RepositoryOptions repository = new RepositoryOptions();

  @Mixin private PolicyOptions policies = new PolicyOptions();

  @Option(
      names = "--clusters",
      paramLabel = "DIR",
      description = "the cluster records (default: clusters/)")
  private Optional<Path> clusters = Optional.empty();

  @Override
  public Integer call() {
    if (wave.isPresent() && name.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--wave is of a channel: name the channel, too");
    }
    var found =
        policies
            .read()
            .then(this::chosen)
            .then(this::standing)
            .then(standing ->
                Waves.fleet(clusters)
                    .map(fleet ->
                        standing.stream().map(channel -> Rollout.of(channel, fleet)).toList()))
            .then(this::chosen);
    return console.finish(found, ChannelsWavesCommand::json, this::show);
  }

  private Outcome<List<Channel>> chosen(ChannelPolicies policies) {
    return name.map(wanted -> Waves.find(wanted, policies).map(List::of))
        .orElseGet(() -> Outcome.of(policies.channels()));
  }

  private Outcome<List<Channel>> standing(List<Channel> all) {
    return released ? Waves.released(all, repository) : Outcome.of(all);
  }

  /** Only the wave that was asked for, where one was. */
  private Outcome<List<Rollout>> chosen(List<Rollout> rollouts) {
    if (wave.isEmpty()) {
      return Outcome.of(rollouts);
    }
    var only = rollouts.getFirst();
    return Waves.batch(wave.get(), only)
        .map(batch -> List.of(new Rollout(only.channel(), only.branch(), List.of(batch))));
  }

  private static ObjectNode json(List<Rollout> rollouts) {
    var json = JsonNodeFactory.instance.objectNode();
    var waves = json.putArray("waves");
    for (var rollout : rollouts) {
      for (var batch : rollout.batches()) {
        var entry = waves.addObject().put("channel", rollout.channel()).put("wave", batch.name());
        entry.put("max_in_flight", batch.maxInFlight());
        entry.put("pause_seconds", batch.pause().toSeconds());
        entry.put("stop_on_failure", batch.stopOnFailure());
        entry.set("clusters", clusters(batch));
      }
    }
    return json;
  }

  private static ArrayNode clusters(Batch batch) {
    var clusters = JsonNodeFactory.instance.arrayNode();
    batch.clusters().forEach(cluster -> clusters.add(entry(cluster)));
    return clusters;
  }

  /** What a job needs to get at the cluster. */
  private static ObjectNode entry(Cluster cluster) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("cluster", cluster.alias())
        .put("account", cluster.account().id())
        .put("region", cluster.region().name())
        .put("local_id", cluster.localId());
  }

  private void show(List<Rollout> rollouts) {
    if (!matrix) {
      rollouts.forEach(this::print);
    } else if (wave.isPresent()) {
      var batch = rollouts.getFirst().batches().getFirst();
      console.out().println("branch=" + rollouts.getFirst().branch());
      console.out().println("clusters=" + clusters(batch));
      console.out().println("max-parallel=" + batch.maxInFlight());
    } else {
      var waves = JsonNodeFactory.instance.arrayNode();
      rollouts.forEach(rollout ->
          rollout
              .batches()
              .forEach(batch ->
                  waves.addObject().put("channel", rollout.channel()).put("wave", batch.name())));
      console.out().println("waves=" + waves);
    }
  }

  private void print(Rollout rollout) {
    for (var batch : rollout.batches()) {
      console
          .out()
          .printf(
              "%s/%s: %s; %d at a time%s%s%n",
              rollout.channel(),
              batch.name(),
              String.join(", ", batch.clusters().stream().map(Cluster::alias).toList()),
              batch.maxInFlight(),
              batch.pause().isZero() ? "" : ", then a pause of " + batch.pause(),
              batch.stopOnFailure() ? ", a failure stops the next" : "");
    }
  }
}
