package dev.fairway.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.channel.ActReport.State;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.release.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Acts that are cut off before any of their steps, and acts that race: at the end each has happened
 * once, nothing is lost, and the chain is sound. 300 of them; the tests on real engines kill whole
 * processes besides.
 */
class KilledAndRacingTest {
  private static final int KILLS = 240;
  private static final int RACES = 60;

  @TempDir(factory = InMemory.class)
  private Path folder;

  private Harbour harbour;

  /** What a process that is killed does not do any more. */
  private static final class KilledError extends Error {
    private static final long serialVersionUID = 1;
  }

  @BeforeEach
  void openChannels() throws IOException {
    harbour = new Harbour(folder);
    harbour.files.put("channels/dev.yaml", "name: dev\n");
    harbour.files.put("channels/alpha.yaml", "name: alpha\nupstream: dev\n");
    harbour.main("channels that take what links");
  }

  @Test
  void anActThatIsKilledIsFinishedByTheNextOne() throws IOException {
    var random = new Random(42);
    var kills = 0;
    var releases = new ArrayList<String>();
    while (kills < KILLS) {
      var release = TinyReleases.of("release " + releases.size());
      var digest = release.digest().hex();
      releases.add(digest);
      kills += untilDone(random, acts -> acts.publish(release, false), State.PROPOSED);
      kills +=
          untilDone(random, acts -> acts.promote("dev", Optional.of(digest), false), State.MOVED);
      kills +=
          untilDone(random, acts -> acts.promote("alpha", Optional.of(digest), false), State.MOVED);
      assertOnce(releases);
    }
    assertSound("dev", releases.size());
    assertSound("alpha", releases.size());
  }

  /** Runs it again until a run is not killed; how many were. */
  private int untilDone(Random random, Function<Promotions, Outcome<ActReport>> act, State state) {
    for (var kills = 0; ; kills++) {
      var left = kills < 3 ? random.nextInt(8) : Integer.MAX_VALUE;
      try {
        var outcome = during(left, act);
        assertThat(outcome.diagnostics().all()).isEmpty();
        // It may have happened before the kill.
        assertThat(outcome.value().orElseThrow().state()).isIn(state, State.NOTHING_TO_DO);
        return kills;
      } catch (KilledError e) {
        harbour.pass(Duration.ofSeconds(random.nextInt(3)));
      }
    }
  }

  private Outcome<ActReport> during(int steps, Function<Promotions, Outcome<ActReport>> act) {
    var left = new int[] {steps};
    harbour.pace =
        _ -> {
          if (left[0]-- == 0) {
            throw new KilledError();
          }
        };
    try (var repository = harbour.open()) {
      return act.apply(harbour.acts(repository, harbour.ci));
    } finally {
      harbour.pace = Pace.STEADY;
    }
  }

  /** Each channel has each release once, in the order in which they were made. */
  private void assertOnce(List<String> releases) throws IOException {
    var log =
        harbour.remoteGit(
            "log",
            "--reverse",
            "--source",
            "--format=%S %(trailers:key=Release-Digest,valueonly,separator=)",
            "dev",
            "alpha");
    for (var channel : List.of("dev", "alpha")) {
      assertThat(log.lines().filter(line -> line.startsWith(channel + " ")))
          .containsExactlyElementsOf(releases.stream().map(it -> channel + " " + it).toList());
    }
  }

  @Test
  void ofTwoThatRaceOneWinsAndNothingIsLost() throws Exception {
    var second = folder.resolve("second");
    Files.createDirectories(second);
    GitCommand.git(folder, "clone", "-q", "remote.git", second.resolve("clone").toString());
    Harbour.toServerOfGit(harbour.clone);
    Harbour.toServerOfGit(second.resolve("clone"));
    var releases = new ArrayList<String>();
    try (var threads = Executors.newFixedThreadPool(2)) {
      for (var race = 0; race < RACES; race++) {
        var release = TinyReleases.of("release " + race);
        releases.add(release.digest().hex());
        Harbour.mustMove(State.PROPOSED, harbour.publish(release));
        Harbour.mustMove(State.MOVED, promote("dev", release, harbour.clone));
        // Half of them in one clone, as two shells would be.
        var other = race % 2 == 0 ? harbour.clone : second.resolve("clone");
        var start = new CyclicBarrier(2);
        var runs =
            threads.invokeAll(
                List.of(
                    racer(start, () -> promote("alpha", release, harbour.clone)),
                    racer(start, () -> promote("alpha", release, other))));
        var states = new ArrayList<State>();
        for (var run : runs) {
          var outcome = run.get();
          states.add(
              outcome
                  .value()
                  .orElseThrow(() -> new AssertionError(outcome.diagnostics().toString()))
                  .state());
        }
        assertThat(states).containsExactlyInAnyOrder(State.MOVED, State.NOTHING_TO_DO);
        assertOnce(releases);
      }
    }
    assertSound("alpha", RACES);
  }

  private static Callable<Outcome<ActReport>> racer(
      CyclicBarrier start, Supplier<Outcome<ActReport>> act) {
    return () -> {
      start.await();
      return act.get();
    };
  }

  private Outcome<ActReport> promote(String channel, Release release, Path clone) {
    try (var repository = harbour.open(clone)) {
      return harbour
          .acts(repository, harbour.ci)
          .promote(channel, Optional.of(release.digest().hex()), false);
    }
  }

  private void assertSound(String channel, int commits) {
    try (var repository = harbour.open()) {
      var clock = InstantSource.fixed(harbour.now);
      repository.fetch();
      var verified = new Overview(repository, true, clock, (_, _) -> Losses.NONE).verify(channel);
      assertThat(verified.diagnostics().all()).isEmpty();
      assertThat(verified.value().orElseThrow().commits()).isEqualTo(commits);
    }
  }
}
