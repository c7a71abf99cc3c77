package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.fairway.release.ObjectName;
import dev.fairway.release.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The Kubernetes objects of two releases, wherever they stand: one that goes from a component to
 * another stays the same object of a cluster.
 */
final class ManifestDiff {
  /** With them goes what they hold. */
  private static final Set<String> PRECIOUS =
      Set.of(
          "CustomResourceDefinition",
          "Namespace",
          "PersistentVolume",
          "PersistentVolumeClaim",
          "StatefulSet");

  private ManifestDiff() {}

  /** An object and the file that it stands in. */
  private record Placed(String file, JsonNode object) {
    boolean isThere() {
      return !object.isMissingNode();
    }
  }

  private static final Placed NOWHERE = new Placed("", MissingNode.getInstance());

  static List<Difference> between(Sides sides, SortedSet<String> changed) {
    var files = new TreeSet<>(Switches.turnedManifests(sides.was(), sides.becomes()));
    changed.stream().filter(file -> file.startsWith("manifests/")).forEach(files::add);
    var was = objects(sides.before(), files);
    var becomes = objects(sides.after(), files);
    var names = new TreeSet<>(was.keySet());
    names.addAll(becomes.keySet());
    var found = new ArrayList<Difference>();
    for (var name : names) {
      difference(sides, name, was.getOrDefault(name, NOWHERE), becomes.getOrDefault(name, NOWHERE))
          .ifPresent(found::add);
    }
    return found;
  }

  private static SortedMap<ObjectName, Placed> objects(Release release, SortedSet<String> files) {
    var objects = new TreeMap<ObjectName, Placed>();
    for (var file : files) {
      release
          .objects(file)
          .forEach(object -> objects.put(ObjectName.of(object), new Placed(file, object)));
    }
    return objects;
  }

  /** Where its component is switched off or on for all, the object goes or comes with it. */
  private static Optional<Difference> difference(
      Sides sides, ObjectName name, Placed was, Placed becomes) {
    if (!was.isThere() || !becomes.isThere()) {
      return difference(name, was, becomes);
    }
    var old = sides.was().ofManifest(was.file());
    var fresh = sides.becomes().ofManifest(becomes.file());
    if (old.turnsOff(fresh)) {
      return difference(name, was, NOWHERE)
          .map(it -> it.alsoNoting("its component is off where a cluster sets nothing"));
    }
    if (fresh.turnsOff(old)) {
      return difference(name, NOWHERE, becomes)
          .map(it -> it.alsoNoting("its component is on now where a cluster sets nothing"));
    }
    var change = difference(name, was, becomes);
    return old.mayTurnOff(fresh) ? Optional.of(mayGo(name, becomes, change)) : change;
  }

  private static Difference mayGo(ObjectName name, Placed becomes, Optional<Difference> change) {
    return change
        .orElseGet(() ->
            Difference.of(
                Area.MANIFESTS, Act.CHANGED, becomes.file(), name.toString(), name.kind()))
        .meeting(Fate.DELETED)
        .because(
            PRECIOUS.contains(name.kind()) ? Risk.DATA_LOSS : Risk.REMOVAL,
            "clusters lose it that do not have what its component needs now");
  }

  private static Optional<Difference> difference(ObjectName name, Placed was, Placed becomes) {
    var moved = !was.file().equals(becomes.file());
    if (was.object().equals(becomes.object()) && !moved) {
      return Optional.empty();
    }
    var act = Trees.act(was.object(), becomes.object());
    var file = act == Act.REMOVED ? was.file() : becomes.file();
    var change = Difference.of(Area.MANIFESTS, act, file, name.toString(), name.kind());
    return Optional.of(
        switch (act) {
          case ADDED -> ObjectAccess.added(change, becomes.object());
          case REMOVED ->
              PRECIOUS.contains(name.kind())
                  ? change.risking(Risk.DATA_LOSS).noting("what it holds goes with it")
                  : ObjectAccess.removed(change);
          case CHANGED -> changed(change, was, becomes, moved);
        });
  }

  private static Difference changed(Difference change, Placed was, Placed becomes, boolean moved) {
    var fields = new ArrayList<>(FieldChanges.between(was.object(), becomes.object()));
    var judged = change;
    if (moved) {
      fields.add(
          0, new FieldChange("(file)", Optional.of(was.file()), Optional.of(becomes.file())));
      judged = judged.in(List.of(was.file(), becomes.file()));
    }
    judged = ObjectUpdate.judged(judged.with(fields), was.object(), becomes.object());
    return ObjectAccess.changed(judged, was.object(), becomes.object());
  }
}
