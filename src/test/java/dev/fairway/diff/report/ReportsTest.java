package dev.fairway.diff.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Compiled;
import dev.fairway.Snapshots;
import dev.fairway.diff.Act;
import dev.fairway.diff.Area;
import dev.fairway.diff.Difference;
import dev.fairway.diff.Edited;
import dev.fairway.diff.Fate;
import dev.fairway.diff.FieldChange;
import dev.fairway.diff.ReleaseDiff;
import dev.fairway.diff.Risk;
import dev.fairway.diff.fleet.FleetImpact;
import dev.fairway.model.Digest;
import dev.fairway.release.CanonicalJson;
import dev.fairway.release.Release;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportsTest {
  /** One of each that reviewers look for. */
  private static Release edited() {
    return Edited.compiled()
        .replaceAll("nodes/worker-", "maxPods: 64", "maxPods: 110")
        .replace("manifests/coredns.yaml", "200m", "300m")
        .replace(
            "templates/foundation.json", "\"autoscaling:SetDesiredCapacity\"", "\"autoscaling:*\"")
        .replace("templates/foundation.json", "\"FromPort\": 2379", "\"FromPort\": 2378")
        .replace("templates/network.json", "\"Domain\": \"vpc\"", "\"Domain\": \"standard\"")
        .replace("inventory.json", "kube-ops-view:20.4.0", "kube-ops-view:23.5.0")
        .release();
  }

  private static Comparison comparison() {
    var diff = ReleaseDiff.between(Compiled.release(), edited());
    var fleet =
        FleetImpact.between(Compiled.release(), edited(), Compiled.fleet().clusters(), Map.of());
    // Their digests change with everything that is compiled, and are nothing to look at.
    var digests = new ReleaseDiff(digest("a"), digest("b"), diff.differences());
    return new Comparison("dev", "alpha", digests, Optional.of(fleet));
  }

  private static Digest digest(String name) {
    return Digest.of(name.getBytes(UTF_8));
  }

  private static Comparison nothing() {
    var diff = ReleaseDiff.between(Compiled.release(), Compiled.release());
    return new Comparison("dev", "alpha", diff, Optional.empty());
  }

  @Test
  void theTextIsForTerminals() {
    Snapshots.assertMatches("diff", "edited.txt", TextReport.of(comparison()));
  }

  @Test
  void theMarkdownIsForComments() {
    Snapshots.assertMatches("diff", "edited.md", MarkdownReport.of(comparison()));
  }

  @Test
  void thePageIsForReviewers() {
    Snapshots.assertMatches("diff", "edited.html", HtmlReport.of(comparison()));
  }

  @Test
  void theJsonSaysAllOfIt() throws IOException {
    var json = CanonicalJson.TREES.readTree(JsonReport.of(comparison()));

    assertThat(json.required("differences")).hasSameSizeAs(comparison().release().differences());
    assertThat(json.at("/fleet/classes/0/stacks/0/nodesAreReplaced").isBoolean()).isTrue();
  }

  @Test
  void nothingShowsNothing() throws IOException {
    assertThat(TextReport.of(nothing())).isEqualTo("no difference\n");
    assertThat(MarkdownReport.of(nothing())).isEqualTo("**Fairway: no difference**\n");
    assertThat(HtmlReport.of(nothing())).contains("no difference").doesNotContain("<section");
    assertThat(CanonicalJson.TREES.readTree(JsonReport.of(nothing())).required("differences"))
        .isEmpty();
  }

  private static Comparison of(List<Difference> differences) {
    var diff = new ReleaseDiff(digest("a"), digest("b"), differences);
    return new Comparison("", "", diff, Optional.empty());
  }

  private static Difference change(String subject, Risk risk, String becomes) {
    return new Difference(
        Area.MANIFESTS,
        Act.CHANGED,
        List.of("manifests/a.yaml"),
        subject,
        "ConfigMap",
        risk,
        Fate.KEPT,
        List.of(new FieldChange("data", Optional.of("a"), Optional.of(becomes))),
        Optional.empty());
  }

  @Test
  void aCommentFitsAndSaysWhatWasCutAndKeepsTheWorst() {
    var many =
        IntStream.range(0, 5_000)
            .mapToObj(number ->
                change("a" + number, number == 4_321 ? Risk.DATA_LOSS : Risk.ORDINARY, "b"))
            .toList();

    var comment = MarkdownReport.of(of(many));

    assertThat(comment.length()).isGreaterThan(50_000).isLessThan(65_536);
    assertThat(comment).containsPattern("Cut to fit a comment: [0-9]+ of 5000 of manifests");
    assertThat(comment.indexOf("a4321")).isLessThan(300);
    assertThat(comment.split("<details>", -1)).hasSameSizeAs(comment.split("</details>", -1));
    assertThat(comment.split("```", -1).length % 2).as("every block is closed").isEqualTo(1);
  }

  @Test
  void aCommentOfRisksAloneFitsToo() {
    var many =
        IntStream.range(0, 5_000)
            .mapToObj(number -> change("a" + number, Risk.DATA_LOSS, "b"))
            .toList();

    assertThat(MarkdownReport.of(of(many)).length()).isLessThan(65_536);
  }

  @Test
  void aPageNeedsNothingBesideItself() {
    assertThat(HtmlReport.of(comparison())).doesNotContain("src=", "href=", "url(", "@import");
  }
}
