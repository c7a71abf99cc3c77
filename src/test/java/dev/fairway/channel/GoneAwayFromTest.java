package dev.fairway.channel;

import static dev.fairway.channel.GitCommand.git;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.channel.ActReport.Left;
import dev.fairway.channel.ActReport.State;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Gate;
import dev.fairway.release.Release;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a channel went away from, by a rollback or a hotfix, is taken again by name only. */
class GoneAwayFromTest {
  @TempDir private Path folder;
  private Harbour harbour;
  private final Release one = TinyReleases.of("one");
  private final Release two = TinyReleases.of("two");

  @BeforeEach
  void arrive() throws IOException {
    harbour = new Harbour(folder);
    harbour.files.put(
        "channels/trust.yaml",
        harbour.trust().replace("promotes: [stable]", "promotes: [dev, stable]"));
    harbour.inDev("one");
  }

  @Test
  void whatTheFirstChannelRolledBackAndMainCompilesToAgain() throws IOException {
    harbour.inDev("two");
    rollback("dev", one);
    publishedAgain("two");

    staysAway("dev", new Left(two.digest(), Optional.empty()));
    Harbour.mustMove(State.MOVED, named("dev", two));
  }

  @Test
  void whatTheFirstChannelMendedAndMainCompilesToAgain() throws IOException {
    git(harbour.clone, "switch", "-q", "-c", "mend");
    var mended = TinyReleases.of("mended");
    harbour.commit("mended", true);
    harbour.attest("conformance", "dev", mended, harbour.ci);
    try (var repository = harbour.open()) {
      var override = new OverriddenGates(List.of(Gate.SOAK), "DNS is down");
      var acts = harbour.acts(repository, harbour.ada);
      Harbour.mustMove(State.MOVED, acts.hotfix("dev", mended, override, false));
    }
    git(harbour.clone, "switch", "-q", "main");
    publishedAgain("one");

    staysAway("dev", new Left(one.digest(), Optional.empty()));
    Harbour.mustMove(State.MOVED, named("dev", one));
  }

  @Test
  void whatTheUpstreamTookAgainByAnotherCommit() throws IOException {
    harbour.inAlpha("two");
    rollback("dev", one);
    harbour.pass(Duration.ofDays(1));
    Harbour.mustMove(State.MOVED, harbour.promote("alpha"));
    harbour.inDev("three");
    harbour.pass(Duration.ofDays(1));
    Harbour.mustMove(State.MOVED, harbour.promote("alpha"));
    rollback("alpha", one);
    publishedAgain("two");
    Harbour.mustMove(State.MOVED, named("dev", two));
    harbour.pass(Duration.ofDays(1));

    // It left three by the rollback, and two long before, for what came next.
    Harbour.mustMove(State.MOVED, harbour.promote("alpha"));
    rollback("alpha", one);
    harbour.inDev("four");
    rollback("dev", two);
    harbour.pass(Duration.ofDays(1));
    staysAway("alpha", new Left(two.digest(), Optional.of("dev")));
    Harbour.mustMove(State.MOVED, named("alpha", two));
  }

  /** And says so: nothing else would ever tell that it waits for somebody to name it. */
  private void staysAway(String channel, Left left) {
    var outcome = harbour.promote(channel);
    Harbour.mustMove(State.NOTHING_TO_DO, outcome);
    assertThat(outcome.value().flatMap(ActReport::left)).contains(left);
    assertThat(next(channel).flatMap(ActReport::left)).contains(left);
  }

  private Optional<ActReport> next(String channel) {
    try (var repository = harbour.open()) {
      var clock = InstantSource.fixed(harbour.now);
      return new Overview(repository, true, clock, (_, _) -> Losses.NONE)
          .channels().value().orElseThrow().stream()
              .filter(standing -> standing.channel().equals(channel))
              .findFirst()
              .flatMap(ChannelStanding::next);
    }
  }

  /** Who took it again by name is of another mind now. */
  @Test
  void onceTakenAgainItIsLikeAnyOther() throws IOException {
    harbour.inDev("two");
    rollback("dev", one);
    publishedAgain("two");
    Harbour.mustMove(State.MOVED, named("dev", two));
    harbour.inDev("three");
    publishedAgain("two");

    Harbour.mustMove(State.MOVED, harbour.promote("dev"));
  }

  /** Main with other words beside, which compile to the same. */
  private void publishedAgain(String text) throws IOException {
    harbour.files.put("README.md", harbour.files.getOrDefault("README.md", "") + text + "\n");
    harbour.main(text);
    Harbour.mustMove(State.PROPOSED, harbour.publish(TinyReleases.of(text)));
  }

  private void rollback(String channel, Release to) {
    harbour.pass(Duration.ofMinutes(1));
    try (var repository = harbour.open()) {
      var acts = harbour.acts(repository, harbour.ci);
      Harbour.mustMove(
          State.MOVED, acts.rollback(channel, to.digest().hex(), OverriddenGates.NONE, false));
    }
  }

  private Outcome<ActReport> named(String channel, Release release) {
    harbour.pass(Duration.ofMinutes(1));
    try (var repository = harbour.open()) {
      return harbour
          .acts(repository, harbour.ci)
          .promote(channel, Optional.of(release.digest().hex()), false);
    }
  }
}
