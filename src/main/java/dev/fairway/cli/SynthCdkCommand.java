package dev.fairway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairway.link.Assembly;
import dev.fairway.release.CanonicalJson;
import dev.fairway.release.Folders;
import java.io.IOException;
import java.nio.file.Files;
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
      clear(out);
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

  /**
   * Deletes what an earlier assembly left, so that nobody finds another cluster's stacks there. The
   * CLI holds locks in the folder meanwhile, so it is emptied and not replaced.
   */
  private static void clear(Path out) throws IOException {
    if (Files.exists(out.resolve(Assembly.LINK_FILE))) {
      for (var file : Folders.files(out)) {
        if (!file.endsWith(".lock")) {
          Files.delete(out.resolve(file));
        }
      }
    }
  }

  /**
   * The launcher gives the CLI's two variables other names, so that CDK's App in here can't read
   * them. The second names a file that holds what was too long for the first.
   */
  static String cluster(Map<String, String> environment) throws IOException {
    var file = environment.get("FAIRWAY_CONTEXT_FILE");
    var overflow = file == null ? "{}" : Files.readString(Path.of(file));
    var context = environment.getOrDefault("FAIRWAY_CONTEXT_JSON", "{}");
    return CanonicalJson.TREES
        .readTree(overflow)
        .path("cluster")
        .asText(CanonicalJson.TREES.readTree(context).path("cluster").asText(DEFAULT_CLUSTER));
  }
}
