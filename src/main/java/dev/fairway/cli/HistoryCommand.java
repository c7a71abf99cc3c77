package dev.fairway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.channel.HistoryEntry;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "history",
    description = "What a channel had and when, how it came there and who had a part in it.",
    footer = {"%nExample: the last three of stable", "  fairway history stable --limit 3"})
final class HistoryCommand implements Callable<Integer> {
  @Mixin private Console console = new Console();

  @Mixin private OverviewOptions overview = new OverviewOptions();

  @Parameters(index = "0", paramLabel = "CHANNEL", description = "the channel")
  private String channel = "";

  @Option(
      names = "--limit",
      paramLabel = "NUMBER",
      defaultValue = "20",
      description = "how many, from the last one back (default: ${DEFAULT-VALUE})")
  private int limit = 20;

  @Override
  public Integer call() {
    return console.finish(
        overview.ask(of -> of.history(channel, Math.max(1, limit))),
        HistoryCommand::json,
        this::show);
  }

  private static ObjectNode json(List<HistoryEntry> entries) {
    var json = JsonNodeFactory.instance.objectNode();
    var list = json.putArray("history");
    entries.forEach(entry -> list.add(StandingText.json(entry)));
    return json;
  }

  private void show(List<HistoryEntry> entries) {
    entries.forEach(entry -> console.out().println(StandingText.line(entry)));
    if (entries.isEmpty()) {
      console.out().println(channel + " has had nothing yet");
    }
  }
}
