package dev.fairway.diff;

import java.util.Optional;

/**
 * A field that differs.
 *
 * @param path such as {@code spec.template.spec.containers[name=web].image}
 * @param was as text, JSON where it is no text; empty when only the new release has it
 * @param becomes the same of the new release; empty when it no longer has it
 */
public record FieldChange(String path, Optional<String> was, Optional<String> becomes)
    implements Comparable<FieldChange> {

  /** As it reads when the two releases change places. */
  public FieldChange mirrored() {
    return new FieldChange(path, /* was= */ becomes, /* becomes= */ was);
  }

  /** Whether it is a text of several lines, of which a reader wants those that differ. */
  public boolean isLong() {
    return was.orElse("").contains("\n") || becomes.orElse("").contains("\n");
  }

  public LineDiff lines() {
    return LineDiff.between(was.orElse(""), becomes.orElse(""));
  }

  FieldChange below(String prefix) {
    return new FieldChange(prefix + path, was, becomes);
  }

  @Override
  public int compareTo(FieldChange other) {
    return path.compareTo(other.path);
  }
}
