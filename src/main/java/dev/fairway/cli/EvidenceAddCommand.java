package dev.fairway.cli;

import dev.fairway.channel.EvidenceActs;
import dev.fairway.channel.EvidenceWish;
import dev.fairway.channel.FleetLook;
import dev.fairway.channel.Statement;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Outcome;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "add",
    description = {
      "Adds a signed statement about a release to the branch evidence.",
      "Without --release it is about the release that the channel would take; of the kind health,"
          + " about the one that the channel has."
    },
    footer = {
      "%nExample: say that the conformance tests passed on what alpha would take",
      "  fairway evidence add alpha --kind conformance --key ci-key",
      "%nExample: say how alpha's clusters are",
      "  fairway evidence add alpha --kind health --looks looks --key ci-key"
    })
final class EvidenceAddCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

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
      description = "the release that it is about: its digest or the beginning of it, or a commit")
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
      description = "${COMPLETION-CANDIDATES} (default: passed)")
  private Optional<Statement.Result> result = Optional.empty();

  @Option(
      names = "--predicate",
      paramLabel = "FILE",
      description = "a JSON object with what else is to be said, such as what the kind asks for")
  private Optional<Path> predicate = Optional.empty();

  @Option(
      names = "--looks",
      paramLabel = "DIR",
      description =
          "what fairway health printed as JSON of each of the channel's clusters, in files"
              + " <alias>.json: the result and the predicate of a statement on their health")
  private Optional<Path> looks = Optional.empty();

  @Option(
      names = "--or-wait",
      description = "exit with 0, too, when there is no release yet that it would be about")
  private boolean orWait;

  @Option(names = "--plan", description = "say what would be added, and write nothing")
  private boolean plan;

  @Override
  public Integer call() {
    if (looks.isPresent() && (result.isPresent() || predicate.isPresent())) {
      throw new ParameterException(
          spec.commandLine(), "--looks say it all: leave out --result and --predicate");
    }
    var added =
        wish()
            .then(wanted ->
                key.required()
                    .then(signer ->
                        repository.with(clone ->
                            new EvidenceActs(clone, InstantSource.system())
                                .add(wanted, signer, plan))));
    if (added.value().isEmpty()) {
      return console.finish(Patience.with(orWait, Code.NO_CANDIDATE, added.diagnostics()));
    }
    return console.finish(
        added, EvidenceText::json, report -> EvidenceText.show(report, console.out()));
  }

  private Outcome<EvidenceWish> wish() {
    return looks
        .map(folder ->
            FleetLook.read(folder).map(seen -> EvidenceWish.seen(channel, release, kind, seen)))
        .orElseGet(() ->
            PredicateFile.read(predicate)
                .map(details ->
                    new EvidenceWish(
                        channel, release, kind, result.orElse(Statement.Result.passed), details)));
  }
}
