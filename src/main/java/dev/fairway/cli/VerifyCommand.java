package dev.fairway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.channel.Losses;
import dev.fairway.channel.Overview;
import dev.fairway.channel.Verified;
import dev.fairway.diagnostic.Code;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    description = {
      "Verifies a channel from its first commit to its tip, by what the clone holds.",
      "Trees, signatures, policies and evidence of each are judged as they were then. It asks"
          + " nobody: fetch first. The first thing that is not sound is named."
    },
    footer = {
      "%nExample: trust nobody but the keys in channels/trust.yaml",
      "  git fetch && fairway verify stable"
    })
final class VerifyCommand implements Callable<Integer> {
  @Mixin private Console console = new Console();

  @Mixin private RepositoryOptions repository = new RepositoryOptions();

  @Parameters(index = "0", paramLabel = "CHANNEL", description = "the channel")
  private String channel = "";

  @Option(names = "--or-wait", description = "exit with 0, too, when the channel has no branch yet")
  private boolean orWait;

  @Override
  public Integer call() {
    var verified =
        repository.with(clone ->
            new Overview(clone, true, InstantSource.system(), Losses::between).verify(channel));
    return verified.value().isPresent()
        ? console.finish(verified, VerifyCommand::json, this::show)
        : console.finish(Patience.with(orWait, Code.NO_BRANCH, verified.diagnostics()));
  }

  private static ObjectNode json(Verified verified) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("channel", verified.channel())
        .put("commits", verified.commits())
        .put("tip", verified.tip())
        .put("release", verified.release().hex())
        .put("since", verified.since().toString());
  }

  private void show(Verified verified) {
    console
        .out()
        .printf(
            verified.commits() == 1
                ? "%s: %d commit since %s is sound, up to %s with release %s%n"
                : "%s: %d commits since %s are sound, up to %s with release %s%n",
            verified.channel(),
            verified.commits(),
            verified.since(),
            verified.tip(),
            verified.release());
  }
}
