package dev.fairway.cli;

import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Channel;
import dev.fairway.model.ChannelPolicies;
import dev.fairway.source.ChannelFilesReader;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The policies of channels in the checkout. */
final class PolicyOptions {
  @Option(
      names = "--channels",
      paramLabel = "DIR",
      description = "the channels' policies (default: channels/)")
  private Optional<Path> folder = Optional.empty();

  Path folder() {
    return folder.orElseGet(() -> Workspace.here().channels());
  }

  Outcome<ChannelPolicies> read() {
    return ChannelFilesReader.read(folder());
  }

  Outcome<Channel> channel(String name) {
    return read().then(policies -> Waves.find(name, policies));
  }
}
