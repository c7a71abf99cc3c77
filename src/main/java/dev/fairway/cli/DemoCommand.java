package dev.fairway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.link.FleetLink;
import dev.fairway.link.Linkable;
import dev.fairway.link.Linker;
import dev.fairway.model.Cluster;
import dev.fairway.model.ClusterId;
import dev.fairway.model.Digest;
import dev.fairway.release.Release;
import dev.fairway.source.FleetSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "demo",
    description = {
      "Compiles and links the example fleet, without an AWS account.",
      "It says what came out and what to look at next."
    },
    footer = {"%nExample:", "  fairway demo"})
final class DemoCommand implements Callable<Integer> {
  @Mixin private Console console = new Console();

  /** What there is to tell in the end. */
  private record Shown(
      Release release, FleetSource fleet, SortedMap<ClusterId, Digest> versions, Path folder) {}

  @Override
  public Integer call() throws Exception {
    var workspace = Workspace.here();
    var folder = workspace.path("target/demo");
    var release = workspace.release(Optional.empty(), console.progress());
    if (release.value().isEmpty()) {
      return console.finish(release.diagnostics());
    }
    var found = release.value().get();
    var reading = workspace.fleet(Optional.empty(), found.manifest().profiles());
    if (reading.diagnostics().hasErrors()) {
      return console.finish(release.diagnostics().plus(reading.diagnostics()));
    }
    var fleet = release.then(_ -> reading.outcome());
    var versions = linked(found, reading.readable(), folder);
    return console.finish(
        fleet.then(clusters -> versions.map(linked -> new Shown(found, clusters, linked, folder))),
        DemoCommand::json,
        shown -> show(shown, workspace));
  }

  private static Outcome<SortedMap<ClusterId, Digest>> linked(
      Release release, FleetSource fleet, Path folder) throws IOException {
    var ours = Output.FLEET.require(folder);
    return ours.hasErrors()
        ? new Outcome<>(Optional.empty(), ours)
        : new FleetLink(new Linker(Linkable.of(release))).write(fleet.clusters(), folder);
  }

  private static ObjectNode json(Shown shown) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("release", shown.release().digest().hex())
            .put("folder", shown.folder().toString());
    var clusters = json.putObject("clusters");
    shown.versions().forEach((id, version) -> clusters.put(id.toString(), version.hex()));
    return json;
  }

  private void show(Shown shown, Workspace workspace) {
    var manifest = shown.release().manifest();
    say("Compiled once, for every cluster: " + workspace.release());
    say("  release    " + shown.release().digest());
    say("  kubernetes " + manifest.kubernetes());
    say(
        "  holds      %d templates, %d components, %d files in all, %d slots for values"
            .formatted(
                manifest.templates().size(),
                manifest.components().size(),
                manifest.files().size() + 1,
                manifest.slots().size()));
    say("");
    say("Linked to each cluster of the fleet: " + shown.folder());
    new Table(rows(shown)).print(console.out());
    next(shown.folder());
  }

  private static List<List<String>> rows(Shown shown) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("cluster", "channel", "region", "environment", "pools", "desired version"));
    for (var source : shown.fleet().clusters()) {
      Cluster cluster = source.cluster();
      var version = Optional.ofNullable(shown.versions().get(cluster.id()));
      rows.add(
          List.of(
              cluster.alias(),
              cluster.channel(),
              cluster.region().toString(),
              cluster.environment().keyword(),
              Integer.toString(cluster.nodePools().size()),
              version.map(digest -> digest.hex().substring(0, 12)).orElse("-")));
    }
    return rows;
  }

  private void next(Path demo) {
    say("");
    say("Look further:");
    say("  npx cdk ls --app " + demo + "/shop      the stacks of one cluster");
    say("  ls " + demo + "/shop                    all that it would be given");
    say("  ./fairway inspect symbols               what may differ between clusters");
    say("  ./fairway check                         all diagnostics, nothing written");
  }

  private void say(String line) {
    console.out().println(line);
  }
}
