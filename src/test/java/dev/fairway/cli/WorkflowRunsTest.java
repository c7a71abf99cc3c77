package dev.fairway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cli.Workflow.Job;
import dev.fairway.source.ChannelFilesReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Workflows that start each other, by the hour or once more, do so in order and only when due. */
class WorkflowRunsTest {
  private static final Path DOCUMENT = Path.of("docs/operations/workflows.md");

  static Stream<Job> jobs() {
    return Workflow.all().stream().flatMap(workflow -> workflow.jobs().stream());
  }

  /** By their names Fairway finds the runs that it started. */
  @Test
  void runsThatAreStartedForACommitAreCalledByItsStatus() {
    assertThat(runName("end-to-end"))
        .isEqualTo("end-to-end/${{ inputs.channel }} ${{ inputs.commit }}");
    assertThat(runName("deploy"))
        .isEqualTo("deploy/${{ inputs.channel }}/${{ inputs.wave }} ${{ inputs.commit }}");
    for (var workflow : List.of("end-to-end", "deploy")) {
      assertThat(workflow(workflow).jobs().stream().flatMap(Job::commands))
          .anyMatch(command ->
              command.matches(".* --context \"%s/\\$CHANNEL(/\\$WAVE)?\" .*".formatted(workflow)));
    }
  }

  /** Else an old run whose failed jobs are run again would take its clusters back. */
  @Test
  void eachJobThatDeploysLooksFirstWhetherItIsWhatTheChannelHas() {
    assertThat(workflow("deploy").jobs())
        .filteredOn(
            job -> job.commands().anyMatch(command -> command.startsWith("./fairway deploy ")))
        .isNotEmpty()
        .allSatisfy(job ->
            assertThat(job.commands())
                .first()
                .isEqualTo("git diff --quiet \"$COMMIT\" \"origin/$BRANCH\""));
  }

  private static String runName(String workflow) {
    return workflow(workflow).yaml().path("run-name").asText();
  }

  private static Workflow workflow(String name) {
    return Workflow.of(Workflow.FOLDER.resolve(name + ".yaml"));
  }

  /** What was started and got lost is found by who comes by each hour. */
  @Test
  void theHourlyPromotionStartsTestsAgain() {
    assertThat(workflow("promote").jobs())
        .flatExtracting(job -> job.commands().toList())
        .contains("./fairway github start-tests \"$CHANNEL\"");
  }

  /**
   * Two that ask at once would find nothing under way, both. Who waits is dropped for the next one,
   * so a job that asks does nothing else.
   */
  @ParameterizedTest
  @MethodSource("jobs")
  void whoStartsSomethingOfAChannelIsAlone(Job job) {
    var asks =
        job.commands().filter(command -> command.startsWith("./fairway github start-")).toList();
    if (!asks.isEmpty()) {
      assertThat(job.commands()).hasSize(1);
      var group = job.yaml().path("concurrency");
      assertThat(group.path("group").asText())
          .startsWith(asks.getFirst().replaceFirst(".*(start-\\w+) .*", "$1-"))
          .matches("start-\\w+-(dev|\\$\\{\\{ (matrix|inputs)\\.channel }})");
      assertThat(group.path("cancel-in-progress").asBoolean(true)).isFalse();
    }
  }

  /** Else a new channel would have a policy, and nobody who promotes to it. */
  @ParameterizedTest
  @MethodSource("jobs")
  void whichChannelsThereAreIsAskedAndNotWrittenDown(Job job) {
    var channels = job.yaml().path("strategy").path("matrix").path("channel");

    if (!channels.isMissingNode()) {
      assertThat(channels.asText()).isEqualTo("${{ fromJSON(needs.plan.outputs.channels) }}");
      assertThat(job.yaml().path("needs").toString()).contains("\"plan\"");
    }
  }

  /** Upstream first, so that what arrives there goes on in the same hour. */
  @Test
  void theChannelsOfAMatrixAreThoseThatHaveAPolicy() throws IOException {
    assertThat(Running.of("channels", "list", "--matrix").out())
        .isEqualTo("channels=[\"dev\",\"alpha\",\"stable\"]\n");
    var first = ChannelFilesReader.read(Path.of("channels")).value().orElseThrow().first();
    assertThat(workflow("publish").jobs().stream().flatMap(Job::commands))
        .contains("./fairway github start-tests " + first.name());
  }

  /** Until each channel has a release, a schedule would be red each hour. */
  @Test
  void schedulesWaitForAChannelsFirstRelease() {
    for (var name : List.of("promote", "health")) {
      assertThat(workflow(name).jobs().stream().flatMap(Job::commands))
          .filteredOn(command -> command.matches("\\./fairway (promote|verify|evidence) .*"))
          .isNotEmpty()
          .allMatch(command -> command.contains(" --or-wait"));
    }
    for (var name : List.of("drift", "health")) {
      assertThat(workflow(name).jobs().stream().flatMap(Job::commands))
          .filteredOn(command -> command.startsWith("./fairway channels waves "))
          .isNotEmpty()
          .allMatch(command -> command.contains(" --released "));
    }
  }

  /** What policy retains keeps a local id, and a job that is run again is of the same run. */
  @Test
  void eachTryOfATestHasAClusterOfItsOwn() {
    var jobs = workflow("end-to-end").jobs();
    var create = jobs.stream().filter(job -> job.name().equals("create")).findFirst().orElseThrow();

    assertThat(create.yaml().path("outputs").path("id").asText())
        .isEqualTo("${{ github.run_number }}-${{ github.run_attempt }}");
    assertThat(jobs.stream().flatMap(Job::steps))
        .filteredOn(step -> step.path("run").asText().startsWith("tools/end-to-end/record"))
        .hasSize(3)
        .extracting(step -> step.path("env").path("ID").asText())
        .containsOnly(
            "${{ github.run_number }}-${{ github.run_attempt }}", "${{ needs.create.outputs.id }}");
  }

  /** A word on health that is too old when the next one comes shuts the gate between the two. */
  @Test
  void healthIsSaidEachHourAndCountsForLonger() throws IOException {
    assertThat(workflow("health").triggers().path("schedule").path(0).path("cron").asText())
        .matches("\\d+ \\* \\* \\* \\*");
    var ages =
        Workspace.here().channelPolicies().value().orElseThrow().values().stream()
            .flatMap(channel -> channel.gates().upstreamHealth().stream())
            .toList();

    assertThat(ages).isNotEmpty().allMatch(age -> age.compareTo(Duration.ofMinutes(90)) >= 0);
    assertThat(Files.readString(DOCUMENT)).contains("each hour", "90 minutes");
    assertThat(Files.readString(DOCUMENT)).doesNotContain("20 minutes", "30 minutes");
  }
}
