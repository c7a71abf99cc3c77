package dev.fairway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairway.link.FleetLink;
import dev.fairway.link.Linkable;
import dev.fairway.link.Linker;
import dev.fairway.release.Release;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "check",
    description = {
      "Compiles the platform, reads the cluster records and links each: all diagnostics of all",
      "passes in one run, and nothing written."
    },
    footer = {
      "%nExample: check the records of a pull request, with annotations for GitHub",
      "  fairway check --output github"
    })
final class CheckCommand implements Callable<Integer> {
  @Mixin private Console console = new Console();

  @Option(
      names = "--clusters",
      paramLabel = "DIR",
      description = "the cluster records (default: clusters/)")
  private Optional<Path> clusters = Optional.empty();

  @Override
  public Integer call() throws Exception {
    var workspace = Workspace.here();
    var compiled = workspace.compile(true, true, console.progress());
    var checked =
        compiled.then(compilation -> {
          Release release = compilation.release();
          return workspace
              .fleet(clusters, release.manifest().profiles())
              .then(fleet ->
                  new FleetLink(new Linker(Linkable.of(release))).versions(fleet.clusters()));
        });
    return console.finish(
        checked,
        versions -> JsonNodeFactory.instance.objectNode().put("clusters", versions.size()),
        versions ->
            console
                .out()
                .println("the platform and " + versions.size() + " clusters: nothing is wrong"));
  }
}
