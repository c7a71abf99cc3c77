package dev.fairway.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.access.Answer.Authenticated;
import dev.fairway.access.Answer.Refused;
import dev.fairway.access.Answer.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerCacheTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final AnswerCache.Bounds BOUNDS =
      new AnswerCache.Bounds(Duration.ofSeconds(60), Duration.ofSeconds(10), 3);

  private final AnswerCache cache = new AnswerCache(BOUNDS);

  private static Answer good(Duration left) {
    return new Authenticated("oauth:alice", List.of("ReadOnly"), NOW.plus(left));
  }

  @Test
  void aGoodAnswerIsKeptForItsTimeAndNotLonger() {
    cache.put("a", good(Duration.ofHours(1)), NOW);

    assertThat(cache.get("a", NOW.plusSeconds(59))).contains(good(Duration.ofHours(1)));
    assertThat(cache.get("a", NOW.plusSeconds(60))).isEmpty();
    assertThat(cache.size()).isZero();
  }

  @Test
  void noAnswerOutlivesItsToken() {
    cache.put("a", good(Duration.ofSeconds(5)), NOW);

    assertThat(cache.get("a", NOW.plusSeconds(4))).isPresent();
    assertThat(cache.get("a", NOW.plusSeconds(5))).isEmpty();
  }

  /** One that has expired is taken for some seconds, as clocks differ, and is asked about anew. */
  @Test
  void whatHasExpiredIsNotKept() {
    cache.put("a", good(Duration.ofSeconds(-5)), NOW);

    assertThat(cache.get("a", NOW)).isEmpty();
  }

  @Test
  void aRefusalIsKeptForAShorterTime() {
    cache.put("a", new Refused("it has expired"), NOW);

    assertThat(cache.get("a", NOW.plusSeconds(9))).isPresent();
    assertThat(cache.get("a", NOW.plusSeconds(10))).isEmpty();
  }

  @Test
  void thatNobodyCouldSayIsNotKept() {
    cache.put("a", new Unavailable("the roles service answers 503"), NOW);

    assertThat(cache.get("a", NOW)).isEmpty();
  }

  @Test
  void badTokensPushNoGoodOneOut() {
    cache.put("good", good(Duration.ofHours(1)), NOW);
    for (var number = 0; number < 100; number++) {
      cache.put("bad" + number, new Refused("it is no signed JWT"), NOW);
    }

    assertThat(cache.get("good", NOW)).isPresent();
    assertThat(cache.size()).isEqualTo(1 + BOUNDS.size());
  }

  @Test
  void aTokenIsNotItsName() {
    assertThat(AnswerCache.key("secret-token")).hasSize(64).doesNotContain("secret");
  }
}
