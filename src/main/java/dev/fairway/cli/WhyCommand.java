package dev.fairway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.channel.Provenance;
import dev.fairway.diagnostic.Printable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "why",
    description = {
      "Why a cluster should run what it should run: its channel's release, the way that it came"
          + " from main, and who approved it."
    },
    footer = {"%nExample: ask for the shop", "  fairway why shop"})
final class WhyCommand implements Callable<Integer> {
  @Mixin private Console console = new Console();

  @Mixin private OverviewOptions overview = new OverviewOptions();

  @Parameters(index = "0", paramLabel = "CLUSTER", description = "the id or alias of a cluster")
  private String cluster = "";

  @Override
  public Integer call() {
    return console.finish(overview.ask(of -> of.why(cluster)), WhyCommand::json, this::show);
  }

  private static ObjectNode json(Provenance why) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("cluster", why.cluster().toString())
            .put("alias", why.alias())
            .put("channel", why.channel())
            .put("release", why.release().hex());
    why.version().ifPresent(version -> json.put("version", version.hex()));
    var way = json.putArray("way");
    why.way().forEach(entry -> way.add(StandingText.json(entry)));
    return json;
  }

  private void show(Provenance why) {
    console
        .out()
        .printf(
            "%s (%s) follows %s, which has release %s%n",
            Printable.text(why.alias()), why.cluster(), why.channel(), why.release());
    why.version()
        .ifPresentOrElse(
            version -> console.out().println("linked, that is version " + version),
            () -> console.out().println("it joined the channel after that"));
    why.way()
        .forEach(entry ->
            console.out().printf("  %-8s %s%n", entry.channel(), StandingText.line(entry)));
  }
}
