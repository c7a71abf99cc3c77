package dev.fairway.cli;

import dev.fairway.channel.EvidenceActs;
import dev.fairway.channel.EvidenceWish;
import dev.fairway.channel.Statement;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "add",
    description = {
      "Adds a signed statement about a release to the branch evidence.",
      "Without --release it is about the release that the channel would take; of the kind health,"
          + " about the one that the channel has."
    },
    footer = {
      "%nExample: say that the conformance tests passed on what alpha would take",
      "  fairway evidence add alpha --kind conformance --key ci-key"
    })
final class EvidenceAddCommand implements Callable<Integer> {
  @Mixin private Console console = new Console();

  @Mixin private RepositoryOptions repository = new RepositoryOptions();

  @Mixin private KeyOptions key = new KeyOptions();

  @Parameters(
      index = "0",
      paramLabel = "CHANNEL",
      description = "whose gate asks for it; of the kind health, whose clusters were looked at")
  private String channel = "";

  @Option(
      names = "--release",
      paramLabel = "DIGEST",
      description = "the release that it is about, or the beginning of its digest")
  private Optional<String> release = Optional.empty();

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      required = true,
      description = "such as conformance, load-test, upgrade, health, acknowledgement")
  private String kind = "";

  @Option(
      names = "--result",
      paramLabel = "RESULT",
      defaultValue = "passed",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private Statement.Result result = Statement.Result.passed;

  @Option(
      names = "--predicate",
      paramLabel = "FILE",
      description = "a JSON object with what else is to be said, such as what the kind asks for")
  private Optional<Path> predicate = Optional.empty();

  @Option(names = "--plan", description = "say what would be added, and write nothing")
  private boolean plan;

  @Override
  public Integer call() {
    var added =
        PredicateFile.read(predicate)
            .then(details ->
                key.required()
                    .then(signer ->
                        repository.with(clone ->
                            new EvidenceActs(clone, InstantSource.system())
                                .add(
                                    new EvidenceWish(channel, release, kind, result, details),
                                    signer,
                                    plan))));
    return console.finish(
        added, EvidenceText::json, report -> EvidenceText.show(report, console.out()));
  }
}
