package dev.fairway.diff;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One thing that two releases do not have alike.
 *
 * @param files of the release that it stands in: two when it moved
 * @param subject what it is called there: a logical id, {@code Deployment kube-system/coredns}, a
 *     path on a node, a symbol
 * @param kind what it is: a resource's type, a {@code unit}, {@code ingress}
 * @param fields those that differ, of what both have
 * @param note why it is a risk, or what else there is to know
 */
public record Difference(
    Area area,
    Act act,
    List<String> files,
    String subject,
    String kind,
    Risk risk,
    List<FieldChange> fields,
    Optional<String> note)
    implements Comparable<Difference> {
  private static final Comparator<Difference> ORDER =
      Comparator.comparing(Difference::area)
          .thenComparing(it -> String.join(" ", it.files()))
          .thenComparing(Difference::subject)
          .thenComparing(Difference::kind)
          .thenComparing(Difference::act)
          .thenComparing(it -> it.fields().toString());

  public Difference {
    files = List.copyOf(files);
    fields = List.copyOf(fields);
  }

  static Difference of(Area area, Act act, String file, String subject, String kind) {
    var risk = act == Act.REMOVED ? Risk.REMOVAL : Risk.ORDINARY;
    return new Difference(
        area, act, List.of(file), subject, kind, risk, List.of(), Optional.empty());
  }

  static Difference changed(
      Area area, String file, String subject, String kind, List<FieldChange> fields) {
    return of(area, Act.CHANGED, file, subject, kind).with(fields);
  }

  Difference with(List<FieldChange> changed) {
    return new Difference(area, act, files, subject, kind, risk, changed, note);
  }

  Difference in(List<String> others) {
    return new Difference(area, act, others, subject, kind, risk, fields, note);
  }

  /** The same with at least that risk. */
  Difference risking(Risk worse) {
    return new Difference(area, act, files, subject, kind, risk.or(worse), fields, note);
  }

  /** The same where its risk is told elsewhere. */
  Difference harmless() {
    return new Difference(area, act, files, subject, kind, Risk.ORDINARY, fields, note);
  }

  Difference noting(String why) {
    return new Difference(area, act, files, subject, kind, risk, fields, Optional.of(why));
  }

  @Override
  public int compareTo(Difference other) {
    return ORDER.compare(this, other);
  }
}
