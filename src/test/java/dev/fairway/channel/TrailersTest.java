package dev.fairway.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.model.Digest;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;

/** What two readers could take for two things is no trailer. */
class TrailersTest {
  private static final String COMMIT = "b".repeat(40);
  private static final String DIGEST = "a".repeat(64);
  private static final Trailers SOUND =
      new Trailers(
          new Digest(DIGEST),
          ObjectId.fromString(COMMIT),
          ObjectId.fromString(COMMIT),
          "dev",
          ObjectId.fromString(COMMIT),
          Optional.empty(),
          Optional.empty());
  private static final String TEXT = SOUND.text();

  private static String problem(String trailers) {
    var read = Trailers.read("Promote dev to alpha\n\nRelease\n\n" + trailers);
    assertThat(read.trailers().isEmpty()).as(trailers).isEqualTo(!read.problem().isEmpty());
    return read.problem();
  }

  @Test
  void whatWasWrittenIsRead() {
    assertThat(Trailers.read("Promote\n\n" + TEXT).trailers()).contains(SOUND);
    assertThat(problem(TEXT + "Hotfix-Of: " + DIGEST)).isEmpty();
    assertThat(problem(TEXT + "Rolled-Back-From: " + DIGEST)).isEmpty();
  }

  @Test
  void linesEndAsGitEndsThem() {
    for (var end : new String[] {"\r", "\r\n", "\f", "\u000b", "\u0085"}) {
      assertThat(problem(TEXT.replace("\n", end))).isEqualTo("its message has control characters");
    }
    assertThat(problem(TEXT.replace("\n", "\u2028"))).isNotEmpty();
    assertThat(problem(TEXT.replace("dev@", "\u001b[2Jdev@"))).isNotEmpty();
    assertThat(problem(TEXT + " ")).isNotEmpty();
    assertThat(problem(TEXT.replace("Policy", " Policy"))).isNotEmpty();
  }

  @Test
  void namesAreThoseOfAPromotionAndNoOthers() {
    assertThat(problem(TEXT + "Release-digest: " + "c".repeat(64)))
        .isEqualTo("no promotion has its trailer Release-digest");
    assertThat(problem(TEXT + "Approved-By: linus"))
        .isEqualTo("no promotion has its trailer Approved-By");
  }

  @Test
  void itIsOneAct() {
    assertThat(problem(TEXT + "Hotfix-Of: " + DIGEST + "\nRolled-Back-From: " + DIGEST))
        .isEqualTo("it has both the trailer Rolled-Back-From and Hotfix-Of");
  }
}
