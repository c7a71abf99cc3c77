package dev.fairway.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.channel.ActReport.State;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan says of a key what the act would. */
class PlanTest {
  @TempDir(factory = InMemory.class)
  private Path folder;

  private Harbour harbour;

  @BeforeEach
  void inDev() throws IOException {
    harbour = new Harbour(folder);
    harbour.inDev("one");
  }

  private Outcome<ActReport> by(
      Optional<SigningKey> key, Function<Promotions, Outcome<ActReport>> act) {
    try (var repository = harbour.open()) {
      var clock = InstantSource.fixed(harbour.now);
      return act.apply(new Promotions(repository, key, clock, (_, _) -> Losses.NONE));
    }
  }

  private void refusesAsItsActDoes(Function<Boolean, Function<Promotions, Outcome<ActReport>>> act)
      throws IOException {
    var before = harbour.remoteGit("for-each-ref");
    for (var key : new SigningKey[] {harbour.stranger, harbour.ada}) {
      var planned = by(Optional.of(key), act.apply(true));
      assertThat(planned.diagnostics().all())
          .singleElement()
          .satisfies(found -> assertThat(found.code()).isEqualTo(Code.UNTRUSTED_KEY));
      assertThat(by(Optional.of(key), act.apply(false)).diagnostics())
          .isEqualTo(planned.diagnostics());
    }
    assertThat(harbour.remoteGit("for-each-ref")).isEqualTo(before);
    assertThat(by(Optional.empty(), act.apply(true)).value()).as("without a key").isPresent();
    assertThat(by(Optional.of(harbour.ci), act.apply(true)).value()).isPresent();
  }

  @Test
  void ofPublishing() throws IOException {
    harbour.main("two");
    refusesAsItsActDoes(plan -> acts -> acts.publish(TinyReleases.of("two"), plan));
  }

  @Test
  void ofWhatWaits() throws IOException {
    refusesAsItsActDoes(plan -> acts -> acts.promote("alpha", Optional.empty(), plan));
  }

  @Test
  void ofWhatMoves() throws IOException {
    harbour.pass(Duration.ofHours(24));
    refusesAsItsActDoes(plan -> acts -> acts.promote("alpha", Optional.empty(), plan));
  }

  /** Nobody signs it again, so nobody is asked who he is. */
  @Test
  void ofWhatIsProposedAlready() {
    Harbour.mustMove(State.WAITING, harbour.promote("alpha"));
    for (var plan : new boolean[] {true, false}) {
      var report =
          by(Optional.of(harbour.stranger), acts -> acts.promote("alpha", Optional.empty(), plan));
      Harbour.mustMove(State.WAITING, report);
    }
  }
}
