package dev.fairway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.channel.CommitStatus;
import dev.fairway.channel.CommitStatus.State;
import dev.fairway.channel.Github;
import dev.fairway.channel.GithubPullRequests;
import dev.fairway.diagnostic.Outcome;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "status",
    description = "Says of a commit what came of a test or a deploy.",
    footer = {
      "%nExample: say that people have tested a release",
      "  fairway github status \"$(git rev-parse origin/dev)\" --context by-hand --result success"
    })
final class GithubStatusCommand implements Callable<Integer> {
  /** The words that workflows have for how a job ended. */
  enum Result {
    success,
    failure,
    cancelled,
    skipped
  }

  @Mixin private Console console = new Console();

  @Parameters(index = "0", paramLabel = "COMMIT", description = "the commit, in full")
  private String commit = "";

  @Option(
      names = "--context",
      paramLabel = "CONTEXT",
      required = true,
      description = "what was done, such as end-to-end/dev")
  private String context = "";

  @Option(
      names = "--result",
      paramLabel = "RESULT",
      required = true,
      description = "how it ended: ${COMPLETION-CANDIDATES}")
  private Result result = Result.skipped;

  @Option(names = "--url", paramLabel = "URL", description = "where it can be read up")
  private Optional<URI> details = Optional.empty();

  @Override
  public Integer call() {
    return console.finish(
        GithubAccess.ofEnvironment().then(this::say), GithubStatusCommand::json, _ -> {});
  }

  private Outcome<URI> say(Github github) {
    try (var pullRequests = GithubPullRequests.of(github, InstantSource.system())) {
      return pullRequests.status(
          commit, new CommitStatus(state(), context, result.toString(), details));
    }
  }

  /**
   * Who cancels a job has said nothing about the commit, and it must not look as if all is well.
   */
  private State state() {
    return switch (result) {
      case success -> State.SUCCESS;
      case failure -> State.FAILURE;
      case cancelled, skipped -> State.ERROR;
    };
  }

  private static ObjectNode json(URI status) {
    return JsonNodeFactory.instance.objectNode().put("status", status.toString());
  }
}
