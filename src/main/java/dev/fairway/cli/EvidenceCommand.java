package dev.fairway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands about evidence. */
@Command(
    name = "evidence",
    description = "Signed statements about releases, which channels' gates ask for.",
    subcommands = {
      EvidenceAddCommand.class,
      EvidenceListCommand.class,
      EvidenceVerifyCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "%nExample: see what is known of the release that alpha would take",
      "  fairway evidence list alpha"
    })
final class EvidenceCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }
}
