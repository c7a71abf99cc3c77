package dev.fairway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairway.compiler.Compiler.Compilation;
import dev.fairway.release.CanonicalJson;
import dev.fairway.release.ReleaseFolder;
import dev.fairway.release.ReleaseManifest;
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
    var ours = Workspace.requireOurs(folder, ReleaseManifest.FILE);
    if (ours.hasErrors()) {
      return console.report(ours);
    }
    var compiled = workspace.compile(!unvalidated, !uncached, console.progress());
    if (compiled.value().isPresent()) {
      ReleaseFolder.write(compiled.value().get().release(), folder);
      show(compiled.value().get(), folder);
    }
    return console.report(compiled.diagnostics());
  }

  private void show(Compilation compilation, Path folder) {
    var digest = compilation.release().digest();
    if (console.isJson()) {
      var json =
          JsonNodeFactory.instance
              .objectNode()
              .put("release", digest.hex())
              .put("folder", folder.toString())
              .put("files", compilation.release().files().size() + 1);
      compilation.emitted().forEach(json.putArray("emitted")::add);
      console.out().print(CanonicalJson.text(json));
      return;
    }
    console.out().println("release " + digest);
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
