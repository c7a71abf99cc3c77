package dev.fairway.channel;

import dev.fairway.channel.EvidenceBranch.Addition;
import dev.fairway.channel.Pace.Step;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.TrustedKey;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Adding to the branch {@code evidence} and reading it. Adding is one push: killed at any time, it
 * has happened or it has not, and running it again is harmless.
 *
 * @param repository a clone; its work tree and index are not touched
 */
public record EvidenceActs(ChannelRepository repository, InstantSource clock) {
  /** Whoever loses that often is told so; each time somebody else won. */
  private static final int ROUNDS = 50;

  /**
   * Adds a statement, or finds that it is there.
   *
   * @param plan whether only to say what would be added
   */
  public Outcome<EvidenceReport> add(EvidenceWish wish, SigningKey key, boolean plan) {
    // One time for all rounds: a round that was lost though its push arrived finds its own file.
    var time = now();
    return outcome(() -> {
      for (var round = 0; round < ROUNDS; round++) {
        var report = round(wish, key, plan, time);
        if (report.isPresent()) {
          return report.get();
        }
      }
      throw Refusal.of(
          Code.RESTLESS_CHANNEL,
          "others added evidence %d times while this was under way".formatted(ROUNDS),
          "run it again when they are done; nothing was changed");
    });
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** Empty when a race was lost. */
  private Optional<EvidenceReport> round(
      EvidenceWish wish, SigningKey key, boolean plan, Instant time) {
    var scene = Scene.of(repository, repository.fetch());
    // Anew: others have added to it since the first round.
    var now = now();
    scene.requirePast(now);
    var statement = GitFailure.unwrap(wish.statement(scene, time));
    EvidenceAudit.require(scene, scene.channel(statement.channel()), now);
    var addition = Addition.of(statement, key);
    var signer = signer(scene, addition, now);
    var report = new EvidenceReport(addition.path(), statement, signer.owner(), State.ADDED, plan);
    if (scene.evidence().has(addition.path())) {
      return Optional.of(report.with(State.NOTHING_TO_DO));
    }
    return plan || pushed(scene, addition, key, signer, now)
        ? Optional.of(report)
        : Optional.empty();
  }

  /** What became, or would become, of a statement. */
  public enum State {
    /** It is there already, to the byte. */
    NOTHING_TO_DO,
    /** It is there now. */
    ADDED
  }

  /** What does not count for those who read it is not written. */
  private static TrustedKey signer(Scene scene, Addition addition, Instant now) {
    var judge = new EvidenceJudge(scene.policy().policies().trust(), now);
    return switch (judge.judge(addition.path(), addition.envelope().file())) {
      case Evidence.Counted(_, _, var key) when key.isValidAt(now) -> key;
      case Evidence.Counted(_, _, var key) ->
          throw untrusted("the key of %s is not valid now, at %s".formatted(key.owner(), now));
      case Evidence.Rejected rejected -> throw untrusted(String.join("; ", rejected.against()));
    };
  }

  private static GitFailure untrusted(String why) {
    return Refusal.of(
        Code.UNTRUSTED_KEY,
        "it would not count: " + why,
        "sign with a key that channels/trust.yaml on main lets say this; nothing was written");
  }

  private boolean pushed(
      Scene scene, Addition addition, SigningKey key, TrustedKey signer, Instant now) {
    repository.pace().before(Step.WRITE_EVIDENCE);
    var commit = scene.evidence().with(List.of(addition), key, signer, now);
    var from = scene.branches().tip(Branches.EVIDENCE);
    var move = RefMove.forward(Branches.EVIDENCE, from, commit);
    return repository.push(List.of(move)) instanceof PushOutcome.Pushed;
  }

  /**
   * What was said, judged by the keys of main's tip, by path.
   *
   * @param channel empty for all
   * @param release the beginning of its digest; empty for all
   * @param offline whether to read what the clone remembers, without asking the remote
   */
  public Outcome<List<Evidence>> list(
      Optional<String> channel, Optional<String> release, boolean offline) {
    return outcome(() -> {
      var scene = Scene.of(repository, offline);
      channel.ifPresent(scene::channel);
      var judge = judge(scene);
      return channel
          .map(name -> scene.evidence().of(name, judge))
          .orElseGet(() -> scene.evidence().all(judge))
          .stream()
          .filter(found ->
              release.filter(name -> !Promotions.isCalled(found.path().release(), name)).isEmpty())
          .toList();
    });
  }

  private EvidenceJudge judge(Scene scene) {
    return scene.judge(clock.instant());
  }

  /**
   * Verifies the whole branch: every commit of it and every file. What does not count is a warning,
   * because a branch that is only added to has it for ever.
   */
  public Outcome<Intact> verify(boolean offline) {
    return GitFailure.outcomeOf(() -> {
      var scene = Scene.of(repository, offline);
      var tip = scene.evidence().tip();
      if (tip.isEmpty()) {
        return Refusal.of(
                Code.NO_BRANCH,
                "there is no branch evidence to verify",
                "fetch it: " + repository.fetchAll())
            .outcome();
      }
      var audit = EvidenceAudit.of(scene);
      var files = scene.evidence().all(judge(scene));
      var discounted = files.stream().flatMap(found -> discounted(found).stream()).toList();
      return Outcome.unlessErrors(
          audit.plus(new Diagnostics(discounted)),
          () -> new Intact(tip.get().name(), files.size(), files.size() - discounted.size()));
    });
  }

  /**
   * A branch on which nothing was tampered with.
   *
   * @param tip the commit that it was verified at
   * @param statements how many it has
   * @param counting how many of them count
   */
  public record Intact(String tip, int statements, int counting) {}

  private static Optional<Diagnostic> discounted(Evidence evidence) {
    return switch (evidence) {
      case Evidence.Counted _ -> Optional.empty();
      case Evidence.Rejected rejected ->
          Optional.of(
              Diagnostic.general(
                  Code.DISCOUNTED_EVIDENCE,
                  "%s by %s: %s"
                      .formatted(
                          rejected.path(),
                          rejected.signedBy(),
                          String.join("; ", rejected.against())),
                  "no gate hears it; let somebody who is trusted for it say it again"));
    };
  }

  private static <T> Outcome<T> outcome(Supplier<T> act) {
    return GitFailure.outcomeOf(() -> Outcome.of(act.get()));
  }
}
