package dev.fairway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root command. A new command is a class of its own and one line in {@code subcommands}. */
@Command(
    name = "fairway",
    description = "Compiles Kubernetes clusters on AWS and ships what it compiled, byte for byte.",
    subcommands = {
      DemoCommand.class,
      CheckCommand.class,
      CompileCommand.class,
      InspectCommand.class,
      ImagesCommand.class,
      GithubCommand.class,
      LinkCommand.class,
      ReleaseCommand.class,
      ChannelsCommand.class,
      EvidenceCommand.class,
      ApproveCommand.class,
      PromoteCommand.class,
      RollbackCommand.class,
      HotfixCommand.class,
      HistoryCommand.class,
      WhyCommand.class,
      VerifyCommand.class,
      DiffCommand.class,
      DeployCommand.class,
      DriftCommand.class,
      HealthCommand.class,
      DestroyCommand.class,
      SynthCdkCommand.class,
      SynthCdk8sCommand.class
    },
    footer = {
      "%nExample: see what comes out, then what is wrong, then what one cluster is given",
      "  fairway demo",
      "  fairway check",
      "  fairway link shop --out target/shop"
    },
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Version.class,
    // From here on: what every command inherits.
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it worked",
      "1:the input is wrong, and the diagnostics say where",
      "2:the command line is wrong",
      "69:a prerequisite is missing, and the message says which",
      "70:a bug of ours"
    })
final class Fairway implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }
}
