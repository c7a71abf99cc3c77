package dev.fairway.channel;

import dev.fairway.channel.Evidence.Counted;
import dev.fairway.channel.PolicyFiles.PolicyAt;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.DidYouMean;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Channel;
import dev.fairway.model.Digest;
import dev.fairway.model.Trust;
import dev.fairway.release.Release;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;

/** All that an act looks at, as it was at one moment: branches, policy, evidence. */
final class Scene {
  /** Enough of a commit's name for people. */
  private static final int SHORT = 12;

  private final ChannelRepository repository;
  private final Branches branches;
  private final PolicyFiles policies;
  private final PolicyAt policy;
  private final EvidenceBranch evidence;
  private final EvidenceLog log;
  private final MainLog main;
  private final ReleaseTrees trees;

  private final Map<ObjectId, Outcome<Release>> releases;
  private final Map<Heard, List<Evidence>> heard = new LastFew<>();

  private final Map<ObjectId, Boolean> ofMain;

  private Scene(
      ChannelRepository repository, Branches branches, PolicyFiles policies, PolicyAt policy) {
    this.repository = repository;
    this.branches = branches;
    this.policies = policies;
    this.policy = policy;
    this.evidence = new EvidenceBranch(repository.git(), branches.tip(Branches.EVIDENCE));
    this.log = new EvidenceLog(repository.git(), evidence.tip());
    this.main = new MainLog(repository.git(), policy.commit());
    this.trees = ReleaseTrees.of(repository.git());
    this.releases = new LastFew<>();
    this.ofMain = new HashMap<>();
  }

  private Scene(Scene later, EvidenceBranch evidence) {
    this.repository = later.repository;
    this.branches = later.branches;
    this.policies = later.policies;
    this.policy = later.policy;
    this.evidence = evidence;
    this.log = later.log;
    this.main = later.main;
    this.trees = later.trees;
    this.releases = later.releases;
    this.ofMain = later.ofMain;
  }

  /**
   * With the evidence that there was when a statement was added, and no later one: what was judged
   * then. Empty when the branch does not have the statement.
   */
  Optional<Scene> asOf(EvidencePath statement) {
    return log.given(statement).map(then -> new Scene(this, then));
  }

  /**
   * The remote, or what the clone remembers of it: then all that belongs together must have been
   * fetched, or what nobody took away would seem to be gone.
   */
  static Scene of(ChannelRepository repository, boolean offline) {
    if (!offline) {
      return of(repository, repository.fetch());
    }
    var branches = repository.remembered();
    repository.requireFetched(branches, List.of(Branches.MAIN));
    var scene = of(repository, branches);
    repository.requireFetched(branches, scene.policy.needed(branches));
    return scene;
  }

  /** By the policy of main's tip. */
  static Scene of(ChannelRepository repository, Branches branches) {
    var main =
        branches
            .tip(Branches.MAIN)
            .orElseThrow(() ->
                Refusal.of(
                    Code.NO_BRANCH,
                    "the remote has no branch main, which would say what its channels are",
                    "push main, with channels/ in it"));
    var policies = repository.policies();
    var policy = GitFailure.unwrap(policies.read(main));
    return new Scene(repository, branches, policies, policy);
  }

  ChannelRepository repository() {
    return repository;
  }

  Branches branches() {
    return branches;
  }

  PolicyAt policy() {
    return policy;
  }

  PolicyFiles policies() {
    return policies;
  }

  MainLog main() {
    return main;
  }

  ReleaseTrees trees() {
    return trees;
  }

  EvidenceBranch evidence() {
    return evidence;
  }

  /** When evidence was last added to, as who did it says. */
  Optional<Instant> said() {
    return evidence.tip().map(repository::commit).map(EvidenceDates::time);
  }

  /**
   * That evidence was not last added to at a time that is still to come: else the clock is wrong
   * here or was there, or somebody dates ahead what is judged by its time.
   */
  void requirePast(Instant now) {
    evidence
        .tip()
        .map(repository::commit)
        .filter(last -> EvidenceDates.time(last).isAfter(now.plus(EvidenceJudge.CLOCKS_APART)))
        .ifPresent(this::requireEnded);
  }

  private void requireEnded(RevCommit ahead) {
    EvidenceDates.byWhom(ahead, policy.policies().trust())
        .ifPresent(key -> {
          throw Refusal.of(
              Code.FUTURE_EVIDENCE,
              "evidence was added to by %s at %s, which is still to come"
                  .formatted(key.owner(), EvidenceDates.time(ahead)),
              "set this machine's clock; where it is right, end that key in channels/trust.yaml;"
                  + " nothing was changed");
        });
  }

  /**
   * When evidence was last added to before it was for the last time, if that was after a time:
   * whoever added to it then knew that it was later. A key that main ended before that says nothing
   * of it, else what it dated ahead would be in the way of all who follow.
   */
  Optional<Instant> saidAfter(Instant time) {
    return Stream.iterate(
            evidence.tip().flatMap(this::before),
            Optional::isPresent,
            last -> last.flatMap(this::before))
        .flatMap(Optional::stream)
        .map(repository::commit)
        .takeWhile(last -> EvidenceDates.time(last).isAfter(time))
        .filter(last -> EvidenceDates.byWhom(last, policy.policies().trust()).isPresent())
        .map(EvidenceDates::time)
        .findFirst();
  }

  private Optional<ObjectId> before(ObjectId commit) {
    var parents = repository.commit(commit).getParents();
    return parents.length == 0 ? Optional.empty() : Optional.of(parents[0].getId());
  }

  /** The channel of the name, by the policy in force. */
  Channel channel(String name) {
    return policy
        .policies()
        .find(name)
        .orElseThrow(() ->
            Refusal.of(
                Code.NO_CHANNEL,
                name + " is no channel",
                DidYouMean.remedy(
                    name, policy.policies().channels().stream().map(Channel::name).toList())));
  }

  /** What the channel has; empty when nothing ever entered it. */
  Optional<PromotionCommit> tip(Channel channel) {
    return branches
        .tip(channel.branch())
        .map(tip -> GitFailure.unwrap(PromotionCommit.read(repository.commit(tip))));
  }

  /** The release of a commit, every file of it held against its manifest. */
  Outcome<Release> release(PromotionCommit commit) {
    var sound = releases.values().stream().flatMap(read -> read.value().stream()).findFirst();
    return releases.computeIfAbsent(
        commit.tree(), tree -> trees.read(tree, commit.id().abbreviate(SHORT).name(), sound));
  }

  /** The channels that have the release now. */
  List<String> having(Digest release) {
    return policy.policies().channels().stream()
        .filter(channel -> has(channel, release))
        .map(Channel::name)
        .toList();
  }

  /** One whose tip can't be read has nothing that anybody could name. */
  private boolean has(Channel channel, Digest release) {
    return branches
        .tip(channel.branch())
        .flatMap(tip -> PromotionCommit.read(repository.commit(tip)).value())
        .filter(tip -> tip.trailers().release().equals(release))
        .isPresent();
  }

  /** A question that an act asks several times. */
  private record Heard(Digest release, Trust trust, Instant now) {}

  /** Everything that anybody said of the release, as the trust and the time judge it. */
  List<Evidence> evidence(Digest release, Trust trust, Instant now) {
    return heard.computeIfAbsent(
        new Heard(release, trust, now), _ -> evidence.of(release, judge(trust, now)));
  }

  /** Of what is on the branch. */
  EvidenceJudge judge(Trust trust, Instant now) {
    return new EvidenceJudge(trust, now, Optional.of(log));
  }

  /** By the keys as main's tip has them. */
  EvidenceJudge judge(Instant now) {
    return judge(policy.policies().trust(), now);
  }

  /** The statement by which the channel moved to the commit, by the keys of that one's policy. */
  Optional<Counted> stated(String channel, PromotionCommit commit, Instant now) {
    return policyOf(commit)
        .value()
        .flatMap(at -> stated(channel, commit, at.policies().trust(), now));
  }

  private Optional<Counted> stated(
      String channel, PromotionCommit commit, Trust trust, Instant now) {
    var found =
        evidence.promotions(channel, commit.trailers().release(), judge(trust, now)).stream()
            .filter(Counted.class::isInstance)
            .map(Counted.class::cast)
            // Nobody can have moved to a commit before it was made.
            .filter(one -> !one.statement().time().isBefore(commit.time()))
            .filter(one ->
                one.statement()
                    .moved()
                    .filter(moved -> moved.commit().equals(commit.id().name()))
                    .isPresent())
            .toList();
    // Of several the one that was there first, whatever time a later one names.
    return found.size() < 2
        ? found.stream().findFirst()
        : found.stream()
            .max(
                Comparator.comparingInt((Counted one) -> log.age(one.path()))
                    .thenComparing(Counted.BY_TIME.reversed()));
  }

  /**
   * The statements by which the channel moved that came after one that this scene has; without
   * that, all of them. What keys are good for is what main's tip says of them: so a thief's
   * statements end with the key that was stolen, whatever time they name.
   */
  List<Counted> moves(String channel, Optional<EvidencePath> after, Instant now) {
    var before =
        after
            .map(statement -> log.given(statement).orElseThrow())
            .orElseGet(() -> new EvidenceBranch(repository.git(), Optional.empty()));
    return evidence.moves(channel, before, judge(now)).stream()
        .filter(Counted.class::isInstance)
        .map(Counted.class::cast)
        .toList();
  }

  /** The policy that a commit was judged by, which must be one of main. */
  Outcome<PolicyAt> policyOf(PromotionCommit commit) {
    var at = commit.trailers().policy();
    if (!ofMain.computeIfAbsent(at, this::isOfMain)) {
      if (isMerged(at)) {
        return Refusal.mergedOnly(
                "the commit %s names the policy of %s".formatted(commit.id().name(), at.name()))
            .outcome();
      }
      return Refusal.of(
              Code.BROKEN_CHAIN,
              "the commit %s names the policy of %s, which is no commit of main"
                  .formatted(commit.id().name(), at.name()),
              Refusal.FOREIGN_COMMIT)
          .outcome();
    }
    return policies.read(at);
  }

  /** Whether main has the commit only by a merge, of whichever side. */
  boolean isMerged(ObjectId commit) {
    return repository.precedes(commit, branches.tip(Branches.MAIN).orElseThrow());
  }

  /** Whether main ever stood at the commit. */
  boolean isOfMain(ObjectId commit) {
    return repository.has(commit)
        && repository.stoodAt(commit, branches.tip(Branches.MAIN).orElseThrow());
  }
}
