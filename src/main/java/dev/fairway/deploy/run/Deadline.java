package dev.fairway.deploy.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Until when something may take. */
public final class Deadline {
  private final InstantSource clock;
  private final Instant end;

  private Deadline(InstantSource clock, Instant end) {
    this.clock = clock;
    this.end = end;
  }

  public static Deadline in(Duration limit, InstantSource clock) {
    return new Deadline(clock, clock.instant().plus(limit));
  }

  /** An earlier end within this one: a part may not take longer than the whole. */
  public Deadline within(Duration limit) {
    var earlier = clock.instant().plus(limit);
    return new Deadline(clock, earlier.isBefore(end) ? earlier : end);
  }

  public boolean isOver() {
    return !clock.instant().isBefore(end);
  }

  /**
   * Asks until there is an answer, at least once, and a last time when the time is over: empty when
   * there is none then either.
   *
   * @param pause between one question and the next
   */
  public <T> Optional<T> poll(Duration pause, Supplier<Optional<T>> question) {
    while (true) {
      var answer = question.get();
      if (answer.isPresent() || isOver()) {
        return answer;
      }
      sleep(pause);
    }
  }

  private void sleep(Duration pause) {
    var left = Duration.between(clock.instant(), end);
    try {
      Thread.sleep(pause.compareTo(left) < 0 ? pause : left);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("nobody interrupts a deploy but by ending its process", e);
    }
  }
}
