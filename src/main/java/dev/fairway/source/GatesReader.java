package dev.fairway.source;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.model.EvidenceKind;
import dev.fairway.model.Gates;
import dev.fairway.model.Gates.Approvals;
import dev.fairway.model.Gates.ChangeBudget;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The gates of a channel's policy. */
final class GatesReader {
  /** More kinds of tests, or people, than anybody waits for. */
  private static final int MOST = 20;

  /** More than a release has. */
  private static final int MOST_OBJECTS = 100_000;

  /** Of the kinds that Fairway gives a meaning, these have gates of their own. */
  private static final Set<String> OF_OTHER_GATES = Set.copyOf(EvidenceKind.ALL);

  private static final Shape<Approvals> APPROVALS =
      Shape.object("approvals", GatesReader::approvals);
  private static final Shape<ChangeBudget> CHANGE_BUDGET =
      Shape.object("a change budget", GatesReader::changeBudget);

  private GatesReader() {}

  /**
   * @param first whether the channel has no upstream, where nothing can be waited for
   */
  static Shape<Gates> shape(boolean first) {
    return Shape.object("the gates", in -> read(in, first));
  }

  private static Optional<Gates> read(ObjectReader in, boolean first) {
    var evidence =
        in.optional("evidence", Shape.list(ChannelShapes.KIND, 1, MOST), List.<String>of());
    var soak = in.optional("soak", ChannelShapes.DURATION, Duration.ZERO);
    var health = in.optional("upstream_health", ChannelShapes.DURATION);
    var approvals = in.optional("approvals", APPROVALS);
    var budget = in.optional("change_budget", CHANGE_BUDGET);
    checkKinds(in, evidence);
    if (first) {
      refuseWithoutUpstream(in, soak);
      refuseWithoutUpstream(in, health);
    }
    return in.build(() ->
        new Gates(evidence.get(), soak.get(), health.value(), approvals.value(), budget.value()));
  }

  private static void checkKinds(ObjectReader in, Field<List<String>> evidence) {
    var kinds = evidence.value().orElse(List.of());
    for (var i = 0; i < kinds.size(); i++) {
      if (OF_OTHER_GATES.contains(kinds.get(i))) {
        in.broken(
            Diagnostic.at(
                in.itemSpan(evidence.name(), i),
                Code.UNKNOWN_VALUE,
                "evidence asks for %s, which is no test's result".formatted(kinds.get(i)),
                "ask by approvals, upstream_health or change_budget; evidence is for tests of"
                    + " your own, such as load-test"));
      }
    }
  }

  private static void refuseWithoutUpstream(ObjectReader in, Field<?> field) {
    if (in.has(field.name())) {
      in.broken(
          Diagnostic.at(
              in.keySpan(field.name()),
              Code.CONFLICTING_KEYS,
              field.name() + " stands without upstream",
              "remove it: a release that comes from no channel has been nowhere before"));
    }
  }

  private static Optional<Approvals> approvals(ObjectReader in) {
    var count = in.required("count", Shape.whole(1, MOST));
    var group = in.required("group", Shapes.NAME);
    return in.build(() -> new Approvals(count.get(), group.get()));
  }

  private static Optional<ChangeBudget> changeBudget(ObjectReader in) {
    var deleted = in.required("deleted", Shape.whole(0, MOST_OBJECTS));
    var replaced = in.required("replaced", Shape.whole(0, MOST_OBJECTS));
    return in.build(() -> new ChangeBudget(deleted.get(), replaced.get()));
  }
}
