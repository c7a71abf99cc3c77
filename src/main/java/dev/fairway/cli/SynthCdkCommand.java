package dev.fairway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairway.release.CanonicalJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * What {@code cdk.json} names as the app: the CDK CLI tells it by the environment what it wants.
 */
@Command(
    name = "synth-cdk",
    hidden = true,
    description = "The app behind npx cdk ls, synth and diff, for the cluster of -c cluster=ID.",
    footer = {"%nExample:", "  npx cdk ls -c cluster=shop"})
final class SynthCdkCommand implements Callable<Integer> {
  /** The cluster that nobody misses. */
  static final String DEFAULT_CLUSTER = "e2e";

  @Mixin private Console console = new Console();

  @Override
  public Integer call() throws Exception {
    return synth(console, System.getenv());
  }

  private static int synth(Console console, Map<String, String> environment) throws IOException {
    var cluster = cluster(environment);
    var out = Path.of(environment.getOrDefault("CDK_OUTDIR", "cdk.out"));
    var linked = Workspace.here().assembly(cluster, console.progress());
    if (linked.value().isPresent()) {
      linked.value().get().write(out);
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

  private static String cluster(Map<String, String> environment) throws IOException {
    var context = environment.getOrDefault("CDK_CONTEXT_JSON", "{}");
    return CanonicalJson.TREES.readTree(context).path("cluster").asText(DEFAULT_CLUSTER);
  }
}
