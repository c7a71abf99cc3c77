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
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "demo",
    description = {
      "Compiles, takes the release through channels of a Git remote that it makes for it, and links"
          + " the example fleet from them, without an AWS account.",
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
    var lock = DemoLock.take(workspace.path("target/demo.lock"));
    if (lock.value().isEmpty()) {
      return console.finish(lock.diagnostics());
    }
    try (var _ = lock.value().get()) {
      return run(workspace);
    }
  }

  private int run(Workspace workspace) throws IOException {
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
    var channels = channels(workspace);
    channels.run(workspace.clusters());
    var versions = linked(channels, reading.readable(), folder);
    return console.finish(
        fleet.then(clusters -> versions.map(linked -> new Shown(found, clusters, linked, folder))),
        DemoCommand::json,
        shown -> show(shown, workspace));
  }

  /** For programs only what came out counts. */
  private DemoChannels channels(Workspace workspace) {
    var out = console.isJson() ? new PrintWriter(Writer.nullWriter()) : console.out();
    return new DemoChannels(workspace.path("target/demo-channels"), workspace.release(), out);
  }

  /** Each cluster with what its channel has: here, the same bytes for all. */
  private static Outcome<SortedMap<ClusterId, Digest>> linked(
      DemoChannels channels, FleetSource fleet, Path folder) throws IOException {
    var ours = Output.FLEET.require(folder);
    if (ours.hasErrors()) {
      return new Outcome<>(Optional.empty(), ours);
    }
    var releases = new TreeMap<Digest, Release>();
    for (var source : fleet.clusters()) {
      var release = channels.release(source.cluster().channel());
      if (release.value().isEmpty()) {
        return release.map(_ -> new TreeMap<>());
      }
      releases.put(release.value().get().digest(), release.value().get());
    }
    if (releases.size() != 1) {
      throw new IllegalStateException("the channels have different releases: " + releases.keySet());
    }
    return new FleetLink(new Linker(Linkable.of(releases.firstEntry().getValue())))
        .write(fleet.clusters(), folder);
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
    say("Linked to each cluster of the fleet, from its channel: " + shown.folder());
    new Table(rows(shown)).print(console.out());
    next(shown.folder(), workspace);
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

  private void next(Path demo, Workspace workspace) {
    say("");
    say("Look further:");
    say("  npx cdk ls --app " + demo + "/shop      the stacks of one cluster");
    say("  ls " + demo + "/shop                    all that it would be given");
    var remote = workspace.path("target/demo-channels/fairway-demo.git");
    say("  git --git-dir %s log stable".formatted(remote));
    say("  ./fairway inspect symbols               what may differ between clusters");
    say("  ./fairway check                         all diagnostics, nothing written");
  }

  private void say(String line) {
    console.out().println(line);
  }
}
