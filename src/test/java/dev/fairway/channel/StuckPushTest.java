package dev.fairway.channel;

import static dev.fairway.channel.GitCommand.git;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairway.channel.ActReport.State;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.transport.URIish;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A push that nobody else keeps from being done, and that is not done all the same. */
class StuckPushTest {
  @TempDir(factory = InMemory.class)
  private Path folder;

  private Harbour harbour;

  @BeforeEach
  void inDevForADay() throws IOException {
    harbour = new Harbour(folder);
    harbour.inDev("one");
    harbour.pass(Duration.ofHours(24));
  }

  private static Diagnostic refused(Outcome<?> outcome) {
    assertThat(outcome.value()).isEmpty();
    assertThat(outcome.diagnostics().all()).hasSize(1);
    return outcome.diagnostics().all().getFirst();
  }

  /** The remedy is followed to the letter. */
  @Test
  void aLockThatAKilledProcessLeftIsNamedAndTheNextRunFinishesTheJob() throws IOException {
    theLockIsNamed("refs/heads/evidence.lock");
    Harbour.mustMove(State.MOVED, harbour.promote("alpha"));
  }

  @Test
  void soItIsByTheServerOfGit() throws IOException {
    Harbour.toServerOfGit(harbour.clone);
    theLockIsNamed("refs/heads/alpha.lock");
    Harbour.mustMove(State.MOVED, harbour.promote("alpha"));
  }

  private void theLockIsNamed(String name) throws IOException {
    var before = harbour.remoteGit("for-each-ref");
    var lock = Files.createFile(harbour.remote.resolve(name));

    var refused = refused(harbour.promote("alpha"));

    assertThat(refused.code()).as(refused.message()).isEqualTo(Code.PUSH_REJECTED);
    assertThat(refused.message()).containsIgnoringCase("lock");
    assertThat(refused.remedy()).contains("delete " + lock);
    assertThat(harbour.remoteGit("for-each-ref")).isEqualTo(before);
    Files.delete(lock);
  }

  @Test
  void theLockOfPackedBranchesIsOneOfThem() throws Exception {
    var lock = Files.createFile(harbour.remote.resolve("packed-refs.lock"));
    for (var address : new String[] {"../remote.git", "file://" + harbour.remote}) {
      try (var repository = harbour.open()) {
        assertThat(RefLocks.left(repository.git(), new URIish(address), List.of()))
            .containsExactly(lock);
      }
    }
    try (var repository = harbour.open()) {
      var elsewhere = new URIish("ssh://example.org" + harbour.remote);
      assertThat(RefLocks.left(repository.git(), elsewhere, List.of())).isEmpty();
    }
  }

  @Test
  void evidenceIsNoDifferent() throws IOException {
    var lock = Files.createFile(harbour.remote.resolve("refs/heads/evidence.lock"));
    var release = TinyReleases.of("one").digest().hex();
    try (var repository = harbour.open()) {
      var acts = new EvidenceActs(repository, InstantSource.fixed(harbour.now));
      var wish =
          new EvidenceWish(
              "dev",
              Optional.of(release),
              "load-test",
              Statement.Result.passed,
              JsonNodeFactory.instance.objectNode());
      assertThat(refused(acts.add(wish, harbour.ci, false)).remedy()).contains("delete " + lock);
    }
  }

  @Test
  void aBranchThatIsInTheWayIsNamed() throws IOException {
    harbour.remoteGit("branch", "alpha/of-mine", "main");
    var refused = refused(harbour.promote("alpha"));

    assertThat(refused.code()).isEqualTo(Code.PUSH_REJECTED);
    assertThat(refused.message()).contains("alpha/of-mine", "can't have alpha");
    git(harbour.clone, "push", "-q", "origin", "--delete", "alpha/of-mine");
    Harbour.mustMove(State.MOVED, harbour.promote("alpha"));
  }

  @Test
  void aRemoteThatMayMoveHalfOfAPushIsToldFromOneThatIsAway() throws IOException {
    harbour.remoteGit("config", "receive.advertiseAtomic", "false");
    Harbour.toServerOfGit(harbour.clone);
    assertThat(refused(harbour.promote("alpha")).code()).isEqualTo(Code.PARTIAL_PUSHES);
  }

  /** What is judged in one place is not pushed to another, nor to the first behind one's back. */
  @Test
  void aRemoteWithTwoAddressesIsRefused() throws IOException {
    git(folder, "clone", "-q", "--bare", harbour.remote.toString(), "other.git");
    git(harbour.clone, "config", "remote.origin.pushurl", "../other.git");
    var refused = refused(harbour.promote("alpha"));

    assertThat(refused.code()).isEqualTo(Code.TWO_ADDRESSES);
    assertThat(refused.message()).contains("../remote.git", "../other.git");
    git(harbour.clone, "config", "--unset-all", "remote.origin.pushurl");
    Harbour.mustMove(State.MOVED, harbour.promote("alpha"));
  }

  @Test
  void oneAddressThatIsSaidTwiceIsOne() throws IOException {
    git(harbour.clone, "config", "remote.origin.pushurl", "../remote.git");
    Harbour.mustMove(State.MOVED, harbour.promote("alpha"));
  }

  @Test
  void aConfigurationThatCantBeReadIsNoBugOfOurs() throws IOException {
    Files.writeString(harbour.clone.resolve(".git/config"), "[core\n");
    var refused = refused(ChannelRepository.open(harbour.clone, RepositoryAccess.ANONYMOUS));
    assertThat(refused.code()).isEqualTo(Code.NO_REPOSITORY);
    assertThat(refused.message()).contains(harbour.clone.toString());
  }
}
