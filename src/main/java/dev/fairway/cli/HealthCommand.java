package dev.fairway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.channel.FleetLook;
import dev.fairway.deploy.HealthCheck;
import dev.fairway.deploy.Run;
import dev.fairway.deploy.Target;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "health",
    description = {
      "Says whether a cluster runs its release and is well: stacks, instances, nodes, workloads.",
      "Changes nothing; exit code 1 when it is not well. What it prints as JSON can be added as"
          + " evidence: fairway evidence add --looks."
    },
    footer = {
      "%nExample: how a cluster is, in a file for the evidence",
      "  fairway health shop --output json > looks/shop.json"
    })
final class HealthCommand implements Callable<Integer> {
  @Mixin private Console console = new Console();
  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "2m",
      converter = Durations.class,
      description = "how long it may take to get well (default: ${DEFAULT-VALUE})")
  private Duration timeout = Duration.ofMinutes(2);

  @Override
  public Integer call() throws Exception {
    var target = cluster.target(console);
    var looked = target.value().map(this::run).map(Run::diagnostics).orElse(Diagnostics.NONE);
    var diagnostics = target.diagnostics().plus(looked);
    return console.finish(
        diagnostics,
        json(target.value(), diagnostics),
        () -> {
          if (!diagnostics.hasErrors()) {
            console.out().println("it is well");
          }
        });
  }

  private Run run(Target target) {
    try (var listener = console.follow();
        var check = HealthCheck.of(target, timeout, listener, InstantSource.system())) {
      return check.run();
    }
  }

  /** Of what could not even be linked it is known that it is not well, and why. */
  private static ObjectNode json(Optional<Target> target, Diagnostics diagnostics) {
    var json = JsonNodeFactory.instance.objectNode();
    target.ifPresent(found ->
        json.put(FleetLook.CLUSTER, found.cluster().alias())
            .put(FleetLook.RELEASE, found.assembly().release().hex()));
    var time = InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
    json.put(FleetLook.TIME, time.toString());
    json.put(FleetLook.IS_HEALTHY, !diagnostics.hasErrors());
    diagnostics.all().stream()
        .filter(Diagnostic::isError)
        .findFirst()
        .ifPresent(first -> json.put(FleetLook.REASON, first.message()));
    return json;
  }
}
