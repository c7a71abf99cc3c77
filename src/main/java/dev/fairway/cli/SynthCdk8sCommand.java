package dev.fairway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What {@code cdk8s.yaml} names as the app. */
@Command(
    name = "synth-cdk8s",
    hidden = true,
    description = {
      "The app behind npx cdk8s synth: the manifests of one cluster.",
      "The environment variable FAIRWAY_CLUSTER names it."
    },
    footer = {"%nExample:", "  FAIRWAY_CLUSTER=shop npx cdk8s synth"})
final class SynthCdk8sCommand implements Callable<Integer> {
  @Mixin private Console console = new Console();

  @Override
  public Integer call() throws Exception {
    return synth(console, System.getenv());
  }

  private static int synth(Console console, Map<String, String> environment) throws IOException {
    var cluster = environment.getOrDefault("FAIRWAY_CLUSTER", SynthCdkCommand.DEFAULT_CLUSTER);
    var out = Path.of(environment.getOrDefault("CDK8S_OUTDIR", "dist"));
    var linked = Workspace.here().assembly(cluster, console.progress());
    if (linked.value().isPresent()) {
      // Empty: the CLI removes the folder before it starts its app.
      Files.createDirectories(out);
      for (var manifest : linked.value().get().manifests().entrySet()) {
        // The CLI takes for a manifest only what ends like one of its own.
        var name = manifest.getKey().substring("manifests/".length()).replace(".yaml", ".k8s.yaml");
        Files.write(out.resolve(name), manifest.getValue());
      }
    }
    return console.finish(
        linked,
        assembly ->
            JsonNodeFactory.instance
                .objectNode()
                .put("cluster", assembly.cluster().toString())
                .put("folder", out.toString()),
        _ -> {});
  }
}
