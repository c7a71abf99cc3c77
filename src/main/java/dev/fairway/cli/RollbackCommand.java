package dev.fairway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rollback",
    description = {
      "Moves a channel back to a release that it had before, by one more commit.",
      "Nothing of its history is lost. Soak time and the upstream's health are not asked for."
    },
    footer = {
      "%nExample: see what stable had, and take it back in a freeze",
      "  fairway history stable",
      "  fairway rollback stable --to 3f9a1c2 --override freezes --reason 'nodes do not boot'"
    })
final class RollbackCommand implements Callable<Integer> {
  @Mixin private Console console = new Console();

  @Mixin private Acting acting = new Acting();

  @Mixin private OverrideOptions override = new OverrideOptions();

  @Parameters(index = "0", paramLabel = "CHANNEL", description = "the channel to move back")
  private String channel = "";

  @Option(
      names = "--to",
      paramLabel = "DIGEST",
      required = true,
      description = "the release, by the beginning of its digest: seven digits or more")
  private String to = "";

  @Override
  public Integer call() {
    var gates = override.gates();
    return acting.run(console, acts -> acts.rollback(channel, to, gates, acting.isPlan()));
  }
}
