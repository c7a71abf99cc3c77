package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairway.release.Release;
import dev.fairway.release.ReleaseManifest;
import dev.fairway.release.Slot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What the other parts of a diff say nothing of: nothing that differs goes without a word. */
final class Unaccounted {
  private final Sides sides;
  private final SortedSet<String> changed;

  private Unaccounted(Sides sides, SortedSet<String> changed) {
    this.sides = sides;
    this.changed = changed;
  }

  /**
   * @param changed files of the releases
   * @param found what was told of them
   */
  static List<Difference> of(Sides sides, SortedSet<String> changed, List<Difference> found) {
    var unaccounted = new Unaccounted(sides, changed);
    var told = new ArrayList<Difference>();
    unaccounted.slots(told);
    var files = new TreeSet<>(changed);
    if (files.isEmpty() && found.isEmpty() && told.isEmpty()) {
      files.add(ReleaseManifest.FILE);
    }
    found.forEach(difference -> files.removeAll(difference.files()));
    // It repeats what the templates say, which have been told.
    if (found.stream().anyMatch(Unaccounted::isInInventory)) {
      files.remove(InventoryDiff.FILE);
    }
    files.forEach(file -> told.add(unaccounted.file(file)));
    return told;
  }

  private static boolean isInInventory(Difference difference) {
    return difference.area() == Area.IAM || difference.area() == Area.NETWORK;
  }

  /** Where values go in a file that is the same; in others they move with what is around them. */
  private void slots(List<Difference> told) {
    var was = slots(sides.before());
    var becomes = slots(sides.after());
    var files = new TreeSet<String>();
    was.stream().filter(slot -> !becomes.contains(slot)).map(Slot::file).forEach(files::add);
    becomes.stream().filter(slot -> !was.contains(slot)).map(Slot::file).forEach(files::add);
    files.removeAll(changed);
    files.forEach(file ->
        told.add(
            Difference.of(Area.SYMBOLS, Act.CHANGED, ReleaseManifest.FILE, file, "slots")
                .because(Risk.WIDER_ACCESS, "symbols go into other places of it than before")));
  }

  private static Set<Slot> slots(Release release) {
    return new HashSet<>(release.manifest().slots());
  }

  private Difference file(String file) {
    var was = tree(sides.before(), file);
    var becomes = tree(sides.after(), file);
    var change = Difference.of(Area.OTHER, Act.CHANGED, file, file, "file");
    if (was.equals(becomes)) {
      return change.noting("the same content in other bytes");
    }
    var unknown = change.with(FieldChanges.between(was, becomes));
    // It tells what others hold, and reaches no cluster.
    return file.equals(InventoryDiff.FILE)
        ? unknown
        : unknown.because(Risk.WIDER_ACCESS, "a change of a kind that diff does not know");
  }

  /** A manifest is the list of its objects. */
  private static JsonNode tree(Release release, String file) {
    if (file.startsWith("manifests/")) {
      var objects = JsonNodeFactory.instance.arrayNode();
      release.objects(file).forEach(objects::add);
      return objects;
    }
    return Trees.json(
        file.equals(ReleaseManifest.FILE)
            ? Optional.of(release.manifestBytes())
            : Optional.ofNullable(release.files().get(file)));
  }
}
