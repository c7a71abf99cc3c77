package dev.fairway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairway.channel.Github;
import dev.fairway.channel.GithubWorkflows;
import dev.fairway.channel.Rollout;
import dev.fairway.channel.Rollout.Step;
import dev.fairway.diagnostic.Outcome;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "start-wave",
    description = {
      "Starts the deploy of a channel's next wave, if its time has come.",
      "Statuses of the channel's last commit remember how far it got, so this may be asked at any"
          + " time: while a wave is under way or pauses, nothing is started."
    },
    footer = {"%nExample: carry on with alpha", "  fairway github start-wave alpha"})
final class GithubStartWaveCommand implements Callable<Integer> {
  @Mixin private Console console = new Console();

  @Parameters(index = "0", paramLabel = "CHANNEL", description = "the channel that moved")
  private String name = "";

  @Mixin private PolicyOptions policies = new PolicyOptions();

  @Option(
      names = "--clusters",
      paramLabel = "DIR",
      description = "the cluster records (default: clusters/)")
  private Optional<Path> clusters = Optional.empty();

  @Override
  public Integer call() {
    var step =
        policies
            .channel(name)
            .then(channel ->
                Waves.fleet(clusters)
                    .map(fleet -> Rollout.of(channel, fleet))
                    .then(rollout ->
                        GithubAccess.ofEnvironment().then(github -> start(github, rollout))));
    return console.finish(
        step,
        found -> JsonNodeFactory.instance.objectNode().put("step", told(found)),
        found -> console.out().println(told(found)));
  }

  private static Outcome<Step> start(Github github, Rollout rollout) {
    try (var workflows = GithubWorkflows.of(github, InstantSource.system())) {
      return workflows.startNext(rollout);
    }
  }

  private static String told(Step step) {
    return switch (step) {
      case Step.Empty() -> "the channel has no release yet";
      case Step.Start(var batch) -> "wave %s was started".formatted(batch.name());
      case Step.UnderWay(var batch) -> "wave %s is under way".formatted(batch.name());
      case Step.Paused(var batch, var until) ->
          "wave %s waits until %s".formatted(batch.name(), until);
      case Step.Stopped(var batch) -> "wave %s failed".formatted(batch.name());
      case Step.Finished() -> "all waves are done";
    };
  }
}
