package dev.fairway.deploy.kubernetes;

import java.util.List;

/**
 * What applying an object does, or did.
 *
 * @param fields the paths that differ, such as {@code .spec.replicas}, when it is CHANGED
 */
public record ObjectChange(ObjectRef ref, Kind kind, List<String> fields) {

  /** What became of an object. */
  public enum Kind {
    CREATED,
    CHANGED,
    UNCHANGED
  }

  public ObjectChange {
    fields = List.copyOf(fields);
  }

  static ObjectChange created(ObjectRef ref) {
    return new ObjectChange(ref, Kind.CREATED, List.of());
  }

  /** Nothing when no field differs. */
  static ObjectChange of(ObjectRef ref, List<String> fields) {
    return new ObjectChange(ref, fields.isEmpty() ? Kind.UNCHANGED : Kind.CHANGED, fields);
  }

  public boolean isChange() {
    return kind != Kind.UNCHANGED;
  }
}
