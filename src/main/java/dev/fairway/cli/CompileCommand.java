package dev.fairway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.compiler.Compiler.Compilation;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.release.ReleaseFolder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "compile",
    description = "Compiles the platform into a release: templates, node configs, manifests.",
    footer = {
      "%nExample: compile, look at what came out, compile again and see that it is the same",
      "  fairway compile --out R1 && ls R1",
      "  fairway compile --out R2 --no-cache && diff -r R1 R2"
    })
final class CompileCommand implements Callable<Integer> {
  @Mixin private Console console = new Console();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "where the release goes (default: target/release of the checkout)")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--no-validation", description = "leave out CDK's validation of the templates")
  private boolean unvalidated;

  @Option(names = "--no-cache", description = "use nothing of what was emitted before")
  private boolean uncached;

  @Override
  public Integer call() throws Exception {
    var workspace = Workspace.here();
    var folder = out.orElseGet(workspace::release);
    var ours = Output.RELEASE.require(folder);
    var compiled =
        ours.hasErrors()
            ? new Outcome<Compilation>(Optional.empty(), ours)
            : workspace.compile(!unvalidated, !uncached, console.progress());
    if (compiled.value().isPresent()) {
      ReleaseFolder.write(compiled.value().get().release(), folder);
    }
    return console.finish(
        compiled,
        compilation -> json(compilation, folder),
        compilation -> show(compilation, folder));
  }

  private static ObjectNode json(Compilation compilation, Path folder) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("release", compilation.release().digest().hex())
            .put("folder", folder.toString())
            .put("files", compilation.release().files().size() + 1);
    compilation.emitted().forEach(json.putArray("emitted")::add);
    return json;
  }

  private void show(Compilation compilation, Path folder) {
    console.out().println("release " + compilation.release().digest());
    console
        .out()
        .printf(
            "%s: %d files, %s%n",
            folder,
            compilation.release().files().size() + 1,
            compilation.emitted().isEmpty()
                ? "all known from before"
                : compilation.emitted().size() + " parts emitted anew");
  }
}
