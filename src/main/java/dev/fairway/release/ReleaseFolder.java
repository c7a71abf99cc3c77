package dev.fairway.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.diagnostic.Span;
import dev.fairway.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
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

  /**
   * Reads the folder and holds every file against the manifest: one that was changed, added or
   * removed is a diagnostic, for what was tested is the bytes; and so is a manifest that does not
   * fit the files.
   */
  public static Outcome<Release> read(Path folder) throws IOException {
    Folders.recover(folder);
    var manifestFile = folder.resolve(ReleaseManifest.FILE);
    if (!Files.isRegularFile(manifestFile)) {
      return failed(
          Diagnostic.general(
              Code.NO_RELEASE,
              folder + " has no " + ReleaseManifest.FILE,
              "name the folder of a release, or make one: fairway compile --out " + folder));
    }
    return manifest(manifestFile).then(manifest -> files(folder, manifest));
  }

  private static Outcome<ReleaseManifest> manifest(Path file) throws IOException {
    var bytes = Files.readAllBytes(file);
    try {
      var manifest = ReleaseJson.read(CanonicalJson.TREES.readTree(bytes));
      if (Arrays.equals(bytes, CanonicalJson.bytes(ReleaseJson.write(manifest)))) {
        return Outcome.of(manifest);
      }
      return failed(unreadable(file, "it is not in the form that fairway writes"));
    } catch (JsonProcessingException e) {
      return failed(unreadable(file, "it is not JSON: " + firstLine(e.getOriginalMessage())));
    } catch (RuntimeException e) {
      return failed(unreadable(file, firstLine(String.valueOf(e.getMessage()))));
    }
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("").replaceAll("\\.+$", "");
  }

  private static Diagnostic unreadable(Path file, String why) {
    return Diagnostic.at(
        Span.startOf(file.toString()),
        Code.UNREADABLE_RELEASE,
        "not the manifest of a release: " + why,
        "compile it again, or use the fairway that wrote it");
  }

  private static Outcome<Release> files(Path folder, ReleaseManifest manifest) {
    var diagnostics = new Diagnostics.Collector();
    SortedMap<String, byte[]> files = new TreeMap<>();
    try {
      var found = new TreeSet<>(Folders.files(folder));
      found.remove(ReleaseManifest.FILE);
      for (var entry : manifest.files().entrySet()) {
        if (!found.remove(entry.getKey())) {
          diagnostics.add(tampered(folder, entry.getKey(), "the file is missing"));
        } else if (Files.isSymbolicLink(folder.resolve(entry.getKey()))) {
          diagnostics.add(tampered(folder, entry.getKey(), "it is a link, and not the file"));
        } else {
          var bytes = Files.readAllBytes(folder.resolve(entry.getKey()));
          files.put(entry.getKey(), bytes);
          hold(folder, entry, Digest.of(bytes), diagnostics);
        }
      }
      found.forEach(
          path -> diagnostics.add(tampered(folder, path, "the manifest lists no such file")));
    } catch (IOException e) {
      return failed(unreadable(folder, firstLine(String.valueOf(e.getMessage()))));
    }
    return Outcome.unlessErrors(diagnostics.diagnostics(), () -> new Release(manifest, files))
        .then(release -> coherent(folder, release));
  }

  private static Outcome<Release> coherent(Path folder, Release release) {
    var diagnostics = new Diagnostics.Collector();
    for (var finding : Coherence.findings(release)) {
      diagnostics.add(
          Diagnostic.at(
              Span.startOf(folder.resolve(finding.file()).toString()),
              Code.INCOHERENT_RELEASE,
              "the release does not fit together: " + finding.message(),
              "compile it again, or use the fairway that wrote it"));
    }
    return Outcome.unlessErrors(diagnostics.diagnostics(), () -> release);
  }

  private static void hold(
      Path folder,
      Map.Entry<String, Digest> listed,
      Digest found,
      Diagnostics.Collector diagnostics) {
    if (!found.equals(listed.getValue())) {
      diagnostics.add(
          tampered(
              folder, listed.getKey(), "its digest is " + found + ", not " + listed.getValue()));
    }
  }

  private static Diagnostic tampered(Path folder, String path, String what) {
    return Diagnostic.at(
        Span.startOf(folder.resolve(path).toString()),
        Code.TAMPERED_RELEASE,
        "not what was compiled: " + what,
        "take the release from its channel again, or compile it again");
  }

  private static <T> Outcome<T> failed(Diagnostic diagnostic) {
    return new Outcome<>(Optional.empty(), Diagnostics.of(diagnostic));
  }
}
