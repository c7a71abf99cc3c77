package dev.fairway.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.diagnostic.Span;
import dev.fairway.model.Digest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Files that should be a release, wherever they were found: a folder, or a tree of Git. Every file
 * is held against the manifest: one that was changed, added or removed is a diagnostic, for what
 * was tested is the bytes; and so is a manifest that does not fit the files.
 */
public final class ReleaseFiles {
  private final String place;
  private final Optional<Release> other;

  private ReleaseFiles(String place, Optional<Release> other) {
    this.place = place;
    this.other = other;
  }

  /**
   * Holds every file against the manifest among them.
   *
   * @param place what holds the files, as people know it; their paths are put behind it
   * @param files all there are, {@code release.json} among them
   */
  public static Outcome<Release> read(String place, SortedMap<String, byte[]> files) {
    return read(place, files, Optional.empty());
  }

  /**
   * The same, in less time where another release was read before.
   *
   * @param other one that was read here, whose files that are the same are not parsed again
   */
  public static Outcome<Release> read(
      String place, SortedMap<String, byte[]> files, Optional<Release> other) {
    return read(place, files, Set.of(), other);
  }

  /**
   * The same where some are no files.
   *
   * @param links paths where a link stands and no file
   */
  static Outcome<Release> read(String place, SortedMap<String, byte[]> files, Set<String> links) {
    return read(place, files, links, Optional.empty());
  }

  private static Outcome<Release> read(
      String place, SortedMap<String, byte[]> files, Set<String> links, Optional<Release> other) {
    var reader = new ReleaseFiles(place, other);
    var bytes = files.get(ReleaseManifest.FILE);
    if (bytes == null) {
      return failed(
          Diagnostic.general(
              Code.NO_RELEASE,
              place + " has no " + ReleaseManifest.FILE,
              "name one that is a release, or make one: fairway compile"));
    }
    return reader.manifest(bytes).then(manifest -> reader.hold(manifest, files, links));
  }

  private Outcome<ReleaseManifest> manifest(byte[] bytes) {
    try {
      var manifest = ReleaseJson.read(CanonicalJson.TREES.readTree(bytes));
      if (Arrays.equals(bytes, CanonicalJson.bytes(ReleaseJson.write(manifest)))) {
        return Outcome.of(manifest);
      }
      return failed(unreadable("it is not in the form that fairway writes"));
    } catch (JsonProcessingException e) {
      return failed(unreadable("it is not JSON: " + firstLine(e.getOriginalMessage())));
    } catch (IOException | RuntimeException e) {
      return failed(unreadable(firstLine(String.valueOf(e.getMessage()))));
    }
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("").replaceAll("\\.+$", "");
  }

  private Diagnostic unreadable(String why) {
    return Diagnostic.at(
        Span.startOf(path(ReleaseManifest.FILE)),
        Code.UNREADABLE_RELEASE,
        "not the manifest of a release: " + why,
        "compile it again, or use the fairway that wrote it");
  }

  private Outcome<Release> hold(
      ReleaseManifest manifest, SortedMap<String, byte[]> files, Set<String> links) {
    var diagnostics = new Diagnostics.Collector();
    var more = new TreeSet<>(files.keySet());
    more.addAll(links);
    more.remove(ReleaseManifest.FILE);
    manifest
        .files()
        .forEach((path, digest) -> {
          more.remove(path);
          difference(path, digest, files, links)
              .ifPresent(what -> diagnostics.add(tampered(path, what)));
        });
    more.forEach(path -> diagnostics.add(tampered(path, "the manifest lists no such file")));
    SortedMap<String, byte[]> others = new TreeMap<>(files);
    others.remove(ReleaseManifest.FILE);
    return Outcome.unlessErrors(diagnostics.diagnostics(), () -> new Release(manifest, others))
        .then(this::coherent);
  }

  private static Optional<String> difference(
      String path, Digest listed, SortedMap<String, byte[]> files, Set<String> links) {
    var bytes = files.get(path);
    if (bytes == null) {
      return Optional.of(
          links.contains(path) ? "it is a link, and not the file" : "the file is missing");
    }
    return Optional.of(Digest.of(bytes))
        .filter(found -> !found.equals(listed))
        .map(found -> "its digest is " + found + ", not " + listed);
  }

  private Outcome<Release> coherent(Release release) {
    var diagnostics = new Diagnostics.Collector();
    other.ifPresent(release::adopt);
    for (var finding : Coherence.findings(release)) {
      diagnostics.add(
          Diagnostic.at(
              Span.startOf(path(finding.file())),
              Code.INCOHERENT_RELEASE,
              "the release does not fit together: " + finding.message(),
              "compile it again, or use the fairway that wrote it"));
    }
    return Outcome.unlessErrors(diagnostics.diagnostics(), () -> release);
  }

  private Diagnostic tampered(String path, String what) {
    return Diagnostic.at(
        Span.startOf(path(path)),
        Code.TAMPERED_RELEASE,
        "not what was compiled: " + what,
        "take the release from its channel again, or compile it again");
  }

  private String path(String file) {
    return place + "/" + file;
  }

  private static <T> Outcome<T> failed(Diagnostic diagnostic) {
    return new Outcome<>(Optional.empty(), Diagnostics.of(diagnostic));
  }
}
