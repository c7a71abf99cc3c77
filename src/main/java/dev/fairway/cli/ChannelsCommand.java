package dev.fairway.cli;

import dev.fairway.channel.ChannelStanding;
import dev.fairway.channel.Overview;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The commands about channels as a whole; by itself, where they stand. */
@Command(
    name = "channels",
    description = {
      "Where the channels stand: what each has and since when, and what the next release lacks.",
      "The lead time is from the making of the source commit until the channel took it."
    },
    footer = {"%nExample: see what the last fetch saw", "  fairway channels --offline"},
    subcommands = {
      ChannelsLintCommand.class,
      ChannelsListCommand.class,
      ChannelsWavesCommand.class
    },
    synopsisSubcommandLabel = "[COMMAND]")
final class ChannelsCommand implements Callable<Integer> {
  private static final List<String> HEADINGS =
      List.of("channel", "release", "age", "source", "lead time", "clusters", "next");

  @Mixin private Console console = new Console();

  @Mixin private OverviewOptions overview = new OverviewOptions();

  @Override
  public Integer call() {
    return console.finish(overview.ask(Overview::channels), StandingText::json, this::show);
  }

  private void show(List<ChannelStanding> channels) {
    var rows = new ArrayList<List<String>>();
    rows.add(HEADINGS);
    channels.forEach(channel -> rows.add(StandingText.row(channel)));
    new Table(rows).print(console.out());
  }
}
