package dev.fairway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.channel.PolicyLint;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Channel;
import dev.fairway.model.ChannelPolicies;
import dev.fairway.platform.cloud.Profiles;
import dev.fairway.source.ChannelFilesReader;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "lint",
    description = {
      "Says all that is wrong with the policies of channels and the keys that they trust.",
      "It reads them beside the cluster records, in one run, and asks no Git."
    },
    footer = {
      "%nExample: check the policies of a pull request, with annotations for GitHub",
      "  fairway channels lint --output github"
    })
final class ChannelsLintCommand implements Callable<Integer> {
  @Mixin private Console console = new Console();

  @Mixin private PolicyOptions policies = new PolicyOptions();

  @Option(
      names = "--clusters",
      paramLabel = "DIR",
      description = "the cluster records (default: clusters/)")
  private Optional<Path> clusters = Optional.empty();

  @Override
  public Integer call() {
    var workspace = Workspace.here();
    var reading = ChannelFilesReader.reading(policies.folder());
    var fleet = workspace.fleet(clusters, Profiles.all(), policies.folder());
    var now = InstantSource.system().instant();
    var lint = PolicyLint.of(reading, fleet.readable(), now);
    var diagnostics = reading.diagnostics().plus(fleet.diagnostics()).plus(lint);
    return console.finish(
        Outcome.unlessErrors(diagnostics, () -> reading.outcome().value().orElseThrow()),
        ChannelsLintCommand::json,
        this::show);
  }

  private static ObjectNode json(ChannelPolicies policies) {
    var json = JsonNodeFactory.instance.objectNode();
    var names = json.putArray("channels");
    policies.channels().forEach(channel -> names.add(channel.name()));
    return json.put("keys", policies.trust().keys().size());
  }

  private void show(ChannelPolicies policies) {
    var names = policies.channels().stream().map(Channel::name).toList();
    console
        .out()
        .println(
            "%s, and %s keys: no error"
                .formatted(String.join(", ", names), policies.trust().keys().size()));
  }
}
