package dev.fairway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands about releases as a whole. */
@Command(
    name = "release",
    description = "Releases, on their way to the first channel.",
    subcommands = ReleasePublishCommand.class,
    synopsisSubcommandLabel = "COMMAND")
final class ReleaseCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }
}
