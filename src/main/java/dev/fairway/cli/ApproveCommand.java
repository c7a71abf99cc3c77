package dev.fairway.cli;

import dev.fairway.channel.EvidenceActs;
import dev.fairway.channel.EvidenceWish;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "approve",
    description = {
      "Approves, as a member of a group, that a channel takes a release.",
      "Without --release it is the one that the channel's upstream has now. One person is one"
          + " voice, with however many keys."
    },
    footer = {
      "%nExample: approve what stable would take",
      "  fairway approve stable --group sre --key ~/.ssh/id_ed25519"
    })
final class ApproveCommand implements Callable<Integer> {
  @Mixin private Console console = new Console();

  @Mixin private RepositoryOptions repository = new RepositoryOptions();

  @Mixin private KeyOptions key = new KeyOptions();

  @Parameters(index = "0", paramLabel = "CHANNEL", description = "the channel that is to take it")
  private String channel = "";

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      required = true,
      description = "the group that you are a member of, by channels/trust.yaml")
  private String group = "";

  @Option(
      names = "--release",
      paramLabel = "DIGEST",
      description = "the release that you approve, or the beginning of its digest")
  private Optional<String> release = Optional.empty();

  @Option(names = "--plan", description = "say what would be approved, and write nothing")
  private boolean plan;

  @Override
  public Integer call() {
    var wish = EvidenceWish.approval(channel, release, group);
    var approved =
        key.required()
            .then(signer ->
                repository.with(clone ->
                    new EvidenceActs(clone, InstantSource.system()).add(wish, signer, plan)));
    return console.finish(
        approved, EvidenceText::json, report -> EvidenceText.show(report, console.out()));
  }
}
