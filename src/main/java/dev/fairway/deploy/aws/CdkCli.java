package dev.fairway.deploy.aws;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the pinned {@code cdk} CLI is started.
 *
 * @param node the Node.js binary
 * @param cdk the CLI's script
 * @param environment added to the environment of this process
 */
public record CdkCli(Path node, Path cdk, Map<String, String> environment) {
  public CdkCli {
    environment = Collections.unmodifiableMap(new TreeMap<>(environment));
  }

  /**
   * The CLI that {@code package-lock.json} pins.
   *
   * @param home the repository or distribution, with {@code node_modules} in it
   */
  public static Outcome<CdkCli> in(Path home, Map<String, String> environment) {
    var modules = home.resolve("node_modules");
    var node = modules.resolve("node/bin/node");
    var cdk = modules.resolve("aws-cdk/bin/cdk");
    var diagnostics = new Diagnostics.Collector();
    for (var file : new Path[] {node, cdk}) {
      if (!Files.isReadable(file)) {
        diagnostics.add(
            Diagnostic.general(
                Code.NO_CDK, "there is no " + file, "run tools/npm-install in " + home));
      }
    }
    return Outcome.unlessErrors(
        diagnostics.diagnostics(), () -> new CdkCli(node, cdk, environment));
  }
}
