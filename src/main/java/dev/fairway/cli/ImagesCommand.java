package dev.fairway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands about container images. */
@Command(
    name = "images",
    description = "Container images of the platform.",
    subcommands = ImagesLockCommand.class,
    synopsisSubcommandLabel = "COMMAND")
final class ImagesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }
}
