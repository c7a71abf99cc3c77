package dev.fairway.channel;

import dev.fairway.channel.Evidence.Counted;
import dev.fairway.model.Digest;
import dev.fairway.model.EvidenceKind;
import dev.fairway.model.Gate;
import dev.fairway.model.Gates.Approvals;
import dev.fairway.model.Gates.ChangeBudget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges the gates of a channel for a release. A pure function, so that anybody can judge again.
 */
final class Judgement {
  private static final int SHOWN = 3;

  private final Question question;
  private final List<GateResult> results = new ArrayList<>();

  private Judgement(Question question) {
    this.question = question;
  }

  /** Every gate that the channel has, in the order of {@link Gate}. */
  static List<GateResult> of(Question question) {
    var judgement = new Judgement(question);
    judgement.link();
    question.channel().gates().evidence().forEach(judgement::evidence);
    judgement.reverification();
    judgement.soak();
    question.channel().gates().upstreamHealth().ifPresent(judgement::health);
    question.channel().gates().approvals().ifPresent(judgement::approvals);
    question.channel().gates().budget().ifPresent(judgement::budget);
    judgement.freezes();
    return judgement.results.stream().map(judgement::overridden).toList();
  }

  private void met(Gate gate, String detail, String reason, Counted... proofs) {
    results.add(
        GateResult.met(
            gate, detail, reason, Stream.of(proofs).map(proof -> proof.path().file()).toList()));
  }

  private void unmet(Gate gate, String detail, String reason) {
    results.add(GateResult.unmet(gate, detail, reason));
  }

  private void link() {
    var problems = question.linking().problems();
    var clusters = question.linking().versions().size();
    if (problems.isEmpty()) {
      met(Gate.LINK, "", clusters == 1 ? "its cluster links" : clusters + " clusters link");
    } else {
      var more = problems.size() - SHOWN;
      unmet(
          Gate.LINK,
          "",
          problems.stream().limit(SHOWN).collect(Collectors.joining("; "))
              + (more > 0 ? "; and %d more".formatted(more) : ""));
    }
  }

  private void evidence(String kind) {
    var latest = latest(kind, question.channel().name());
    if (latest.isEmpty()) {
      unmet(Gate.EVIDENCE, kind, "nobody has said that it passed" + discounted(kind));
    } else if (latest.get().passed()) {
      var proof = latest.get();
      met(
          Gate.EVIDENCE,
          kind,
          "passed at %s, says %s".formatted(proof.statement().time(), proof.signer().owner()),
          proof);
    } else {
      var proof = latest.get();
      unmet(
          Gate.EVIDENCE,
          kind,
          "failed at %s, says %s; %s"
              .formatted(proof.statement().time(), proof.signer().owner(), having()));
    }
  }

  private Optional<Counted> latest(String kind, String channel) {
    return proofs(kind, channel).reduce((_, later) -> later);
  }

  private Stream<Counted> proofs(String kind, String channel) {
    return question.proofs().stream()
        .filter(proof ->
            proof.statement().kind().equals(kind) && proof.statement().channel().equals(channel));
  }

  private String discounted(String kind) {
    var why =
        question.discounted().stream()
            .filter(evidence -> evidence.path().kind().equals(kind))
            .map(evidence ->
                "one for %s does not count: %s"
                    .formatted(evidence.path().channel(), String.join(", ", evidence.against())))
            .distinct()
            .limit(SHOWN)
            .collect(Collectors.joining("; "));
    return why.isEmpty() ? "" : "; " + why;
  }

  /**
   * What was found wrong, wherever it was found, stops the release everywhere, until it passes
   * where it failed: that it passes on other clusters mends nothing there.
   */
  private void reverification() {
    SortedMap<String, Counted> latest = new TreeMap<>();
    question.proofs().stream()
        .filter(proof -> !EvidenceKind.ALL.contains(proof.statement().kind()))
        .filter(proof -> !isAskedFor(proof.statement()))
        .forEach(proof ->
            latest.put(proof.statement().kind() + " " + proof.statement().channel(), proof));
    latest.values().stream()
        .filter(proof -> !proof.statement().isPassed())
        .forEach(proof ->
            unmet(
                Gate.EVIDENCE,
                "%s in %s".formatted(proof.statement().kind(), proof.statement().channel()),
                "it failed at %s, says %s; %s"
                    .formatted(proof.statement().time(), proof.signer().owner(), having())));
  }

  /** The channel's own gate judges it. */
  private boolean isAskedFor(Statement statement) {
    return statement.channel().equals(question.channel().name())
        && question.channel().gates().evidence().contains(statement.kind());
  }

  private String having() {
    var names = String.join(" and ", question.having());
    return switch (question.having().size()) {
      case 0 -> "no channel has it";
      case 1 -> names + " has it";
      default -> names + " have it";
    };
  }

  private void soak() {
    var soak = question.channel().gates().soak();
    // A hotfix is never without a gate that somebody must go around by name.
    if (soak.isZero() && question.act() != Act.HOTFIX) {
      return;
    }
    switch (question.act()) {
      case ROLLBACK -> met(Gate.SOAK, "", "the channel had it before");
      case HOTFIX -> unmet(Gate.SOAK, "", "a hotfix was in no other channel");
      case PROMOTE, PUBLISH -> soak(soak);
    }
  }

  private void soak(Duration soak) {
    if (question.upstreamSince().isEmpty()) {
      unmet(
          Gate.SOAK, "", "no promotion statement that counts says since when the upstream has it");
      return;
    }
    var since = question.upstreamSince().get();
    var until = since.plus(soak);
    if (question.now().isBefore(until)) {
      results.add(
          GateResult.unmetUntil(
              Gate.SOAK,
              "its upstream has it since %s, which is %s of %s"
                  .formatted(
                      since, Spell.of(Duration.between(since, question.now())), Spell.of(soak)),
              until));
    } else {
      met(Gate.SOAK, "", "its upstream has it since " + since);
    }
  }

  private void health(Duration maxAge) {
    switch (question.act()) {
      case ROLLBACK -> met(Gate.UPSTREAM_HEALTH, "", "the channel had it before");
      case HOTFIX -> unmet(Gate.UPSTREAM_HEALTH, "", "a hotfix runs in no other channel");
      case PROMOTE, PUBLISH -> upstreamHealth(maxAge);
    }
  }

  private void upstreamHealth(Duration maxAge) {
    var upstream = question.channel().upstream().orElse("");
    var latest = latest(EvidenceKind.HEALTH, upstream);
    if (latest.isEmpty()) {
      unmet(
          Gate.UPSTREAM_HEALTH,
          "",
          "nobody has looked at the clusters of " + upstream + discounted(EvidenceKind.HEALTH));
      return;
    }
    var proof = latest.get();
    if (!proof.statement().isPassed()) {
      unmet(
          Gate.UPSTREAM_HEALTH,
          "",
          "at %s not all were well: %s".formatted(proof.statement().time(), ill(proof)));
    } else if (proof.statement().time().plus(maxAge).isBefore(question.now())) {
      unmet(
          Gate.UPSTREAM_HEALTH,
          "",
          "the last look at %s was at %s, more than %s ago"
              .formatted(upstream, proof.statement().time(), Spell.of(maxAge)));
    } else {
      met(Gate.UPSTREAM_HEALTH, "", "all were well at " + proof.statement().time(), proof);
    }
  }

  private static String ill(Counted proof) {
    var ill =
        proof.statement().details().path("clusters").properties().stream()
            .filter(cluster -> !cluster.getValue().asText().equals("healthy"))
            .map(cluster -> cluster.getKey() + ": " + cluster.getValue().asText())
            .sorted()
            .limit(SHOWN)
            .collect(Collectors.joining("; "));
    return ill.isEmpty() ? "it does not say which" : ill;
  }

  private void approvals(Approvals wanted) {
    SortedMap<String, Counted> voices = new TreeMap<>();
    proofs(EvidenceKind.APPROVAL, question.channel().name())
        .filter(proof -> proof.statement().text("group").equals(Optional.of(wanted.group())))
        .filter(proof -> proof.signer().groups().contains(wanted.group()))
        .forEach(proof -> voices.put(proof.signer().owner(), proof));
    var against = voices.values().stream().filter(proof -> !proof.statement().isPassed()).toList();
    var agreed = voices.values().stream().filter(proof -> proof.statement().isPassed()).toList();
    var names = agreed.stream().map(proof -> proof.signer().owner()).toList();
    if (!against.isEmpty()) {
      unmet(Gate.APPROVALS, "", against.getFirst().signer().owner() + " is against it");
    } else if (agreed.size() < wanted.count()) {
      unmet(
          Gate.APPROVALS,
          "",
          "%d of %d of the group %s%s%s"
              .formatted(
                  agreed.size(),
                  wanted.count(),
                  wanted.group(),
                  names.isEmpty() ? "" : ": " + String.join(", ", names),
                  discounted(EvidenceKind.APPROVAL)));
    } else {
      met(Gate.APPROVALS, "", String.join(", ", names), agreed.toArray(Counted[]::new));
    }
  }

  private void budget(ChangeBudget budget) {
    var losses = question.losses();
    var what = "%d deleted, %d replaced".formatted(losses.deleted(), losses.replaced());
    if (losses.deleted() <= budget.deleted() && losses.replaced() <= budget.replaced()) {
      met(Gate.CHANGE_BUDGET, "", what);
      return;
    }
    acknowledgement()
        .ifPresentOrElse(
            proof ->
                met(
                    Gate.CHANGE_BUDGET,
                    "",
                    "%s, acknowledged by %s".formatted(what, proof.signer().owner()),
                    proof),
            () -> unmet(Gate.CHANGE_BUDGET, "", what + tooMuchFor(budget)));
  }

  private Optional<Counted> acknowledgement() {
    return proofs(EvidenceKind.ACKNOWLEDGEMENT, question.channel().name())
        .filter(proof -> proof.statement().isPassed())
        .filter(proof -> question.losses().areAcknowledgedBy(proof.statement().details()))
        .reduce((_, later) -> later);
  }

  private String tooMuchFor(ChangeBudget budget) {
    return ", where %d and %d may be; nobody has acknowledged it%s"
        .formatted(budget.deleted(), budget.replaced(), discounted(EvidenceKind.ACKNOWLEDGEMENT));
  }

  private void freezes() {
    if (question.channel().freezes().isEmpty()) {
      return;
    }
    question
        .frozen()
        .ifPresentOrElse(
            freeze ->
                results.add(
                    new GateResult(
                        Gate.FREEZES,
                        "",
                        GateResult.State.UNMET,
                        freeze.reason(),
                        freeze.until(),
                        List.of())),
            () -> met(Gate.FREEZES, "", "no window is open"));
  }

  /** What a promotion must meet, nobody goes around; there are a hotfix and a rollback for that. */
  private GateResult overridden(GateResult result) {
    var may = question.act() == Act.HOTFIX || question.act() == Act.ROLLBACK;
    if (result.isPassed() || !may || !result.gate().isOverridable()) {
      return result;
    }
    var overrides =
        proofs(EvidenceKind.OVERRIDE, question.channel().name())
            .filter(proof -> proof.statement().isPassed())
            .filter(proof -> proof.signer().overrides().contains(result.gate().keyword()))
            .filter(proof -> names(proof, result.gate()))
            .toList();
    return overrides.stream()
        .filter(proof -> proof.statement().text(KindRules.AFTER).equals(question.after()))
        .reduce((_, later) -> later)
        .map(result::overriddenBy)
        .orElseGet(() ->
            overrides.isEmpty()
                ? result
                : result.and(
                    "the override by %s was for another move"
                        .formatted(overrides.getLast().signer().owner())));
  }

  private static boolean names(Counted override, Gate gate) {
    return override.statement().texts("gates").contains(gate.keyword());
  }

  /** When all can be met by waiting, the time until then; empty when somebody must act. */
  static Optional<Instant> earliest(List<GateResult> results) {
    var unmet = results.stream().filter(result -> !result.isPassed()).toList();
    return unmet.stream().allMatch(result -> result.earliest().isPresent())
        ? unmet.stream().flatMap(result -> result.earliest().stream()).max(Instant::compareTo)
        : Optional.empty();
  }

  static boolean isPassed(List<GateResult> results) {
    return results.stream().allMatch(GateResult::isPassed);
  }

  /** The files that any of the gates stands on. */
  static List<Digest> evidence(List<GateResult> results) {
    return results.stream()
        .flatMap(result -> result.evidence().stream())
        .distinct()
        .sorted()
        .toList();
  }
}
