package dev.fairway.cli;

import dev.fairway.deploy.Deploy;
import dev.fairway.deploy.DeployOptions;
import dev.fairway.deploy.DeployReport;
import dev.fairway.deploy.Plan;
import dev.fairway.deploy.Target;
import dev.fairway.deploy.kubernetes.DeletionBudget;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "deploy",
    description = {
      "Brings a cluster to what its record and the release say: stacks, then manifests, then"
          + " pools.",
      "Killed at any moment, it is finished by running it again. A second run changes nothing.",
      "AWS and Kubernetes are reached as by their own tools: AWS_PROFILE, KUBECONFIG and the like."
    },
    footer = {
      "%nExample: see what would change on a cluster, then change it",
      "  fairway deploy e2e --plan",
      "  fairway deploy e2e"
    })
final class DeployCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Console console = new Console();
  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Option(names = "--plan", description = "change nothing: show what would be changed")
  private boolean plan;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "90m",
      converter = Durations.class,
      description = "how long the whole may take (default: ${DEFAULT-VALUE})")
  private Duration timeout = Duration.ofMinutes(90);

  @Option(
      names = "--lock-wait",
      paramLabel = "TIME",
      defaultValue = "2m",
      converter = Durations.class,
      description = "how long to wait for another who deploys (default: ${DEFAULT-VALUE})")
  private Duration lockWait = Duration.ofMinutes(2);

  @Option(
      names = "--lock-duration",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = Durations.class,
      description = "how long the lock outlives a killed deploy (default: ${DEFAULT-VALUE})")
  private Duration lock = Duration.ofSeconds(60);

  @Option(
      names = "--without-api",
      description = "deploy the stacks of a cluster whose API is down, without its lock")
  private boolean withoutApi;

  @Option(
      names = "--max-deletions",
      paramLabel = "N",
      defaultValue = "20",
      description = "how many objects may be deleted (default: ${DEFAULT-VALUE})")
  private int most = 20;

  @Option(
      names = "--allow-deletion",
      paramLabel = "KIND[/NAMESPACE]/NAME",
      description = "a namespace, CRD or volume that may be deleted; may be repeated")
  private Set<String> acknowledged = new LinkedHashSet<>();

  @Override
  public Integer call() throws Exception {
    if (most < 0) {
      throw new ParameterException(
          spec.commandLine(), "--max-deletions is %d; write 0 or more".formatted(most));
    }
    var target = cluster.target(console);
    if (target.value().isEmpty()) {
      return console.finish(target.diagnostics());
    }
    var report = report(target.value().get());
    return console.finish(
        target.diagnostics().plus(report.run().diagnostics()),
        DeployText.json(report, plan),
        () -> DeployText.print(report, plan, console.out()));
  }

  private DeployReport report(Target target) {
    var options =
        new DeployOptions(
            Holder.name(),
            timeout,
            lock,
            lockWait,
            new DeletionBudget(most, acknowledged),
            withoutApi);
    try (var listener = console.follow()) {
      if (plan) {
        try (var reading = Plan.of(target, options, listener, InstantSource.system())) {
          return reading.run();
        }
      }
      try (var deploy = Deploy.of(target, options, listener, InstantSource.system())) {
        return deploy.run();
      }
    }
  }
}
