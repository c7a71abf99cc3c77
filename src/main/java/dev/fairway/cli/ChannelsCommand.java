package dev.fairway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands about channels as a whole. */
@Command(
    name = "channels",
    description = "The channels that releases go through.",
    subcommands = {ChannelsLintCommand.class, ChannelsWavesCommand.class},
    synopsisSubcommandLabel = "COMMAND")
final class ChannelsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }
}
