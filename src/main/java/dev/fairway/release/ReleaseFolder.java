package dev.fairway.release;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.diagnostic.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A release as a folder. */
public final class ReleaseFolder {
  private ReleaseFolder() {}

  /** Puts the release in the place of the folder; a reader finds the old one or the new one. */
  public static void write(Release release, Path folder) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>(release.files());
    files.put(ReleaseManifest.FILE, release.manifestBytes());
    Folders.replace(folder, files);
  }

  /** Reads the folder and holds every file against the manifest. */
  public static Outcome<Release> read(Path folder) throws IOException {
    Folders.recover(folder);
    if (!Files.isRegularFile(folder.resolve(ReleaseManifest.FILE))) {
      return failed(
          Diagnostic.general(
              Code.NO_RELEASE,
              folder + " has no " + ReleaseManifest.FILE,
              "name the folder of a release, or make one: fairway compile --out " + folder));
    }
    SortedMap<String, byte[]> files = new TreeMap<>();
    var links = new TreeSet<String>();
    try {
      for (var path : Folders.files(folder)) {
        if (Files.isSymbolicLink(folder.resolve(path))) {
          links.add(path);
        } else {
          files.put(path, Files.readAllBytes(folder.resolve(path)));
        }
      }
    } catch (IOException e) {
      return failed(unreadable(folder, e));
    }
    return ReleaseFiles.read(folder.toString(), files, links);
  }

  private static Diagnostic unreadable(Path folder, IOException e) {
    var why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return Diagnostic.at(
        Span.startOf(folder.toString()),
        Code.UNREADABLE_RELEASE,
        "not a release: " + why.replaceAll("\\.+$", ""),
        "compile it again, or use the fairway that wrote it");
  }

  private static <T> Outcome<T> failed(Diagnostic diagnostic) {
    return new Outcome<>(Optional.empty(), Diagnostics.of(diagnostic));
  }
}
