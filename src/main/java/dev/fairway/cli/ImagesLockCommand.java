package dev.fairway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.image.LockFile;
import dev.fairway.image.Registries;
import dev.fairway.platform.Platform;
import dev.fairway.platform.cloud.InstanceTypes;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "lock",
    description = {
      "Looks up in their registries what the tags of all images stand for, and writes images.lock.",
      "The next release names images by these digests. Images are asked for without an account."
    },
    footer = {
      "%nExample: see which tags have moved, by way of a mirror",
      "  fairway images lock --plan --mirror docker.io=https://mirror.example.org"
    })
final class ImagesLockCommand implements Callable<Integer> {
  @Mixin private Console console = new Console();

  @Option(
      names = "--mirror",
      paramLabel = "HOST=URL",
      description = "the address to ask in the place of a registry; may be given for several")
  private Map<String, URI> mirrors = new TreeMap<>();

  @Option(names = "--plan", description = "say what would change, and write nothing")
  private boolean plan;

  @Override
  public Integer call() throws Exception {
    var platform = Platform.declare();
    var file = Workspace.here().imagesLock();
    var opened = LockFile.open(file);
    if (opened.value().isEmpty()) {
      return console.finish(opened.diagnostics());
    }
    var required = InstanceTypes.platforms(platform.profiles());
    var locked = new Registries(mirrors, required).lock(platform.images());
    Outcome<Map<String, String>> changes = locked.map(opened.value().get()::changes);
    if (locked.value().isPresent() && !plan) {
      opened.value().get().write(locked.value().get());
    }
    return console.finish(changes, ImagesLockCommand::json, this::show);
  }

  private static ObjectNode json(Map<String, String> changes) {
    var json = JsonNodeFactory.instance.objectNode();
    var changed = json.putObject("changed");
    changes.forEach(changed::put);
    return json;
  }

  private void show(Map<String, String> changes) {
    changes.forEach((image, change) -> console.out().println(image + ": " + change));
    if (changes.isEmpty()) {
      console.out().println("every tag stands for what it stood for: nothing to change");
    }
  }
}
