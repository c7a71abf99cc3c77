package dev.fairway.e2e.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Snapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PageTest {
  private static final Agenda AGENDA =
      new Agenda(
          15,
          List.of(
              new Agenda.Point(1, "Stacks live", "A stack is made, changed and taken away."),
              new Agenda.Point(2, "Manifests are applied", "All of them, strictly.")),
          List.of(
              new Agenda.Unproven(
                  "Nodes that boot", "no engine starts one", List.of("a validator", "a test"))));

  @Test
  void aRunWithATestThatFailed() {
    var page = page(List.of(passed(), failed()));

    Snapshots.assertMatches("report", "failed.html", withoutStyle(page));
  }

  @Test
  void whatALogSaysStaysText() {
    var hostile = "</pre><script>alert(\"1\")</script> & 'x' \u001b[31mred\u001b[0m";
    var proof =
        proof(
            hostile,
            Status.FAILED,
            Optional.of(hostile),
            List.of(
                new Exhibit.Text(hostile, hostile),
                new Exhibit.Figure(hostile, hostile),
                new Exhibit.StandIn(hostile, hostile),
                new Exhibit.Engine(hostile),
                new Exhibit.Table(hostile, List.of(hostile), List.of(List.of(hostile)))));

    var page = page(List.of(group(hostile, proof)));

    assertThat(page).doesNotContain("<script", "\u001b").contains("&lt;/pre&gt;&lt;script&gt;");
  }

  @Test
  void thePageNeedsNothingBesideItself() {
    assertThat(page(List.of(passed(), failed())))
        .doesNotContain("http:", "https:", "url(", "@import", "src=", "<link", "<script");
  }

  @Test
  void anItemThatNothingWasRunForIsNotProved() {
    assertThat(page(List.of(passed())))
        .contains("Nothing failed, but 1 of 2 items are not proved in full")
        .contains("No test of this item was in this run.");
  }

  @Test
  void onlyWhatIsProvedInFullIsCalledProved() {
    var other = group("Manifests", proof(2, "apply", Status.PASSED));
    var skipped = group("Manifests", proof(2, "apply", Status.SKIPPED));

    assertThat(page(List.of(passed(), other))).contains("All 2 items proved");
    assertThat(page(List.of(passed(), skipped))).doesNotContain("All 2 items proved");
  }

  @Test
  void aRunThatIsNotAtItsEndSaysSo() {
    var other = group("Manifests", proof(2, "apply", Status.PASSED));
    var run = new Run(Instant.EPOCH, Duration.ZERO, "", false, List.of(passed(), other));

    assertThat(new Page(AGENDA, run).html()).contains("Not at its end yet");
  }

  @Test
  void aCaseThatFailsFailsItsTest() {
    var row = proof(2, "as somebody else", Status.FAILED);
    var table =
        new Proof(
            Optional.of(2),
            "requests",
            Status.PASSED,
            Duration.ZERO,
            Optional.empty(),
            List.of(),
            List.of(row, proof(2, "as admin", Status.PASSED)));

    assertThat(page(List.of(passed(), group("Access", table))))
        .contains("1 of 4 tests failed", "1 of 2 cases passed");
  }

  @Test
  void theAgendaIsRead() {
    var agenda = Agenda.read();

    assertThat(agenda.items())
        .extracting(Agenda.Point::number)
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(agenda.unproven()).allSatisfy(gap -> assertThat(gap.instead()).isNotEmpty());
  }

  private static String page(List<Group> groups) {
    var start = Instant.parse("2026-01-02T03:04:05Z");
    var run = new Run(start, Duration.ofSeconds(192), "2 cores, JDK 25", true, groups);
    return new Page(AGENDA, run).html();
  }

  /** The style is a file of its own, where reviewers read it. */
  private static String withoutStyle(String page) {
    return page.replaceAll("(?s)<style>.*</style>", "<style></style>");
  }

  private static Group passed() {
    var rows = IntStream.range(0, 13).mapToObj(i -> List.of("stack-" + i, i + " s")).toList();
    return new Group(
        "Stacks",
        "StacksTest",
        Optional.of(proof(1, "start and end of the engines", Status.PASSED)),
        List.of(
            proof(
                "second deploy changes nothing",
                Status.PASSED,
                Optional.empty(),
                List.of(
                    new Exhibit.Engine("ministack 1.5.33"),
                    new Exhibit.StandIn("classic ELB", "it forwards nothing"),
                    new Exhibit.Figure("stacks", "13"),
                    new Exhibit.Table("stacks", List.of("stack", "time"), rows))),
            proof(1, "destroy", Status.PASSED)));
  }

  private static Group failed() {
    var why =
        "java.lang.AssertionError: \nexpected 71\n but was 70\n\tat dev.fairway.X.y(X.java:1)";
    var failed =
        new Proof(
            Optional.of(2),
            "applies all",
            Status.FAILED,
            Duration.ofSeconds(75),
            Optional.of(why),
            List.of(new Exhibit.Text("kube-apiserver", "E0101 went wrong")),
            List.of());
    return group("Manifests", failed, proof(2, "prunes", Status.SKIPPED));
  }

  private static Group group(String title, Proof... proofs) {
    return new Group(title, title + "Test", Optional.empty(), List.of(proofs));
  }

  private static Proof proof(int item, String name, Status status) {
    return new Proof(
        Optional.of(item),
        name,
        status,
        Duration.ofMillis(400),
        Optional.empty(),
        List.of(),
        List.of());
  }

  private static Proof proof(
      String name, Status status, Optional<String> why, List<Exhibit> exhibits) {
    return new Proof(
        Optional.of(1), name, status, Duration.ofSeconds(61), why, exhibits, List.of());
  }
}
