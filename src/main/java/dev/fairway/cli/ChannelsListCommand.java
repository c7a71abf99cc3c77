package dev.fairway.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairway.model.Channel;
import dev.fairway.model.ChannelPolicies;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    description = {
      "Lists the channels, each after its upstream.",
      "It reads the policies alone: no cluster's record is in its way."
    },
    footer = {
      "%nExample: the channels as a workflow's job matrix",
      "  fairway channels list --matrix >> \"$GITHUB_OUTPUT\""
    })
final class ChannelsListCommand implements Callable<Integer> {
  @Mixin private Console console = new Console();

  @Option(names = "--matrix", description = "as an output of a workflow's step")
  private boolean matrix;

  @Option(
      names = "--released",
      description = "only channels that have a release, by the branches that the clone has")
  private boolean released;

  @Mixin private RepositoryOptions repository = new RepositoryOptions();

  @Mixin private PolicyOptions policies = new PolicyOptions();

  @Override
  public Integer call() {
    var all = policies.read().map(ChannelPolicies::channels);
    return console.finish(
        released ? all.then(found -> Waves.released(found, repository)) : all,
        found -> JsonNodeFactory.instance.objectNode().set("channels", names(found)),
        this::show);
  }

  private static ArrayNode names(List<Channel> channels) {
    var names = JsonNodeFactory.instance.arrayNode();
    channels.forEach(channel -> names.add(channel.name()));
    return names;
  }

  private void show(List<Channel> found) {
    if (matrix) {
      console.out().println("channels=" + names(found));
    } else {
      found.forEach(channel -> console.out().println(channel.name()));
    }
  }
}
