package dev.fairway.cli;

import dev.fairway.deploy.Destroy;
import dev.fairway.deploy.DestroyOptions;
import dev.fairway.deploy.DestroyPlan;
import dev.fairway.deploy.DestroyReport;
import dev.fairway.deploy.aws.Reclaim;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Cluster;
import dev.fairway.platform.cloud.Profiles;
import dev.fairway.source.ClusterSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "destroy",
    description = {
      "Takes a cluster away: what its controllers made in AWS, then its stacks.",
      "What policy retains stays, and is listed. Killed at any moment, it is finished by running it"
          + " again.",
      "A stack with termination protection is never touched: people switch that off, one stack at a"
          + " time."
    },
    footer = {
      "%nExample: see what would go and what would stay, then destroy the cluster",
      "  fairway destroy e2e --plan",
      "  fairway destroy e2e"
    })
final class DestroyCommand implements Callable<Integer> {
  @Mixin private Console console = new Console();

  @Parameters(index = "0", paramLabel = "CLUSTER", description = "the id or alias of a cluster")
  private String name = "";

  @Option(
      names = "--plan",
      description = "change nothing: show what would be deleted and what would stay")
  private boolean plan;

  @Option(
      names = "--confirm",
      paramLabel = "ALIAS",
      description = "the cluster's alias, for who can't be asked for it at a terminal")
  private Optional<String> confirmation = Optional.empty();

  @Option(
      names = "--unknown-volumes",
      paramLabel = "FATE",
      converter = Reclaims.class,
      description =
          "delete or retain volumes of which no PersistentVolume says it any more (default: nothing"
              + " is destroyed while there are any)")
  private Optional<Reclaim> unknownVolumes = Optional.empty();

  @Option(
      names = "--release",
      paramLabel = "DIR",
      description = "the release whose profiles the records name (default: those of this program)")
  private Optional<Path> release = Optional.empty();

  @Option(
      names = "--clusters",
      paramLabel = "DIR",
      description = "the cluster records (default: clusters/)")
  private Optional<Path> clusters = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "2h",
      converter = Durations.class,
      description = "how long the whole may take (default: ${DEFAULT-VALUE})")
  private Duration timeout = Duration.ofHours(2);

  @Option(
      names = "--lock-wait",
      paramLabel = "TIME",
      defaultValue = "2m",
      converter = Durations.class,
      description = "how long to wait for another who deploys (default: ${DEFAULT-VALUE})")
  private Duration lockWait = Duration.ofMinutes(2);

  @Override
  public Integer call() throws Exception {
    var confirmed = cluster().then(this::confirmed);
    if (confirmed.value().isEmpty()) {
      return console.finish(confirmed.diagnostics());
    }
    var report = report(confirmed.value().get());
    return console.finish(
        confirmed.diagnostics().plus(report.run().diagnostics()),
        DestroyText.json(report, plan),
        () -> DestroyText.print(report, plan, console.out()));
  }

  private Outcome<Cluster> cluster() throws IOException {
    var workspace = Workspace.here();
    var profiles =
        release.isPresent()
            ? workspace
                .release(release, console.progress())
                .map(found -> found.manifest().profiles())
            : Outcome.of(Profiles.all());
    return profiles
        .then(known -> workspace.fleet(clusters, known).outcome())
        .then(fleet -> Workspace.find(name, fleet))
        .map(ClusterSource::cluster);
  }

  private Outcome<Cluster> confirmed(Cluster cluster) {
    return plan ? Outcome.of(cluster) : console.confirm(cluster, confirmation);
  }

  private DestroyReport report(Cluster cluster) {
    var options = new DestroyOptions(Holder.name(), timeout, lockWait, unknownVolumes);
    try (var listener = console.follow()) {
      if (plan) {
        try (var reading = DestroyPlan.of(cluster, options, listener, InstantSource.system())) {
          return reading.run();
        }
      }
      try (var destroy = Destroy.of(cluster, options, listener, InstantSource.system())) {
        return destroy.run();
      }
    }
  }
}
