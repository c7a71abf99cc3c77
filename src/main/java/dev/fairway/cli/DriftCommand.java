package dev.fairway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.deploy.Drift;
import dev.fairway.deploy.Run;
import dev.fairway.deploy.Target;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "drift",
    description = {
      "Lists where a cluster differs from its release, in CloudFormation and in Kubernetes.",
      "Of objects only the fields that Fairway owns count. Changes nothing; exit code 1 when"
          + " something differs."
    },
    footer = {"%nExample: what somebody changed by hand", "  fairway drift shop --output json"})
final class DriftCommand implements Callable<Integer> {
  @Mixin private Console console = new Console();
  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "15m",
      converter = Durations.class,
      description = "how long the whole may take (default: ${DEFAULT-VALUE})")
  private Duration timeout = Duration.ofMinutes(15);

  @Override
  public Integer call() throws Exception {
    var target = cluster.target(console);
    if (target.value().isEmpty()) {
      return console.finish(target.diagnostics());
    }
    var run = run(target.value().get());
    return console.finish(
        target.diagnostics().plus(Drift.diagnostics(run)),
        json(run),
        () -> {
          if (run.succeeded() && run.changes().isEmpty()) {
            console.out().println("nothing differs");
          }
        });
  }

  private Run run(Target target) {
    try (var listener = console.follow();
        var drift = Drift.of(target, timeout, listener, InstantSource.system())) {
      return drift.run();
    }
  }

  private static ObjectNode json(Run run) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("succeeded", run.succeeded());
    // Of what could not be looked at nothing is known.
    if (run.succeeded()) {
      json.put("drifted", !run.changes().isEmpty());
    }
    json.set("drift", DeployText.changes(run.changes()));
    return json;
  }
}
