package dev.fairway.cli;

import dev.fairway.deploy.Target;
import dev.fairway.deploy.aws.CdkCli;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.link.Assembly;
import dev.fairway.link.Linkable;
import dev.fairway.link.Linker;
import dev.fairway.model.Cluster;
import dev.fairway.release.Folders;
import dev.fairway.release.Release;
import dev.fairway.source.ClusterSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One cluster of the fleet and the release that it should run. */
final class ClusterOptions {
  @Parameters(index = "0", paramLabel = "CLUSTER", description = "the id or alias of a cluster")
  private String cluster = "";

  @Option(
      names = "--release",
      paramLabel = "DIR",
      description = "the release (default: target/release, compiled when stale)")
  private Optional<Path> release = Optional.empty();

  @Option(
      names = "--clusters",
      paramLabel = "DIR",
      description = "the cluster records (default: clusters/)")
  private Optional<Path> clusters = Optional.empty();

  /** The cluster's assembly, linked and written where the CDK CLI finds it. */
  Outcome<Target> target(Console console) throws IOException {
    var workspace = Workspace.here();
    return workspace
        .release(release, console.progress())
        .then(found -> source(workspace, found).then(source -> target(workspace, found, source)));
  }

  private Outcome<ClusterSource> source(Workspace workspace, Release release) {
    return workspace
        .fleet(clusters, release.manifest().profiles())
        .outcome()
        .then(fleet -> Workspace.find(cluster, fleet));
  }

  private static Outcome<Target> target(
      Workspace workspace, Release release, ClusterSource source) {
    return workspace
        .cdk()
        .then(cdk ->
            new Linker(Linkable.of(release))
                .link(source)
                .map(assembly -> target(workspace, source.cluster(), assembly, cdk)));
  }

  private static Target target(
      Workspace workspace, Cluster cluster, Assembly assembly, CdkCli cdk) {
    // Named by what is in it: nobody who deploys another version writes into it meanwhile.
    var folder =
        workspace.path(
            "target/deploy/"
                + cluster.alias()
                + "-"
                + assembly.desiredVersion().hex().substring(0, 16));
    try {
      Folders.replace(folder, assembly::write);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Target(cluster, assembly, folder.toAbsolutePath(), cdk);
  }
}
