package dev.fairway.channel;

import static dev.fairway.channel.GitCommand.git;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.release.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is refused and how that is said: {@code docs/operations/refusals.md} is the table that this
 * test writes. Whatever is refused moves no channel and adds no evidence.
 */
class RefusalsTest {
  private static final Path PAGE = Path.of("docs/operations/refusals.md");

  /** How far a release has come before the case begins. */
  enum Stage {
    PUBLISHED,
    IN_DEV,
    IN_ALPHA
  }

  /** A harbour to spoil, and what is tried in it. */
  interface Attempt {
    Outcome<ActReport> in(Harbour harbour, Release release) throws IOException;
  }

  record Case(String section, String what, Stage stage, Attempt attempt) {}

  @TempDir private static Path folder;

  private static final List<Harbour> STAGES = new ArrayList<>();
  private static Release release;

  @BeforeAll
  static void bringAReleaseFarther() throws IOException {
    var harbour = new Harbour(Files.createDirectory(folder.resolve("first")));
    harbour.main("one");
    release = TinyReleases.of("one");
    Harbour.mustMove(ActReport.State.PROPOSED, harbour.publish(release));
    STAGES.add(harbour.copy(folder.resolve("published")));
    harbour.attest("conformance", "dev", release, harbour.ci);
    Harbour.mustMove(ActReport.State.MOVED, harbour.promote("dev"));
    STAGES.add(harbour.copy(folder.resolve("dev")));
    harbour.pass(Duration.ofHours(24));
    Harbour.mustMove(ActReport.State.MOVED, harbour.promote("alpha"));
    harbour.pass(Duration.ofHours(24));
    STAGES.add(harbour.copy(folder.resolve("alpha")));
  }

  @Test
  void eachIsRefusedMovesNothingAndSaysWhy() throws IOException {
    var cases =
        Stream.of(GateRefusals.cases(), TamperingRefusals.cases(), PlaceRefusals.cases())
            .flatMap(List::stream)
            .toList();
    assertThat(cases).hasSizeGreaterThan(30);

    var rows = new ArrayList<String>();
    var section = "";
    for (var number = 0; number < cases.size(); number++) {
      var one = cases.get(number);
      if (!one.section().equals(section)) {
        section = one.section();
        rows.add(Refused.heading(section));
      }
      rows.add(refused(one, folder.resolve("case" + number)));
    }
    assertPage(Refused.INTRODUCTION + String.join("\n", rows) + "\n");
  }

  private static String refused(Case one, Path place) throws IOException {
    var harbour = STAGES.get(List.of(Stage.values()).indexOf(one.stage())).copy(place);
    var outcome = one.attempt().in(harbour, release);
    var said = diagnostics(outcome);
    assertThat(said).as(one.what()).isNotEmpty();
    assertThat(outcome.value().map(ActReport::state))
        .as(one.what())
        .isNotEqualTo(Optional.of(ActReport.State.MOVED));
    return said.stream()
        .map(diagnostic -> Refused.row(one.what(), diagnostic, harbour))
        .distinct()
        .collect(Collectors.joining("\n"));
  }

  private static List<Diagnostic> diagnostics(Outcome<ActReport> outcome) {
    return outcome
        .value()
        .map(report -> report.diagnostics().all())
        .orElseGet(() -> outcome.diagnostics().all());
  }

  private static void assertPage(String text) throws IOException {
    var isSame = Files.exists(PAGE) && Files.readString(PAGE, UTF_8).equals(text);
    if (!isSame && System.getProperty("snapshot", "").equals("update")) {
      Files.writeString(PAGE, text, UTF_8);
    }
    assertThat(isSame)
        .as("%s is not what is refused: look at it, after -Dsnapshot=update", PAGE)
        .isTrue();
  }

  /** The channels and the evidence of the remote. */
  static String remoteState(Harbour harbour) throws IOException {
    return git(
        harbour.remote,
        "for-each-ref",
        "refs/heads/dev",
        "refs/heads/alpha",
        "refs/heads/stable",
        "refs/heads/evidence");
  }
}
