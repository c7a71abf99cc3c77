package dev.fairway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.link.FleetLink;
import dev.fairway.link.Linkable;
import dev.fairway.link.Linker;
import dev.fairway.model.ClusterId;
import dev.fairway.model.Digest;
import dev.fairway.release.Folders;
import dev.fairway.source.ClusterSource;
import dev.fairway.source.FleetReading;
import dev.fairway.source.FleetSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "link",
    description = {
      "Links a release to one cluster or all, asking nobody but the release and the records.",
      "Each cluster is given an assembly: a CDK cloud assembly with its parameters, manifests and"
          + " node configs."
    },
    footer = {
      "%nExample: link one cluster of the example fleet and list its stacks",
      "  fairway link shop --out target/shop && npx cdk ls --app target/shop"
    })
final class LinkCommand implements Callable<Integer> {
  @Mixin private Console console = new Console();

  @ArgGroup(multiplicity = "1")
  private Which which = new Which();

  /** One or all. */
  static final class Which {
    @Parameters(index = "0", paramLabel = "CLUSTER", description = "the id or alias of a cluster")
    private Optional<String> cluster = Optional.empty();

    @Option(names = "--all", description = "every cluster of the fleet, a folder for each alias")
    private boolean all;
  }

  @ArgGroup(multiplicity = "1")
  private Where where = new Where();

  /** To files, or nowhere. */
  static final class Where {
    @Option(names = "--out", paramLabel = "DIR", description = "where the assembly goes")
    private Optional<Path> out = Optional.empty();

    @Option(
        names = "--digests",
        description = "write nothing: show only which version each cluster should run")
    private boolean digests;
  }

  @Option(
      names = "--release",
      paramLabel = "DIR",
      description = "the release (default: target/release, compiled when stale)")
  private Optional<Path> folder = Optional.empty();

  @Option(
      names = "--clusters",
      paramLabel = "DIR",
      description = "the cluster records (default: clusters/)")
  private Optional<Path> clusters = Optional.empty();

  @Override
  public Integer call() throws Exception {
    var workspace = Workspace.here();
    var found = workspace.release(folder, console.progress());
    if (found.value().isEmpty()) {
      return console.finish(found.diagnostics());
    }
    var release = found.value().get();
    var linker = new Linker(Linkable.of(release));
    var fleet = workspace.fleet(clusters, release.manifest().profiles());
    var versions =
        fleet.diagnostics().hasErrors()
            ? new FleetLink(linker).versions(fleet)
            : link(linker, fleet);
    return console.finish(found.then(_ -> versions), LinkCommand::json, this::show);
  }

  private Outcome<SortedMap<ClusterId, Digest>> link(Linker linker, FleetReading fleet)
      throws IOException {
    var chosen = fleet.outcome().then(this::chosen);
    if (chosen.value().isEmpty()) {
      return new Outcome<>(Optional.empty(), chosen.diagnostics());
    }
    var linked = link(linker, chosen.value().get());
    return chosen.then(_ -> linked);
  }

  private Outcome<FleetSource> chosen(FleetSource fleet) {
    return which
        .cluster
        .map(name -> Workspace.find(name, fleet).map(source -> new FleetSource(List.of(source))))
        .orElseGet(() -> Outcome.of(fleet));
  }

  private Outcome<SortedMap<ClusterId, Digest>> link(Linker linker, FleetSource fleet)
      throws IOException {
    var together = new FleetLink(linker, new Linked(fleet.clusters().size(), console.progress()));
    if (where.digests || where.out.isEmpty()) {
      return together.versions(fleet.clusters());
    }
    var out = where.out.get();
    if (which.all) {
      var ours = Output.FLEET.require(out);
      return ours.hasErrors()
          ? new Outcome<>(Optional.empty(), ours)
          : together.write(fleet.clusters(), out);
    }
    var ours = Output.ASSEMBLY.require(out);
    return ours.hasErrors()
        ? new Outcome<>(Optional.empty(), ours)
        : one(linker, fleet.clusters().getFirst(), out);
  }

  private static Outcome<SortedMap<ClusterId, Digest>> one(
      Linker linker, ClusterSource source, Path out) throws IOException {
    var linked = linker.link(source);
    if (linked.value().isPresent()) {
      Folders.replace(out, linked.value().get()::write);
    }
    return linked.map(
        assembly -> new TreeMap<>(Map.of(assembly.cluster(), assembly.desiredVersion())));
  }

  private static ObjectNode json(SortedMap<ClusterId, Digest> versions) {
    var json = JsonNodeFactory.instance.objectNode();
    var clusters = json.putObject("clusters");
    versions.forEach((id, version) -> clusters.put(id.toString(), version.hex()));
    return json;
  }

  private void show(SortedMap<ClusterId, Digest> versions) {
    versions.forEach((id, version) -> console.out().println(version + "  " + id));
  }
}
