package dev.fairway.channel;

import static dev.fairway.channel.GitCommand.git;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.channel.ActReport.State;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.release.Release;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code Source-Commit} is what was compiled, and never another commit. */
class SourcedReleaseTest {
  private static final Release RELEASE = TinyReleases.of("two");

  @TempDir(factory = InMemory.class)
  private Path folder;

  private Harbour harbour;

  /** Something that happens while the compiler is at work. */
  private interface Meanwhile {
    void happens() throws IOException;
  }

  @BeforeEach
  void inDev() throws IOException {
    harbour = new Harbour(folder);
    harbour.inDev("one");
    harbour.main("two");
  }

  private Outcome<ActReport> published(Path clone, Path compiled, Meanwhile meanwhile) {
    try (var repository = harbour.open(clone)) {
      return SourcedRelease.compiled(repository, compiled, () -> compile(meanwhile))
          .then(sourced -> harbour.acts(repository, harbour.ci).publish(sourced, false));
    }
  }

  private static Outcome<Release> compile(Meanwhile meanwhile) {
    try {
      meanwhile.happens();
      return Outcome.of(RELEASE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Diagnostic refused(Outcome<?> outcome) {
    assertThat(outcome.value()).isEmpty();
    return outcome.diagnostics().all().getFirst();
  }

  @Test
  void theCloneThatWasCompiledIsPublished() throws IOException {
    var link = Files.createSymbolicLink(folder.resolve("link"), harbour.clone);
    var commit = git(harbour.clone, "rev-parse", "HEAD");
    Harbour.mustMove(State.PROPOSED, published(harbour.clone, link, () -> {}));
    assertThat(harbour.remoteGit("log", "-1", "--format=%B", "publish/" + RELEASE.digest()))
        .contains("Source-Commit: " + commit);
  }

  @Test
  void aCloneOfAnotherLauncherIsNotCompiled() throws IOException {
    git(harbour.clone, "worktree", "add", "-q", "-b", "mend", "../mend");
    var other = folder.resolve("mend");
    Meanwhile unasked =
        () -> {
          throw new AssertionError("compiled");
        };

    for (var compiled : new Path[] {harbour.clone, other.resolve("channels"), folder}) {
      var refused = refused(published(other, compiled, unasked));
      assertThat(refused.code()).isEqualTo(Code.FOREIGN_SOURCE);
      assertThat(refused.message()).contains(compiled + " would", other.toRealPath().toString());
    }
    assertThat(harbour.remoteGit("branch", "--list", "publish/*")).isEmpty();
    Harbour.mustMove(State.PROPOSED, published(other, other, () -> {}));
  }

  @Test
  void aCheckoutThatMovesMeanwhileIsNotPublished() throws IOException {
    var refused = refused(published(harbour.clone, harbour.clone, () -> harbour.main("three")));
    assertThat(refused.code()).isEqualTo(Code.FOREIGN_SOURCE);
    assertThat(refused.message())
        .contains(git(harbour.clone, "rev-parse", "HEAD", "HEAD~1").split("\n"));
  }

  @Test
  void aCheckoutThatIsChangedBeforeOrMeanwhileIsNotPublished() throws IOException {
    var file = harbour.clone.resolve("source.txt");
    assertThat(
            refused(published(harbour.clone, harbour.clone, () -> Files.writeString(file, "no")))
                .code())
        .isEqualTo(Code.DIRTY_TREE);
    Meanwhile mended = () -> git(harbour.clone, "checkout", "-q", "--", "source.txt");
    assertThat(refused(published(harbour.clone, harbour.clone, mended)).code())
        .isEqualTo(Code.DIRTY_TREE);
  }

  @Test
  void whatGitIsToldNotToLookAtIsNoCleanTree() throws IOException {
    for (var flag : new String[] {"assume-unchanged", "skip-worktree"}) {
      git(harbour.clone, "update-index", "--" + flag, "source.txt");
      Files.writeString(harbour.clone.resolve("source.txt"), "mine\n");

      var refused = refused(harbour.publish(RELEASE));
      assertThat(refused.code()).as(flag).isEqualTo(Code.DIRTY_TREE);
      assertThat(refused.message()).contains("source.txt");

      git(harbour.clone, "update-index", "--no-" + flag, "source.txt");
      git(harbour.clone, "checkout", "-q", "--", "source.txt");
    }
    Harbour.mustMove(State.PROPOSED, harbour.publish(RELEASE));
  }
}
