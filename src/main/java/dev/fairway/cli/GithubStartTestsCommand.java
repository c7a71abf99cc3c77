package dev.fairway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.channel.Github;
import dev.fairway.channel.GithubWorkflows;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Channel;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "start-tests",
    description = {
      "Starts the end-to-end test of a pull request to a channel whose gates ask for evidence,"
          + " while no other test is under way.",
      "A status of its commit remembers that, so asking again starts nothing twice; a run that was"
          + " lost, or failed less than three times, is started anew."
    },
    footer = {"%nExample: test what was published", "  fairway github start-tests dev"})
final class GithubStartTestsCommand implements Callable<Integer> {
  @Mixin private Console console = new Console();

  @Parameters(index = "0", paramLabel = "CHANNEL", description = "the channel to be entered")
  private String name = "";

  @Mixin private PolicyOptions policies = new PolicyOptions();

  @Override
  public Integer call() {
    var started =
        policies
            .channel(name)
            .then(channel -> GithubAccess.ofEnvironment().then(github -> start(github, channel)));
    return console.finish(
        started,
        GithubStartTestsCommand::json,
        branches -> branches.forEach(console.out()::println));
  }

  private static Outcome<List<String>> start(Github github, Channel channel) {
    try (var workflows = GithubWorkflows.of(github, InstantSource.system())) {
      return workflows.startTests(channel);
    }
  }

  private static ObjectNode json(List<String> branches) {
    var json = JsonNodeFactory.instance.objectNode();
    branches.forEach(json.putArray("started")::add);
    return json;
  }
}
