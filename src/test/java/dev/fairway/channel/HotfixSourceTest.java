package dev.fairway.channel;

import static dev.fairway.channel.GitCommand.git;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.channel.ActReport.State;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Gate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The source of a hotfix is on no branch that anybody keeps, but on one of ours. */
class HotfixSourceTest {
  @TempDir private Path folder;
  private Harbour harbour;
  private String source = "";
  private int cloned;

  /** As a pull request does that is squashed and whose branch is deleted. */
  @BeforeEach
  void mendedAndTidiedUp() throws IOException {
    harbour = new Harbour(folder);
    harbour.inStable("one");
    git(harbour.clone, "switch", "-q", "-c", "mend");
    source = harbour.commit("mended", true);
    try (var repository = harbour.open()) {
      var gates = List.of(Gate.SOAK, Gate.UPSTREAM_HEALTH, Gate.APPROVALS);
      Harbour.mustMove(
          State.MOVED,
          harbour
              .acts(repository, harbour.ada)
              .hotfix(
                  "stable",
                  TinyReleases.of("mended"),
                  new OverriddenGates(gates, "DNS is down"),
                  false));
    }
    git(harbour.clone, "switch", "-q", "main");
    harbour.remoteGit("branch", "-D", "mend");
  }

  @Test
  void aNewCloneVerifiesTheChannelAndGoesOn() throws IOException {
    assertThat(verify(cloned())).isEmpty();

    var two = harbour.inAlpha("two");
    harbour.pass(Duration.ofHours(24));
    harbour.readyForStable(two);
    try (var repository = harbour.open(cloned())) {
      Harbour.mustMove(
          State.MOVED,
          harbour
              .acts(repository, harbour.ci)
              .promote("stable", Optional.of(two.digest().hex()), false));
    }
  }

  @Test
  void whoFetchesWithFairwayAloneHasItToo() throws IOException {
    var clone = folder.resolve("narrow");
    git(
        folder,
        "clone",
        "-q",
        "--single-branch",
        "--no-local",
        harbour.remote.toString(),
        clone.toString());
    try (var repository = harbour.open(clone)) {
      repository.fetch();
    }

    assertThat(verify(clone)).isEmpty();
  }

  @Test
  void whereItIsGoneItIsSaidWhatIsMissing() throws IOException {
    harbour.remoteGit("update-ref", "-d", "refs/heads/hotfix-source/" + source);

    assertThat(verify(cloned()))
        .contains(
            "its source %s is not in this clone".formatted(source),
            "git push origin %1$s:refs/heads/hotfix-source/%1$s".formatted(source));
  }

  private Path cloned() throws IOException {
    var clone = folder.resolve("clone" + cloned++);
    git(folder, "clone", "-q", "--no-local", harbour.remote.toString(), clone.toString());
    return clone;
  }

  private String verify(Path clone) {
    try (var repository = harbour.open(clone)) {
      Outcome<Verified> verified =
          new Overview(repository, true, InstantSource.fixed(harbour.now), (_, _) -> Losses.NONE)
              .verify("stable");
      return verified.diagnostics().all().stream()
          .map(HotfixSourceTest::said)
          .collect(Collectors.joining("\n"));
    }
  }

  private static String said(Diagnostic problem) {
    return problem.message() + "; " + problem.remedy();
  }
}
