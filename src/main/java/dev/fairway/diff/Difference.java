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
 * @param fate of the resource or object itself: how bad it is, the risk says
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
    Fate fate,
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
    var fate = act == Act.REMOVED ? Fate.DELETED : Fate.KEPT;
    return new Difference(
        area, act, List.of(file), subject, kind, risk, fate, List.of(), Optional.empty());
  }

  static Difference changed(
      Area area, String file, String subject, String kind, List<FieldChange> fields) {
    return of(area, Act.CHANGED, file, subject, kind).with(fields);
  }

  Difference with(List<FieldChange> changed) {
    return new Difference(area, act, files, subject, kind, risk, fate, changed, note);
  }

  Difference in(List<String> others) {
    return new Difference(area, act, others, subject, kind, risk, fate, fields, note);
  }

  /** The same with at least that risk. */
  Difference risking(Risk worse) {
    return new Difference(area, act, files, subject, kind, risk.or(worse), fate, fields, note);
  }

  /** The same where at least that becomes of it. */
  Difference meeting(Fate harder) {
    return new Difference(area, act, files, subject, kind, risk, fate.or(harder), fields, note);
  }

  /** The same where its risk is told elsewhere. */
  Difference harmless() {
    return new Difference(area, act, files, subject, kind, Risk.ORDINARY, fate, fields, note);
  }

  Difference noting(String why) {
    return new Difference(area, act, files, subject, kind, risk, fate, fields, Optional.of(why));
  }

  /** The same with one thing more to know. */
  Difference alsoNoting(String why) {
    return noting(note.map(known -> known + "; " + why).orElse(why));
  }

  /** One more thing that is a risk about it, said where it is not the least of them. */
  Difference because(Risk why, String words) {
    return risking(why).alsoNoting(words);
  }

  @Override
  public int compareTo(Difference other) {
    return ORDER.compare(this, other);
  }
}
