package dev.fairway.cli;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.link.Assembly;
import dev.fairway.link.FleetLink;
import dev.fairway.release.ReleaseManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a command writes into a folder. Such a folder is replaced as a whole, so one that holds
 * anything else is left alone.
 */
enum Output {
  RELEASE(ReleaseManifest.FILE) {
    @Override
    boolean holds(Path entry, String name) {
      return List.of("inventory.json", "templates", "assembly", "manifests", "policies", "nodes")
          .contains(name);
    }
  },
  ASSEMBLY(Assembly.LINK_FILE) {
    @Override
    boolean holds(Path entry, String name) {
      return List.of("manifest.json", "parameters.json", "cdk-deploy.args").contains(name)
          || List.of("templates", "manifests", "policies", "nodes").contains(name)
          || name.endsWith(".assets.json");
    }
  },
  FLEET(FleetLink.MARKER) {
    @Override
    boolean holds(Path entry, String name) {
      return Files.exists(entry.resolve(Assembly.LINK_FILE));
    }
  };

  /** Always there. */
  private final String marker;

  Output(String marker) {
    this.marker = marker;
  }

  abstract boolean holds(Path entry, String name);

  /** Nothing to say when the folder is missing, empty, or what this command wrote before. */
  Diagnostics require(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return Diagnostics.NONE;
    }
    if (!Files.isDirectory(folder)) {
      return Diagnostics.of(notOurs(folder, "no folder"));
    }
    try (var entries = Files.list(folder)) {
      return foreign(entries.sorted().toList())
          .map(name -> Diagnostics.of(notOurs(folder, "a folder with " + name)))
          .orElse(Diagnostics.NONE);
    }
  }

  private Optional<String> foreign(List<Path> entries) {
    var marked = entries.stream().anyMatch(entry -> name(entry).equals(marker));
    return entries.stream()
        .filter(entry -> !marked || !(name(entry).equals(marker) || holds(entry, name(entry))))
        .map(Output::name)
        .findFirst();
  }

  private static String name(Path entry) {
    return String.valueOf(entry.getFileName());
  }

  private static Diagnostic notOurs(Path folder, String what) {
    return Diagnostic.general(
        Code.NOT_OURS,
        "--out is %s, %s, which this command did not write".formatted(folder, what),
        "name a new folder or an empty one: what is there is never deleted");
  }
}
