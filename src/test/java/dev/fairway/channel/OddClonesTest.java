package dev.fairway.channel;

import static dev.fairway.channel.GitCommand.git;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clones that lack something, or hold it broken, and mains that hold something else than files: it
 * is said what is the matter, and nobody is told to set back a branch that is sound.
 */
class OddClonesTest {
  @TempDir private Path folder = Path.of("");
  private Harbour harbour;

  @BeforeEach
  void settle() throws IOException {
    harbour = new Harbour(folder);
    harbour.inAlpha("one");
  }

  private Diagnostic refusal(Outcome<?> outcome) {
    assertThat(outcome.value()).isEmpty();
    return outcome.diagnostics().all().getFirst();
  }

  private Outcome<Verified> verify(Path clone, String remote, String channel) {
    return ChannelRepository.open(clone, new RepositoryAccess(remote, Optional.empty()))
        .then(repository -> overview(repository).verify(channel));
  }

  private Overview overview(ChannelRepository repository) {
    return new Overview(repository, true, InstantSource.fixed(harbour.now), (_, _) -> Losses.NONE);
  }

  private Path cloned(String... how) throws IOException {
    var clone = folder.resolve("other");
    var words = new ArrayList<>(List.of("clone", "-q"));
    words.addAll(List.of(how));
    words.addAll(List.of("file://" + harbour.remote, clone.toString()));
    git(folder, words.toArray(String[]::new));
    return clone;
  }

  @Test
  void aPartialCloneIsNamedAsOne() throws IOException {
    git(harbour.remote, "config", "uploadpack.allowFilter", "true");

    var refused = refusal(verify(cloned("--filter=blob:none"), "origin", "alpha"));

    assertThat(refused.code()).isEqualTo(Code.PARTIAL_CLONE);
    assertThat(refused.remedy()).contains("without --filter");
  }

  private Path loose(String revision) throws IOException {
    var name = git(harbour.clone, "rev-parse", revision);
    return harbour.clone.resolve(".git/objects/" + name.substring(0, 2) + "/" + name.substring(2));
  }

  private void everythingSaysThatItIsBroken() throws IOException {
    harbour.pass(Duration.ofHours(25));
    try (var repository = harbour.open()) {
      var offline = overview(repository);
      var acts = harbour.acts(repository, harbour.ci);
      var outcomes =
          List.of(
              offline.verify("alpha"),
              acts.promote("stable", Optional.empty(), true),
              acts.promote("alpha", Optional.empty(), false));
      for (var outcome : outcomes) {
        assertThat(refusal(outcome).code()).as("%s", outcome).isEqualTo(Code.BROKEN_OBJECT);
        assertThat(refusal(outcome).remedy()).contains("git fsck");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "origin/alpha:release.json",
        "origin/alpha^{tree}",
        "origin/main:channels/alpha.yaml",
        "origin/evidence^{tree}"
      })
  void whatTheCloneLacksIsNamed(String revision) throws IOException {
    Files.delete(loose(revision));

    everythingSaysThatItIsBroken();
    try (var repository = harbour.open()) {
      assertThat(refusal(overview(repository).verify("alpha")).message())
          .containsPattern("the clone lacks the object [0-9a-f]{40}");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "not what zlib would write, and long enough to be read as a whole"})
  void whatIsBrokenInTheCloneIsNamed(String bytes) throws IOException {
    var file = loose("origin/alpha:release.json");
    Files.delete(file);
    Files.writeString(file, bytes);

    everythingSaysThatItIsBroken();
  }

  @Test
  void anEarlierWordThatTheCloneLacksIsNamed() throws IOException {
    Files.delete(loose("origin/evidence~1"));

    try (var repository = harbour.open()) {
      assertThat(refusal(overview(repository).verify("alpha")).code())
          .isEqualTo(Code.BROKEN_OBJECT);
    }
  }

  @Test
  void aReleaseThatCantBeReadIsNoBugOfTheDiffs() throws IOException {
    Files.delete(loose("origin/alpha:release.json"));

    try (var repository = harbour.open()) {
      assertThat(refusal(new NamedReleases(repository).find("alpha")).code())
          .isEqualTo(Code.BROKEN_OBJECT);
    }
  }

  /** As Git would check it out: a link, a submodule, a file or a folder at the path. */
  private void main(String mode, String path) throws IOException {
    var object =
        switch (mode) {
          case "160000" -> git(harbour.clone, "rev-parse", "HEAD");
          case "040000" -> git(harbour.clone, "rev-parse", "HEAD:channels");
          default -> git(harbour.clone, "rev-parse", "HEAD:source.txt");
        };
    git(harbour.clone, "rm", "-q", "-r", "--cached", "--ignore-unmatch", path);
    if (mode.equals("040000")) {
      git(harbour.clone, "read-tree", "--prefix=" + path + "/", object);
    } else {
      git(harbour.clone, "update-index", "--add", "--cacheinfo", mode + "," + object + "," + path);
    }
    git(harbour.clone, "commit", "-q", "-m", "odd");
    git(harbour.clone, "push", "-q", "origin", "HEAD:main");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "120000 channels",
        "100644 channels",
        "160000 channels",
        "120000 clusters",
        "100644 clusters",
        "160000 clusters",
        "120000 channels/x.yaml",
        "160000 channels/x.yaml",
        "040000 channels/x.yaml",
        "120000 clusters/x.yaml",
        "160000 clusters/x.yaml",
        "040000 clusters/x.yaml"
      })
  void whatOnMainIsNoFileIsNamed(String odd) throws IOException {
    var path = odd.substring(7);
    main(odd.substring(0, 6), path);

    for (var outcome : List.of(harbour.promote("alpha"), harbour.verify("alpha"))) {
      assertThat(refusal(outcome).code()).isEqualTo(Code.UNREADABLE_FILE);
      assertThat(refusal(outcome).message()).startsWith(path + " is a").contains("on main");
    }
  }

  @Test
  void aFileThatIsExecutableIsOne() throws IOException {
    git(harbour.clone, "update-index", "--chmod=+x", "channels/alpha.yaml");
    git(harbour.clone, "commit", "-q", "-m", "executable");
    git(harbour.clone, "push", "-q", "origin", "HEAD:main");

    assertThat(harbour.verify("alpha").value()).isPresent();
    assertThat(harbour.promote("alpha").value()).isPresent();
  }

  @Test
  void aClockThatIsBehindIsToldOfItself() throws IOException {
    harbour.now = harbour.now.minus(Duration.ofMinutes(10));

    for (var outcome :
        List.of(harbour.verify("alpha"), harbour.promote("alpha"), harbour.promote("stable"))) {
      assertThat(refusal(outcome).code()).isEqualTo(Code.FUTURE_EVIDENCE);
      assertThat(refusal(outcome).remedy()).startsWith("set this machine's clock");
    }
  }

  /** By somebody who merged main into what they had, and pushed that as main. */
  private String foxtrot() throws IOException {
    var was = harbour.remoteGit("rev-parse", "main");
    git(harbour.clone, "checkout", "-q", "-b", "mine", "main~1");
    git(harbour.clone, "commit", "-q", "--allow-empty", "-m", "mine");
    git(harbour.clone, "merge", "-q", "-m", "merge main", was);
    git(harbour.clone, "push", "-q", "origin", "HEAD:main");
    return was;
  }

  @Test
  void aMainThatWasMergedTheWrongWayRoundIsNotTheChannelsFault() throws IOException {
    foxtrot();

    for (var outcome : List.of(harbour.verify("alpha"), harbour.promote("alpha"))) {
      assertThat(refusal(outcome).code()).isEqualTo(Code.MERGED_BACKWARDS);
      assertThat(refusal(outcome).message()).contains("which main only merged");
      assertThat(refusal(outcome).remedy()).startsWith("where main did stand there");
    }
  }

  @Test
  void aMainThatIsMergedAnewMakesTheChannelSoundAgain() throws IOException {
    var was = foxtrot();

    // As the page of the code says.
    git(harbour.clone, "switch", "-q", "--detach", was);
    git(harbour.clone, "merge", "-q", "--no-ff", "-m", "merge mine", "origin/main^1");
    git(harbour.clone, "push", "-q", "--force-with-lease", "origin", "HEAD:main");

    assertThat(harbour.verify("alpha").value()).isPresent();
    assertThat(harbour.promote("alpha").value()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"main", "evidence", "dev"})
  void aBranchThatWasNeverFetchedIsNoTampering(String branch) throws IOException {
    var clone = cloned();
    git(clone, "update-ref", "-d", "refs/remotes/origin/" + branch);

    var refused = refusal(verify(clone, "origin", "alpha"));

    assertThat(refused.code()).isEqualTo(Code.UNFETCHED_BRANCH);
    assertThat(refused.message()).isEqualTo("this clone has no origin/" + branch);
    assertThat(refused.remedy())
        .isEqualTo("fetch all branches: git fetch origin '+refs/heads/*:refs/remotes/origin/*'");
  }

  @Test
  void aCloneOfOneBranchIsToldHowToGetTheOthers() throws IOException {
    var clone = cloned("--single-branch", "-b", "alpha");

    assertThat(refusal(verify(clone, "origin", "alpha")).code()).isEqualTo(Code.UNFETCHED_BRANCH);
    git(clone, "fetch", "-q", "origin", "+refs/heads/*:refs/remotes/origin/*");
    assertThat(verify(clone, "origin", "alpha").value()).isPresent();
  }

  @Test
  void aRemoteOfAnotherNameIsNamed() throws IOException {
    var clone = cloned("-o", "up");

    var refused = refusal(verify(clone, "origin", "alpha"));

    assertThat(refused.code()).isEqualTo(Code.NO_REMOTE);
    assertThat(refused.remedy()).isEqualTo("name one with --remote: up");
    assertThat(verify(clone, "up", "alpha").value()).isPresent();
  }

  @Test
  void aChannelThatHasNothingYetNeedsNoBranch() throws IOException {
    assertThat(refusal(harbour.verify("stable")).code()).isEqualTo(Code.NO_BRANCH);
    assertThat(harbour.verify("alpha").value()).isPresent();
  }
}
