package dev.fairway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What workflows say to GitHub, and start there. */
@Command(
    name = "github",
    description = {
      "Speaks to GitHub for workflows: comments, statuses, pull requests, runs.",
      "Asks GITHUB_API_URL for GITHUB_REPOSITORY with GITHUB_TOKEN."
    },
    subcommands = {
      GithubCommentCommand.class,
      GithubStatusCommand.class,
      GithubProposeCommand.class,
      GithubStartTestsCommand.class,
      GithubStartWaveCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "%nExample: test what was published, with a token of one's own",
      "  GITHUB_REPOSITORY=example/platform GITHUB_TOKEN=\"$(gh auth token)\" fairway github"
          + " start-tests dev"
    })
final class GithubCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }
}
