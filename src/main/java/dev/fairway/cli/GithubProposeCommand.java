package dev.fairway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.channel.Github;
import dev.fairway.channel.GithubPullRequests;
import dev.fairway.channel.PullRequest;
import dev.fairway.diagnostic.Outcome;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "propose",
    description = {
      "Opens or updates a pull request to main with a file that a command has changed.",
      "Does nothing where main has the same file. Needs no clone that may push."
    },
    footer = {
      "%nExample: propose what the tags of images stand for by now",
      "  fairway images lock",
      "  fairway github propose src/main/resources/images.lock --branch images --title 'Lock images"
          + " anew'"
    })
final class GithubProposeCommand implements Callable<Integer> {
  private static final String MAIN = "main";
  private static final String VERIFY = "verify.yaml";

  @Mixin private Console console = new Console();

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "the file, from the root of the checkout")
  private String file = "";

  @Option(
      names = "--branch",
      paramLabel = "BRANCH",
      required = true,
      description = "the branch to put it on; what else is there is lost")
  private String branch = "";

  @Option(
      names = "--title",
      paramLabel = "TITLE",
      required = true,
      description = "the subject of commit and pull request")
  private String title = "";

  @Override
  public Integer call() {
    return console.finish(
        GivenFile.bytes(Workspace.here().path(file))
            .then(content -> GithubAccess.ofEnvironment().then(github -> propose(github, content))),
        GithubProposeCommand::json,
        this::show);
  }

  private Outcome<Optional<URI>> propose(Github github, byte[] content) {
    var wanted =
        new PullRequest(MAIN, branch, title, "Written by a workflow, for people to judge.");
    try (var pullRequests = GithubPullRequests.of(github, InstantSource.system())) {
      return pullRequests.propose(wanted, Path.of(file).toString(), content, VERIFY);
    }
  }

  private static ObjectNode json(Optional<URI> opened) {
    var json = JsonNodeFactory.instance.objectNode();
    opened.ifPresent(page -> json.put("pull_request", page.toString()));
    return json;
  }

  private void show(Optional<URI> opened) {
    console.out().println(opened.map(URI::toString).orElse("main has it already"));
  }
}
