package dev.fairway.channel;

import dev.fairway.channel.Evidence.Counted;
import dev.fairway.channel.Evidence.Rejected;
import dev.fairway.model.Channel;
import dev.fairway.model.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that the judgement of a release's gates depends on: two who ask the same are answered the
 * same, today or in ten years.
 *
 * @param channel with the policy in force
 * @param proofs statements about the release that count, of any channel
 * @param discounted statements about the release that do not, and why, for who wonders
 * @param having the channels whose tip is the release
 * @param after the commit that the channel moves away from; empty for its first
 * @param upstreamSince since when the upstream's tip is the release; empty if it is not known or
 *     not so
 * @param now the time of the judgement
 * @param frozen the freeze that the channel is in
 */
record Question(
    Act act,
    Channel channel,
    Digest release,
    List<Counted> proofs,
    List<Rejected> discounted,
    List<String> having,
    Optional<String> after,
    Optional<Instant> upstreamSince,
    Instant now,
    Optional<Frozen> frozen,
    Losses losses,
    Linking linking) {
  Question {
    proofs = proofs.stream().sorted(Counted.BY_TIME).toList();
    discounted = List.copyOf(discounted);
    having = List.copyOf(having);
  }
}
