package dev.fairway.cli;

import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.link.FleetLink;
import dev.fairway.link.Linkable;
import dev.fairway.link.Linker;
import dev.fairway.model.Cluster;
import dev.fairway.model.ClusterId;
import dev.fairway.model.Digest;
import dev.fairway.release.Release;
import dev.fairway.source.FleetSource;
import java.io.IOException;
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
      "Compiles a production cluster and links the example fleet, without an AWS account, and",
      "says what came out and what to look at next."
    },
    footer = {"%nExample:", "  fairway demo"})
final class DemoCommand implements Callable<Integer> {
  @Mixin private Console console = new Console();

  @Override
  public Integer call() throws Exception {
    var workspace = Workspace.here();
    var release = workspace.release(Optional.empty(), console.progress());
    if (release.value().isEmpty()) {
      return console.report(release.diagnostics());
    }
    compiled(workspace, release.value().get());
    var fleet = workspace.fleet(Optional.empty(), release.value().get().manifest().profiles());
    if (fleet.value().isEmpty()) {
      return console.report(fleet.diagnostics());
    }
    return console.report(linked(workspace, release.value().get(), fleet.value().get()));
  }

  private void compiled(Workspace workspace, Release release) {
    var manifest = release.manifest();
    console.say(() -> "Compiled once, for every cluster: " + workspace.release());
    console.say(() -> "  release    " + release.digest());
    console.say(() -> "  kubernetes " + manifest.kubernetes());
    console.say(() ->
        "  holds      %d templates, %d components, %d files in all, %d slots for values"
            .formatted(
                manifest.templates().size(),
                manifest.components().size(),
                manifest.files().size() + 1,
                manifest.slots().size()));
    console.say(() -> "");
  }

  private Diagnostics linked(Workspace workspace, Release release, FleetSource fleet)
      throws IOException {
    var folder = workspace.path("target/demo");
    var ours = Workspace.requireOurs(folder, FleetLink.MARKER);
    if (ours.hasErrors()) {
      return ours;
    }
    var linkable = Linkable.of(release);
    var versions = new FleetLink(new Linker(linkable)).write(fleet.clusters(), folder);
    versions
        .value()
        .ifPresent(found -> {
          console.say(() -> "Linked to each cluster of the fleet: " + folder);
          show(fleet, found);
          next(workspace);
        });
    return versions.diagnostics();
  }

  private void show(FleetSource fleet, SortedMap<ClusterId, Digest> versions) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("cluster", "channel", "region", "environment", "pools", "desired version"));
    for (var source : fleet.clusters()) {
      Cluster cluster = source.cluster();
      var version = Optional.ofNullable(versions.get(cluster.id()));
      rows.add(
          List.of(
              cluster.alias(),
              cluster.channel(),
              cluster.region().toString(),
              cluster.environment().keyword(),
              Integer.toString(cluster.nodePools().size()),
              version.map(digest -> digest.hex().substring(0, 12)).orElse("-")));
    }
    if (!console.isJson()) {
      new Table(rows).print(console.out());
    }
  }

  private void next(Workspace workspace) {
    var demo = workspace.path("target/demo");
    console.say(() -> "");
    console.say(() -> "Look further:");
    console.say(() -> "  npx cdk ls --app " + demo + "/shop      the stacks of one cluster");
    console.say(() -> "  ls " + demo + "/shop                    all that it would be given");
    console.say(() -> "  ./fairway inspect symbols               what may differ between clusters");
    console.say(() -> "  ./fairway check                         all diagnostics, nothing written");
  }
}
