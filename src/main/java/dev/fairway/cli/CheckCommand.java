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
      "Says all that is wrong with the platform or a cluster record, and writes nothing.",
      "It compiles the platform, reads the records and links each, in one run."
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
          var fleet = workspace.fleet(clusters, release.manifest().profiles());
          var progress = new Linked(fleet.readable().clusters().size(), console.progress());
          return new FleetLink(new Linker(Linkable.of(release)), progress).versions(fleet);
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
