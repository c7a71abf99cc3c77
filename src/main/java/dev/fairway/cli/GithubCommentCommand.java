package dev.fairway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.channel.Github;
import dev.fairway.channel.GithubPullRequests;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "comment",
    description = {
      "Comments on a pull request, in the place of an earlier comment with the same key.",
      "A pull request that has moved on from the commit is left alone."
    },
    footer = {
      "%nExample: say what a pull request would change",
      "  fairway github comment --head ada:pools --commit \"$(git rev-parse ada/pools)\" --key diff"
          + " --body diff.md"
    })
final class GithubCommentCommand implements Callable<Integer> {
  @Mixin private Console console = new Console();

  @Option(
      names = "--head",
      paramLabel = "OWNER:BRANCH",
      required = true,
      description = "the pull request's branch; without an owner one of the repository's own")
  private String head = "";

  @Option(
      names = "--commit",
      paramLabel = "COMMIT",
      required = true,
      description = "the commit that the comment is about")
  private String commit = "";

  @Option(
      names = "--key",
      paramLabel = "KEY",
      required = true,
      description = "what the comment is about, such as diff")
  private String key = "";

  @Option(
      names = "--body",
      paramLabel = "FILE",
      required = true,
      description = "the Markdown to say")
  private Path body = Path.of("");

  @Override
  public Integer call() {
    return console.finish(
        GivenFile.text(body)
            .then(
                markdown -> GithubAccess.ofEnvironment().then(github -> comment(github, markdown))),
        GithubCommentCommand::json,
        said -> said.ifPresent(console.out()::println));
  }

  private Outcome<Optional<URI>> comment(Github github, String markdown) {
    try (var pullRequests = GithubPullRequests.of(github, InstantSource.system())) {
      var said = pullRequests.comment(head, commit, key, markdown);
      return said.value().filter(Optional::isEmpty).isPresent()
          ? new Outcome<>(said.value(), said.diagnostics().plus(movedOn()))
          : said;
    }
  }

  private Diagnostics movedOn() {
    return Diagnostics.of(
        Diagnostic.general(
            Code.MOVED_ON,
            "the pull request of %s is no longer at %s".formatted(head, commit),
            "wait for the run of the commit that it is at"));
  }

  private static ObjectNode json(Optional<URI> said) {
    var json = JsonNodeFactory.instance.objectNode();
    said.ifPresent(page -> json.put("comment", page.toString()));
    return json;
  }
}
