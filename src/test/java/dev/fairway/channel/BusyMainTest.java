package dev.fairway.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.channel.ActReport.State;
import dev.fairway.model.Digest;
import dev.fairway.release.Release;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More is published than can be tested. */
class BusyMainTest {
  @TempDir private Path folder;
  private Harbour harbour;

  @BeforeEach
  void oneInDev() throws IOException {
    harbour = new Harbour(folder);
    harbour.inDev("one");
  }

  @Test
  void theNewestThatIsTestedIsTakenThoughANewerOneWaits() throws IOException {
    published("two");
    var three = published("three");
    published("four");
    pass("two");
    pass("three");

    var report = harbour.promote("dev").value().orElseThrow();

    assertThat(report.state()).isEqualTo(State.MOVED);
    assertThat(report.release()).isEqualTo(three.digest());
  }

  @Test
  void ofThoseThatWaitTheNewestIsProposed() throws IOException {
    published("two");
    var three = published("three");

    var report = harbour.promote("dev").value().orElseThrow();

    assertThat(report.state()).isEqualTo(State.WAITING);
    assertThat(report.release()).isEqualTo(three.digest());
    assertThat(report.head()).contains("publish/" + three.digest());
  }

  @Test
  void whatAChannelPassedIsNotProposedAnyMore() throws IOException {
    published("two");
    published("three");
    var four = published("four");
    pass("three");
    Harbour.mustMove(State.MOVED, harbour.promote("dev"));

    assertThat(heads("publish/*")).isEqualTo("publish/" + four.digest());
  }

  @Test
  void whatADownstreamChannelPassedIsNotProposedAnyMore() throws IOException {
    var one = TinyReleases.of("one");
    Harbour.mustMove(State.WAITING, harbour.promote("alpha"));
    assertThat(heads("promote/*")).isEqualTo("promote/alpha/" + one.digest());
    harbour.inDev("two");
    harbour.pass(Duration.ofHours(24));
    Harbour.mustMove(State.MOVED, harbour.promote("alpha"));

    assertThat(heads("promote/*")).isEmpty();
  }

  @Test
  void aHeadThatSomebodySpoiledKeepsNoOtherBack() throws IOException {
    var two = published("two");
    var three = published("three");
    pass("two");
    pass("three");
    var head = "publish/" + three.digest();
    try (var forger = new Forger(harbour.remote)) {
      var tree = forger.tree(head, "notes.txt", Optional.of("hi\n"), FileMode.REGULAR_FILE);
      forger.replaceTip(head, text -> text, tree, Optional.of(harbour.ci));
    }

    assertThat(harbour.promote("dev").value().orElseThrow().release()).isEqualTo(two.digest());
  }

  /** Main went on and back again: what lies between is not taken, however well it was tested. */
  @Test
  void whatMainTookBackIsNotTaken() throws IOException {
    published("two");
    pass("two");
    harbour.main("one");
    try (var forger = new Forger(harbour.remote)) {
      // As its publishing would have been proposed, had dev had something else then.
      var again = TinyReleases.of("one");
      var source = ObjectId.fromString(harbour.remoteGit("rev-parse", "main"));
      var trailers =
          new Trailers(
              again.digest(), source, source, "main", source, Optional.empty(), Optional.empty());
      forger.move(
          "publish/" + again.digest(),
          forger.commit(
              forger.tip("dev").getTree(),
              "x\n\n" + trailers.text(),
              Optional.of(harbour.ci),
              harbour.now,
              forger.tip("dev")));
    }

    Harbour.mustMove(State.NOTHING_TO_DO, harbour.promote("dev"));
  }

  /** Its test takes hours, and looks for the commit that it was started with. */
  @Test
  void whatWaitsIsNotMadeAnewThoughTheChannelMoves() throws IOException {
    var two = published("two");
    var three = published("three");
    var head = harbour.remoteGit("rev-parse", "publish/" + three.digest());
    pass("two");
    Harbour.mustMove(State.MOVED, harbour.promote("dev"));

    var waiting = harbour.promote("dev").value().orElseThrow();
    assertThat(waiting.state()).isEqualTo(State.WAITING);
    assertThat(waiting.commit()).contains(head);
    harbour.files.put("README.md", "compiles to the same\n");
    published("three");
    assertThat(harbour.remoteGit("rev-parse", "publish/" + three.digest())).isEqualTo(head);

    pass("three");
    Harbour.mustMove(State.MOVED, harbour.promote("dev"));
    assertThat(harbour.remoteGit("log", "-1", "--format=%b", "dev^")).contains(two.digest().hex());
    assertThat(harbour.remoteGit("rev-parse", "dev^{tree}"))
        .isEqualTo(harbour.remoteGit("rev-parse", head + "^{tree}"));
  }

  /** Every look at a release is a reading, a comparison and a link for each cluster. */
  @Test
  void ofThoseThatLackTheirTestsOnlyTheNewestIsLookedAt() throws IOException {
    for (var text : List.of("two", "three", "four", "five")) {
      published(text);
    }
    pass("three");
    var looked = new ArrayList<Digest>();
    try (var repository = harbour.open()) {
      LossCount losses =
          (_, after) -> {
            looked.add(after.digest());
            return Losses.NONE;
          };
      var clock = InstantSource.fixed(harbour.now);
      var acts = new Promotions(repository, Optional.of(harbour.ci), clock, losses);
      Harbour.mustMove(State.MOVED, acts.promote("dev", Optional.empty(), false));
    }

    assertThat(looked)
        .containsExactly(TinyReleases.of("five").digest(), TinyReleases.of("three").digest());
  }

  private Release published(String text) throws IOException {
    harbour.main(text);
    Harbour.mustMove(State.PROPOSED, harbour.publish(TinyReleases.of(text)));
    return TinyReleases.of(text);
  }

  private void pass(String text) {
    harbour.attest("conformance", "dev", TinyReleases.of(text), harbour.ci);
  }

  private String heads(String pattern) throws IOException {
    return harbour.remoteGit("branch", "--format=%(refname:short)", "--list", pattern);
  }
}
