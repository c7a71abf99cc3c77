package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.model.Digest;
import dev.fairway.release.Release;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * All that a release changes against another, whatever clusters make of it.
 *
 * @param differences in the order of areas, files and subjects; none if and only if the digests are
 *     equal
 */
public record ReleaseDiff(Digest before, Digest after, List<Difference> differences) {
  private static final String ASSEMBLY = "assembly/manifest.json";

  public ReleaseDiff {
    differences = differences.stream().sorted().toList();
  }

  /** Reads only those files that differ. */
  public static ReleaseDiff between(Release before, Release after) {
    var from = before.digest();
    var to = after.digest();
    if (from.equals(to)) {
      return new ReleaseDiff(from, to, List.of());
    }
    var changed = changedFiles(before, after);
    var found = new ArrayList<Difference>();
    var sides = Sides.of(before, after);
    var read = new TreeSet<>(changed);
    read.addAll(sides.turnedTemplates());
    read.parallelStream().map(file -> file(file, sides)).toList().forEach(found::addAll);
    found.replaceAll(FixedNames.of(found, sides));
    found.addAll(Blockings.told(sides, ManifestDiff.between(sides, changed)));
    found.addAll(ContentsDiff.between(before.manifest(), after.manifest()));
    found.addAll(Unaccounted.of(sides, changed, found));
    return new ReleaseDiff(from, to, found);
  }

  /** The files that the releases do not have alike, {@code release.json} left out. */
  public static SortedSet<String> changedFiles(Release before, Release after) {
    var was = before.manifest().files();
    var becomes = after.manifest().files();
    var files = new TreeSet<>(was.keySet());
    files.addAll(becomes.keySet());
    files.removeIf(file -> Objects.equals(was.get(file), becomes.get(file)));
    return files;
  }

  public boolean isEmpty() {
    return differences.isEmpty();
  }

  public List<Difference> in(Area area) {
    return differences.stream().filter(difference -> difference.area() == area).toList();
  }

  /** Those of at least that risk, the worst first. */
  public Stream<Difference> notable() {
    return differences.stream()
        .filter(difference -> difference.risk().isNotable())
        .sorted((left, right) -> left.risk().compareTo(right.risk()));
  }

  /** How many resources and Kubernetes objects it deletes, on some clusters at least. */
  public int deleted() {
    return (int) things().filter(it -> it.fate() == Fate.DELETED).count();
  }

  /** How many resources and Kubernetes objects it replaces, or may. */
  public int replaced() {
    return (int) things().filter(it -> it.fate().isReplacing()).count();
  }

  private Stream<Difference> things() {
    return differences.stream()
        .filter(it ->
            it.area() == Area.MANIFESTS || (it.area() == Area.STACKS && it.kind().contains("::")));
  }

  private static List<Difference> file(String file, Sides sides) {
    var folder = file.contains("/") ? file.substring(0, file.indexOf('/')) : file;
    return switch (folder) {
      case "templates" -> template(file, sides);
      case "nodes" -> NodeDiff.between(file, sides.before(file), sides.after(file));
      case "policies" -> PolicyDiff.stackPolicy(file, sides.before(file), sides.after(file));
      case "assembly" -> assembly(sides.before(ASSEMBLY), sides.after(ASSEMBLY));
      case InventoryDiff.FILE -> InventoryDiff.between(sides.before(file), sides.after(file));
      default -> List.of();
    };
  }

  private static List<Difference> template(String file, Sides sides) {
    var was = sides.before(file);
    var becomes = sides.after(file);
    var turned = sides.turned(file, was, becomes);
    var granting = sides.grantingBefore(file, turned.surelyBefore(was));
    var granted = sides.grantingAfter(file, turned.after(becomes));
    return Stream.of(
            TemplateDiff.between(file, was, becomes, turned, sides.values(file, was, becomes)),
            PolicyDiff.between(file, granting, granted),
            RuleDiff.between(file, granting, granted))
        .flatMap(Collection::stream)
        .toList();
  }

  private static List<Difference> assembly(JsonNode before, JsonNode after) {
    var fields = FieldChanges.between(before, after);
    return List.of(Difference.changed(Area.OTHER, ASSEMBLY, "cloud assembly", "file", fields));
  }
}
