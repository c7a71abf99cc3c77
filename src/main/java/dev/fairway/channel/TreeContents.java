package dev.fairway.channel;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.diagnostic.Span;
import dev.fairway.release.Release;
import java.util.Optional;
import java.util.SortedMap;
import org.eclipse.jgit.lib.FileMode;

/**
 * What a tree holds.
 *
 * @param files the bytes of each file, by path
 * @param others what is no plain file, by path, and what it is instead
 */
record TreeContents(SortedMap<String, byte[]> files, SortedMap<String, String> others) {
  static String what(FileMode mode) {
    if (mode.equals(FileMode.EXECUTABLE_FILE)) {
      return "an executable file";
    }
    if (mode.equals(FileMode.SYMLINK)) {
      return "a symbolic link";
    }
    if (mode.equals(FileMode.REGULAR_FILE)) {
      return "a file";
    }
    return mode.equals(FileMode.TREE) ? "a folder" : "a submodule";
  }

  /** The tree would check out as something else than what was compiled. */
  Outcome<Release> refusal(String place) {
    var found = new Diagnostics.Collector();
    others.forEach((path, what) ->
        found.add(
            Diagnostic.at(
                Span.startOf(place + "/" + path),
                Code.TAMPERED_RELEASE,
                "not what was compiled: it is " + what,
                "take the release from its channel again, or compile it again")));
    return new Outcome<>(Optional.empty(), found.diagnostics());
  }
}
