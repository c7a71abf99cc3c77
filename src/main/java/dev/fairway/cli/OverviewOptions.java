package dev.fairway.cli;

import dev.fairway.channel.Losses;
import dev.fairway.channel.Overview;
import dev.fairway.diagnostic.Outcome;
import java.time.InstantSource;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all commands have that only look at channels. */
final class OverviewOptions {
  @Mixin private RepositoryOptions repository = new RepositoryOptions();

  @Option(names = "--offline", description = "look at what the clone has, and fetch nothing")
  private boolean offline;

  <T> Outcome<T> ask(Function<Overview, Outcome<T>> question) {
    return repository.with(clone ->
        question.apply(new Overview(clone, offline, InstantSource.system(), Losses::between)));
  }
}
