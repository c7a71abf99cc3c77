package dev.fairway.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "hotfix",
    description = {
      "Moves a channel to the release of the commit that is checked out, past its upstream.",
      "HEAD must descend from the source of what the channel has, and be pushed. Each gate that is"
          + " not met must be named, and stays on record as overridden."
    },
    footer = {
      "%nExample: mend what stable has",
      "  git switch -c hotfix $(git log -1 --format='%%(trailers:key=Source-Commit,valueonly)'"
          + " origin/stable)",
      "  git commit -am 'Mend it' && git push -u origin hotfix",
      "  fairway hotfix stable --override soak,upstream-health --reason 'DNS is down'"
    })
final class HotfixCommand implements Callable<Integer> {
  @Mixin private Console console = new Console();

  @Mixin private Acting acting = new Acting();

  @Mixin private OverrideOptions override = new OverrideOptions();

  @Parameters(index = "0", paramLabel = "CHANNEL", description = "the channel to mend")
  private String channel = "";

  @Option(
      names = "--release",
      paramLabel = "DIR",
      description = "the release (default: the checkout's, compiled when stale)")
  private Optional<Path> folder = Optional.empty();

  @Override
  public Integer call() {
    var gates = override.gates();
    return acting.runWith(
        console, folder, (acts, release) -> acts.hotfix(channel, release, gates, acting.isPlan()));
  }
}
