package dev.fairway.channel;

import static dev.fairway.channel.GitCommand.git;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The acts on a real remote, looked at with the ordinary git. */
class PromotionsTest {
  @TempDir private Path folder;

  private Harbour harbour;

  @BeforeEach
  void harbour() throws IOException {
    harbour = new Harbour(folder);
  }

  @Test
  void aReleaseGoesFromMainToStableByteForByte() throws IOException {
    harbour.inStable("one");

    var tree = harbour.remoteGit("rev-parse", "dev^{tree}");
    assertThat(harbour.remoteGit("rev-parse", "alpha^{tree}")).isEqualTo(tree);
    assertThat(harbour.remoteGit("rev-parse", "stable^{tree}")).isEqualTo(tree);
    assertThat(harbour.remoteGit("branch", "--list", "p*/*")).isEmpty();
    assertThat(git(harbour.clone, "diff", "origin/dev", "origin/alpha")).isEmpty();
  }
}
