package dev.fairway.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "promote",
    description = {
      "Moves a channel to the release that its upstream has, when its gates are met.",
      "When they are not, it says which and from when on, and puts the commit on"
          + " promote/<channel>/<digest> for a pull request. Run again, it carries on."
    },
    footer = {
      "%nExample: see what alpha would take, then take it",
      "  fairway promote alpha --plan",
      "  fairway promote alpha --key ci-key"
    })
final class PromoteCommand implements Callable<Integer> {
  @Mixin private Console console = new Console();

  @Mixin private Acting acting = new Acting();

  @Parameters(index = "0", paramLabel = "CHANNEL", description = "the channel to move")
  private String channel = "";

  @Option(
      names = "--release",
      paramLabel = "DIGEST",
      description = "only this release, by the beginning of its digest")
  private Optional<String> release = Optional.empty();

  @Option(
      names = "--or-wait",
      description =
          "exit with 0, too, when only gates that are not met keep it from moving, or there is"
              + " nothing yet that it could take")
  private boolean orWait;

  @Override
  public Integer call() {
    return acting.run(console, orWait, acts -> acts.promote(channel, release, acting.isPlan()));
  }
}
