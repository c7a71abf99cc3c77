package dev.fairway.cli;

import dev.fairway.channel.EvidenceActs;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "list",
    description = {
      "Lists what was said of releases, by whom, and whether it counts.",
      "Each statement is judged by the keys that main trusts now."
    },
    footer = {
      "%nExample: see what is known of a release in all channels",
      "  fairway evidence list --release 2c26b46b68ff"
    })
final class EvidenceListCommand implements Callable<Integer> {
  @Mixin private Console console = new Console();

  @Mixin private RepositoryOptions repository = new RepositoryOptions();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "CHANNEL",
      description = "only what was said for this channel")
  private Optional<String> channel = Optional.empty();

  @Option(
      names = "--release",
      paramLabel = "DIGEST",
      description = "only of this release, by the beginning of its digest (at least 7 digits)")
  private Optional<String> release = Optional.empty();

  @Option(names = "--offline", description = "read what the clone has, without asking the remote")
  private boolean offline;

  @Override
  public Integer call() {
    var found =
        repository.with(clone ->
            new EvidenceActs(clone, InstantSource.system()).list(channel, release, offline));
    return console.finish(
        found, EvidenceText::json, evidence -> EvidenceText.show(evidence, console.out()));
  }
}
