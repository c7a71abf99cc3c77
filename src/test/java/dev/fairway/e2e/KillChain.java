package dev.fairway.e2e;

import dev.fairway.e2e.FairwayProcess.Ended;
import dev.fairway.e2e.KilledDeploys.Killed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What was done to one cluster: deploys that were killed, each after the other, and the one that
 * then came to its end.
 *
 * @param deaths the steps at which the killed ones were
 * @param took all of them together
 */
record KillChain(String name, List<String> deaths, Duration took) {
  /** More in a row prove nothing more, and a run to the end takes as long as two that are killed. */
  static final int LENGTH = 5;

  KillChain {
    deaths = List.copyOf(deaths);
  }

  /** One deploy that is to be killed. */
  interface Attempt {
    Killed run();
  }

  /** Kills every one, and lets the next come to its end, which must be a good one. */
  static KillChain run(String name, List<Attempt> attempts, Supplier<Ended> last) {
    var start = Instant.now();
    var deaths = new ArrayList<String>();
    for (var attempt : attempts) {
      var killed = attempt.run();
      killed.ended().ifPresent(Ended::succeeded);
      if (killed.isDead()) {
        deaths.add(killed.step());
      }
    }
    last.get().succeeded();
    return new KillChain(name, deaths, Duration.between(start, Instant.now()));
  }
}
