package dev.fairway.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.link.Assembly;
import dev.fairway.link.FleetLink;
import dev.fairway.release.CanonicalJson;
import dev.fairway.release.Folders;
import dev.fairway.release.ReleaseManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a command writes into a folder. Such a folder is replaced as a whole, so one that holds
 * anything else, however far below, is left alone. What was written says itself which files it is.
 */
enum Output {
  RELEASE {
    @Override
    Set<String> written(Path folder) throws IOException {
      var files = new HashSet<String>();
      json(folder.resolve(ReleaseManifest.FILE))
          .path("files")
          .properties()
          .forEach(file -> files.add(file.getKey()));
      files.add(ReleaseManifest.FILE);
      return files;
    }
  },
  ASSEMBLY {
    @Override
    Set<String> written(Path folder) throws IOException {
      var files = new HashSet<String>();
      json(folder.resolve(Assembly.LINK_FILE))
          .path("files")
          .forEach(file -> files.add(file.asText()));
      files.add(Assembly.LINK_FILE);
      return files;
    }
  },
  FLEET {
    @Override
    Set<String> written(Path folder) throws IOException {
      var files = new HashSet<String>();
      var fleet = json(folder.resolve(FleetLink.MARKER));
      try (var entries = Files.list(folder)) {
        for (var entry : entries.toList()) {
          if (fleet.has(json(entry.resolve(Assembly.LINK_FILE)).path("cluster").asText())) {
            ASSEMBLY.written(entry).forEach(file -> files.add(entry.getFileName() + "/" + file));
          }
        }
      }
      files.add(FleetLink.MARKER);
      return files;
    }
  };

  /** The paths of the files that an earlier command wrote. */
  abstract Set<String> written(Path folder) throws IOException;

  /** Nothing to say when the folder is missing, empty, or what this command wrote before. */
  Diagnostics require(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return Diagnostics.NONE;
    }
    if (!Files.isDirectory(folder)) {
      return Diagnostics.of(notOurs(folder + " is no folder"));
    }
    var foreign = new TreeSet<>(Folders.files(folder.toRealPath()));
    if (!foreign.isEmpty()) {
      foreign.removeAll(written(folder));
    }
    return foreign.isEmpty()
        ? Diagnostics.NONE
        : Diagnostics.of(
            notOurs(folder + " holds " + foreign.first() + ", which this command did not write"));
  }

  /** Nothing where there is no such file, or it is somebody else's. */
  private static JsonNode json(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return MissingNode.getInstance();
    }
    try {
      return CanonicalJson.TREES.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private static Diagnostic notOurs(String what) {
    return Diagnostic.general(
        Code.NOT_OURS,
        what,
        "move away what is yours, or name another folder: what is there is never deleted");
  }
}
