package dev.fairway.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "publish",
    description = {
      "Proposes the release of the commit that is checked out to the first channel.",
      "It is compiled, committed on publish/<digest>, and given a pull request. HEAD must be on"
          + " the remote's main, and nothing may be changed beside it."
    },
    footer = {
      "%nExample: publish what main has",
      "  git switch main && git pull",
      "  fairway release publish --key ci-key"
    })
final class ReleasePublishCommand implements Callable<Integer> {
  @Mixin private Console console = new Console();

  @Mixin private Acting acting = new Acting();

  @Option(
      names = "--release",
      paramLabel = "DIR",
      description = "the release (default: the checkout's, compiled when stale)")
  private Optional<Path> folder = Optional.empty();

  @Override
  public Integer call() {
    return acting.runWith(
        console, folder, (acts, release) -> acts.publish(release, acting.isPlan()));
  }
}
