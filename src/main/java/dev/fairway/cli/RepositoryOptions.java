package dev.fairway.cli;

import dev.fairway.channel.ChannelRepository;
import dev.fairway.channel.RepositoryAccess;
import dev.fairway.diagnostic.Outcome;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** The clone that a command works in, and how its remote is reached. */
final class RepositoryOptions {
  @Option(
      names = "--repository",
      paramLabel = "DIR",
      defaultValue = "",
      showDefaultValue = Visibility.NEVER,
      description = "a clone of the repository (default: where you are)")
  private Path folder = Path.of("");

  @Option(
      names = "--remote",
      paramLabel = "NAME",
      defaultValue = RepositoryAccess.ORIGIN,
      description = "the remote that has the channels (default: ${DEFAULT-VALUE})")
  private String remote = RepositoryAccess.ORIGIN;

  /** Does something with the repository, and closes it. */
  <T> Outcome<T> with(Function<ChannelRepository, Outcome<T>> work) {
    var token = Environment.find("GITHUB_TOKEN").filter(text -> !text.isBlank());
    var opened = ChannelRepository.open(folder, new RepositoryAccess(remote, token));
    if (opened.value().isEmpty()) {
      return new Outcome<>(Optional.empty(), opened.diagnostics());
    }
    try (var repository = opened.value().get()) {
      var done = work.apply(repository);
      var both = opened.diagnostics().plus(done.diagnostics());
      return new Outcome<>(done.value(), both);
    }
  }
}
