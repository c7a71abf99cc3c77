package dev.fairway.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Snapshots;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Renderer;
import dev.fairway.diagnostic.Report;
import dev.fairway.diagnostic.SourceLines;
import dev.fairway.model.KubernetesVersion;
import dev.fairway.platform.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RulesTest {
  /** What fixtures say that they were written in: the line that a finding is about is in it. */
  private static final SourceLines SOURCES =
      SourceLines.of(
          Map.of(
              Example.SOURCE,
              """
              /** The example of the rules' tests. */
              final class Example {
                Workload APP = Workload.inKubeSystem("app").assuming(role());
                Workload AGENT = Workload.inKubeSystem("agent");
                Workload CONTROLLER = Workload.inKubeSystem("controller");
                Container container = container("main").withPorts(8443, 9100, 9080);
                var sids = List.of("AnyAction", "AnyResource", "AnyQueue", "NoWildcard", "AnyCaller");
                List<String> names = List.of("bare", "huddled", "lone", "lost", "misled", "none", "odd");
              }
              """));

  private static List<Rule> rules() {
    return Rules.all();
  }

  @Test
  void everyCodeOfTheAreaHasOneRule() {
    assertThat(rules())
        .extracting(Rule::code)
        .containsExactlyElementsOf(
            Arrays.stream(Code.values()).filter(code -> code.id().startsWith("FW20")).toList());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aRuleHasAPageAndAFixtureThatFails(Rule rule) {
    assertThat(Path.of(rule.code().page())).exists();
    assertThat(FailingFixtures.all()).containsKey(rule.code());
  }

  /** All of them judge something of the one that passes: each failing one differs in a little. */
  @ParameterizedTest
  @MethodSource("rules")
  void theFixtureThatPassesHasNothingWrong(Rule rule) {
    assertThat(check(rule, Example.good().platform()).all()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theFixtureThatFailsIsExplained(Rule rule) {
    var failing = Objects.requireNonNull(FailingFixtures.all().get(rule.code()));

    var found = check(rule, failing.platform());

    assertThat(found.hasErrors()).isTrue();
    Snapshots.assertMatches(
        "diagnostic",
        "check/" + rule.code().id() + ".txt",
        Renderer.TEXT.render(Report.of(found, SOURCES)));
  }

  @Test
  void ourPlatformHasNothingWrong() {
    assertThat(Rules.check(Platform.declare()).all()).isEmpty();
  }

  @Test
  void aVersionWithoutTablesIsNotJudgedInSilence() {
    var next = Example.good().kubernetes(new KubernetesVersion(1, 99, 0)).platform();

    assertThat(check(new VersionsHaveIt(), next).all())
        .extracting(Diagnostic::message)
        .containsExactly("no tables for Kubernetes 1.99.0");
  }

  /** They are named as text, because a rule may see no more of the nodes than their configs. */
  @Test
  void theClassesThatNodesAreLookedForInExist() {
    var platform = Platform.declare();
    var origins =
        NodeDocument.of(platform).stream()
            .flatMap(document -> document.origin().files().stream())
            .toList();

    assertThat(origins).isNotEmpty().map(Path::of).allMatch(Files::exists);
    assertThat(Origin.ofNodeResource("units/kubelet.service").files())
        .map(Path::of)
        .allMatch(Files::exists);
    assertThat(platform.parts())
        .extracting(Platform.Part::source)
        .map(Path::of)
        .allMatch(Files::exists);
  }

  private static Diagnostics check(Rule rule, Platform platform) {
    return Rules.check(List.of(rule), platform, SOURCES);
  }
}
