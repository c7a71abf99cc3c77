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
import org.eclipse.jgit.lib.ObjectId;

/**
 * What a tree holds.
 *
 * @param files the bytes of each file, by path
 * @param others what is no plain file, by path, and what it is instead
 * @param written the tree that holds these files and nothing else, as Git writes it; empty where
 *     there can't be one
 */
record TreeContents(
    SortedMap<String, byte[]> files, SortedMap<String, String> others, Optional<ObjectId> written) {
  /**
   * Whether these files are all that the tree says: one that has a name twice, an empty folder or
   * an unusual mode is read by others as something else.
   */
  boolean isOf(ObjectId tree) {
    return others.isEmpty() && written.equals(Optional.of(tree));
  }

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
  Outcome<Release> refusal(String place, ObjectId tree) {
    var found = new Diagnostics.Collector();
    others.forEach((path, what) -> found.add(tampered(place + "/" + path, "it is " + what)));
    if (others.isEmpty()) {
      found.add(
          tampered(
              place,
              "the tree %s is not the one that git writes of its files: a name stands there twice or"
                      .formatted(tree.name())
                  + " out of order, a folder is empty, or a mode is unusual"));
    }
    return new Outcome<>(Optional.empty(), found.diagnostics());
  }

  private static Diagnostic tampered(String place, String what) {
    return Diagnostic.at(
        Span.startOf(place),
        Code.TAMPERED_RELEASE,
        "not what was compiled: " + what,
        "take the release from its channel again, or compile it again");
  }
}
