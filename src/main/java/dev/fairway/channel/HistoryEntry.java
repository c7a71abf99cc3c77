package dev.fairway.channel;

import dev.fairway.model.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One time that a channel came to a release.
 *
 * @param commit on the channel's branch
 * @param time at which the channel moved; of the commit's making where no statement says it
 * @param by whose key signed the commit
 * @param source the commit that the release was compiled from
 * @param from the branch and commit that it was taken from
 * @param approvedBy who approved it
 * @param overridden gates that were gone around, each with by whom and why
 * @param clusters how many were linked with it
 * @param stated whether a statement that counts says so
 */
public record HistoryEntry(
    String channel,
    String commit,
    Act act,
    Digest release,
    Instant time,
    String by,
    String source,
    String from,
    List<String> approvedBy,
    List<String> overridden,
    int clusters,
    boolean stated) {
  public HistoryEntry {
    approvedBy = List.copyOf(approvedBy);
    overridden = List.copyOf(overridden);
  }

  static HistoryEntry of(Scene scene, String channel, PromotionCommit commit, Instant now) {
    var policy = scene.policyOf(commit).value();
    var statement = scene.stated(channel, commit, now);
    var said = statement.flatMap(PromotionStatement::read);
    return new HistoryEntry(
        channel,
        commit.id().name(),
        commit.act(),
        commit.trailers().release(),
        statement.map(found -> found.statement().time()).orElse(commit.time()),
        signer(commit, policy),
        commit.trailers().source().name(),
        commit.trailers().from() + "@" + commit.trailers().fromCommit().name(),
        said.map(PromotionStatement::approvals).orElse(List.of()),
        said.map(PromotionStatement::overridden).orElse(List.of()),
        said.map(made -> made.linking().versions().size()).orElse(0),
        said.isPresent());
  }

  private static String signer(PromotionCommit commit, Optional<PolicyFiles.PolicyAt> policy) {
    return switch (commit.signed()) {
      case Signed.Wrong(var why) -> "nobody: " + why;
      case Signed.By by ->
          policy
              .flatMap(at -> at.policies().trust().find(by.key()))
              .map(key -> key.owner())
              .orElse(by.fingerprint());
    };
  }
}
