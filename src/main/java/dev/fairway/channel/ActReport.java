package dev.fairway.channel;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.model.Channel;
import dev.fairway.model.Digest;
import dev.fairway.model.Gates.Approvals;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an act came to, or would come to.
 *
 * @param to the channel, as the policy in force has it
 * @param plan whether nothing was done
 * @param release that the channel has now, or is to have
 * @param before what it had
 * @param gates what came of each; empty when there was nothing to judge
 * @param commit that the channel or the pull request's branch stands at; empty where none was made
 * @param head the branch of the pull request; empty when none is needed
 * @param left the release at hand that the channel went away from, and so does not take by itself
 */
public record ActReport(
    Act act,
    Channel to,
    State state,
    boolean plan,
    Digest release,
    Optional<Digest> before,
    List<GateResult> gates,
    Optional<String> commit,
    Optional<String> head,
    Optional<Left> left) {

  /** Where the channel stands after it. */
  public enum State {
    /** It has the release already. */
    NOTHING_TO_DO,
    /** The commit is on its branch for the pull request. */
    PROPOSED,
    /** So it is, and gates are not met. */
    WAITING,
    /** The channel has the release. */
    MOVED
  }

  /**
   * A release that a rollback or a hotfix went away from.
   *
   * @param upstream that has it; empty where it is published
   */
  public record Left(Digest release, Optional<String> upstream) {}

  public ActReport {
    gates = List.copyOf(gates);
  }

  public String channel() {
    return to.name();
  }

  /** The channel's branch. */
  public String base() {
    return to.branch();
  }

  /** When all unmet gates are met by themselves. */
  public Optional<Instant> earliest() {
    return Judgement.earliest(gates);
  }

  /** A diagnostic for each gate that is not met. */
  public Diagnostics diagnostics() {
    return new Diagnostics(
        gates.stream().filter(gate -> !gate.isPassed()).map(this::diagnostic).toList());
  }

  private Diagnostic diagnostic(GateResult gate) {
    return Diagnostic.general(
        Code.GATE_NOT_MET,
        "%s: the gate %s is not met: %s".formatted(channel(), gate.name(), gate.reason()),
        gate.earliest()
            .map(time -> "it is met at %s; run it again then".formatted(time))
            .orElseGet(() -> remedy(gate)));
  }

  private String remedy(GateResult gate) {
    var isUrgent = act == Act.HOTFIX || act == Act.ROLLBACK;
    return isUrgent && gate.gate().isOverridable()
        ? "go around it, if you must: --override %s --reason WHY".formatted(gate.gate().keyword())
        : patientRemedy(gate);
  }

  /** What failed in another channel must pass there. */
  private String evidenceRemedy(String kind) {
    var place = (kind + " in " + channel()).split(" in ", 3);
    return "test the release, and say so: fairway evidence add %s --kind %s"
        .formatted(place[1], place[0]);
  }

  private String patientRemedy(GateResult gate) {
    return switch (gate.gate()) {
      case LINK -> "correct the clusters' records on main, or the platform";
      case EVIDENCE -> evidenceRemedy(gate.detail());
      case SOAK -> "wait until its upstream has had it for long enough";
      case UPSTREAM_HEALTH -> "look at the upstream's clusters, and say how they are";
      case APPROVALS ->
          "ask members of the group: fairway approve %s --group %s"
              .formatted(channel(), to.gates().approvals().map(Approvals::group).orElse("GROUP"));
      case CHANGE_BUDGET ->
          "look at what is lost with fairway diff, and acknowledge it, or change the platform";
      case FREEZES -> "wait until the window ends";
    };
  }
}
