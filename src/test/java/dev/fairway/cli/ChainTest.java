package dev.fairway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Compiled;
import dev.fairway.Trees;
import dev.fairway.channel.GitCommand;
import dev.fairway.channel.InMemory;
import dev.fairway.diff.Edited;
import dev.fairway.model.Digest;
import dev.fairway.release.Folders;
import dev.fairway.release.Release;
import dev.fairway.release.ReleaseFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The way of two changes from main to stable and back, by the command lines that the workflows have
 * and those of the people beside them: every line of every workflow, but for those that {@link
 * Quay#ELSEWHERE} gives a reason for. What came of each is said by the ordinary git. A change of
 * the platform itself would be compiled by javac first; in its place the second release is the
 * first one with a word edited.
 */
class ChainTest {
  private static final List<String> CHANNELS = List.of("dev", "alpha", "stable");
  private static final String UNAVAILABLE = "maxUnavailable: 1";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir(factory = InMemory.class)
  private Path folder;

  private Quay quay;

  @BeforeEach
  void aRemoteAndPeople() throws IOException {
    quay = Quay.in(folder);
    Files.createDirectories(quay.artifacts().resolve("results"));
    for (var kind : List.of("conformance", "load-test", "upgrade")) {
      var result = quay.artifacts().resolve("results/" + kind + ".json");
      Files.writeString(result, "{\"tool\": \"a test's\"}");
    }
    Files.createDirectories(quay.artifacts().resolve("looks"));
  }

  @AfterEach
  void nobodyIsAskedAnyMore() throws IOException {
    quay.close();
  }

  @Test
  void changesGoFromMainToStableAndBack() throws IOException {
    var first = Compiled.release();
    var second = edited("second", UNAVAILABLE, "maxUnavailable: 2");

    goesToDev(first);
    var refused = promoted("alpha");
    assertThat(isMoved(refused)).isFalse();
    assertThat(refused.out()).contains("alpha does not take release", "not met   soak", "of 1 d");
    assertThat(quay.remote("branch", "--list", "alpha")).isEmpty();
    quay.edit("channels/alpha.yaml", "soak: 24h", "soak: 1s");
    quay.edit("channels/alpha.yaml", "  upstream_health: 90m\n", "");
    quay.push("Let it soak for a second");
    goesOn(first, 1);

    quay.edit("clusters/shop.yaml", "\nconfig_items:", "\n# Read again.\nconfig_items:");
    quay.push("Change the source");
    saysWhatItChanges(folder.resolve("second"));
    goesToDev(second, "--release", folder.resolve("second").toString());
    goesOn(second, 2);
    whatIsDeployedIsTheRelease(second);
    isLookedAt("drift", "drift", second);
    isLookedAt("health", "health", second);
    imagesAreProposed();

    goesBack(first, second);
    isMended();
    isSoundForAnybody();
    quay.assertNoOtherLineIsInAWorkflow();
  }

  /** Of what nobody released there is nothing to look at, and a schedule is no alarm. */
  @Test
  void schedulesLookAtNoChannelBeforeItHasARelease() throws IOException {
    for (var schedule : List.of("drift", "health")) {
      assertThat(waves(schedule)).isEqualTo("waves=[]\n");
    }
    GitCommand.git(quay.checkout(), "push", "-q", "origin", "HEAD:refs/heads/alpha");

    for (var schedule : List.of("drift", "health")) {
      assertThat(waves(schedule)).contains("\"alpha\"").doesNotContain("\"stable\"");
    }
  }

  private String waves(String schedule) throws IOException {
    return well(quay.job(schedule, "plan", Map.of()).getLast()).out();
  }

  private Release edited(String name, String old, String fresh) throws IOException {
    var release = Edited.compiled().replace("manifests/coredns.yaml", old, fresh).release();
    ReleaseFolder.write(release, folder.resolve(name));
    return release;
  }

  /** A push to main, the tests of what came of it, and the hourly promotion. */
  private void goesToDev(Release release, String... more) throws IOException {
    allWell(quay.job("publish", "publish", Map.of(), more));
    var branch = "publish/" + release.digest().hex();
    var proposed = quay.remote("rev-parse", branch);
    assertThat(promoted("dev").out()).contains("conformance", "load-test", "upgrade");

    allWell(quay.job("publish", "start", Map.of()));
    var inputs = started("end-to-end.yaml");
    assertThat(inputs)
        .containsAllEntriesOf(Map.of("CHANNEL", "dev", "BRANCH", branch, "COMMIT", proposed));
    if (more.length > 0) {
      isTestedFromWhatDevHas(release, inputs);
    }
    allWell(quay.job("end-to-end", "evidence", inputs));
    allWell(quay.job("end-to-end", "status", inputs));
    assertThat(status(proposed, "end-to-end/dev")).isEqualTo("success");
    assertThat(well(quay.job("promote", "tests", Map.of("CHANNEL", "dev")).getFirst()).out())
        .as("what has passed is not tested again")
        .isEmpty();
    assertThat(isMoved(promoted("dev"))).isTrue();
    assertThat(quay.remote("rev-parse", "dev"))
        .as("the very commit that was tested")
        .isEqualTo(proposed);
    assertThat(quay.remote("branch", "--list", branch)).isEmpty();
    allWell(quay.job("promote", "verify", Map.of("CHANNEL", "dev")));
  }

  /** The very first release has none before it. */
  private void isTestedFromWhatDevHas(Release release, Map<String, String> inputs)
      throws IOException {
    allWell(quay.job("end-to-end", "create", inputs));
    assertThat(unpacked("before")).isNotEqualTo(release.digest());
    allWell(quay.job("end-to-end", "update", inputs));
    assertThat(unpacked("before")).isNotEqualTo(release.digest());
    assertThat(unpacked("candidate")).isEqualTo(release.digest());
  }

  private Digest unpacked(String name) throws IOException {
    return ReleaseFolder.read(quay.runner().resolve(name)).value().orElseThrow().digest();
  }

  /** The variables of the run that was started last. */
  private Map<String, String> started(String workflow) {
    var last = quay.github().dispatches.getLast();
    assertThat(last.path("workflow").asText()).isEqualTo(workflow);
    var inputs = new HashMap<>(Map.of("RESULT", "success", "RUN", "https://github.example/run/1"));
    last.path("inputs")
        .properties()
        .forEach(input ->
            inputs.put(input.getKey().toUpperCase(Locale.ROOT), input.getValue().asText()));
    return inputs;
  }

  private String status(String commit, String context) {
    return quay.github().statuses.stream()
        .filter(status -> status.path("commit").asText().equals(commit))
        .filter(status -> status.path("context").asText().equals(context))
        .map(status -> status.path("state").asText())
        .collect(Collectors.joining());
  }

  private void goesOn(Release release, int commits) throws IOException {
    untilMoved("alpha");
    assertHas("alpha", release, "Promote dev to alpha", commits);
    assertSameTree("dev", "alpha");

    var waiting = promoted("stable");
    assertThat(waiting.out()).contains("approvals", "upstream-health");
    isHealthyInAlpha(release);
    well(quay.by("ada", "approve", "stable", "--group", "platform"));
    assertThat(isMoved(promoted("stable"))).as("one is not two").isFalse();
    well(quay.by("grace", "approve", "stable", "--group", "platform"));
    untilMoved("stable");
    assertHas("stable", release, "Promote alpha to stable", commits);
    assertSameTree("alpha", "stable");
  }

  /** As if the jobs before it had looked at both clusters. */
  private void isHealthyInAlpha(Release release) throws IOException {
    for (var alias : List.of("playground", "shop-test")) {
      var look =
          "{\"cluster\": \"%s\", \"release\": \"%s\", \"time\": \"%s\", \"healthy\": true}"
              .formatted(
                  alias, release.digest().hex(), Instant.now().truncatedTo(ChronoUnit.SECONDS));
      Files.writeString(quay.artifacts().resolve("looks/" + alias + ".json"), look);
    }
    allWell(quay.job("health", "evidence", Map.of("CHANNEL", "alpha")));
  }

  private Running promoted(String channel) throws IOException {
    var ran = quay.job("promote", "promote", Map.of("CHANNEL", channel));
    return ran.getLast();
  }

  /** What an hour does for the workflow a second does here. */
  private void untilMoved(String channel) throws IOException {
    var until = Instant.now().plus(PATIENCE);
    var ran = promoted(channel);
    while (!isMoved(ran)) {
      assertThat(ran.out()).contains("not met   soak");
      assertThat(Instant.now()).as(ran.out()).isBefore(until);
      ran = promoted(channel);
    }
  }

  /** A gate that is not met fails no job of the workflow. */
  private static boolean isMoved(Running ran) {
    assertThat(well(ran).out()).containsAnyOf(" now\n", " does not take release ");
    return ran.out().contains(" now\n");
  }

  private void assertHas(String channel, Release release, String subject, int commits)
      throws IOException {
    assertThat(quay.remote("log", "-1", "--format=%s", channel)).isEqualTo(subject);
    assertThat(trailer(channel, "Release-Digest")).isEqualTo(release.digest().hex());
    assertThat(quay.remote("rev-list", "--count", channel)).isEqualTo(Integer.toString(commits));
    assertThat(quay.remote("rev-list", "--min-parents=2", channel)).as("no merges").isEmpty();
  }

  private String trailer(String channel, String key) throws IOException {
    return quay.remote("log", "-1", "--format=%(trailers:key=" + key + ",valueonly)", channel);
  }

  private void assertSameTree(String upstream, String channel) throws IOException {
    assertThat(quay.tree(channel)).isEqualTo(quay.tree(upstream));
    assertThat(quay.remote("diff", upstream, channel)).isEmpty();
  }

  /** What the branch is compiled to is another release than what it stands on. */
  private void saysWhatItChanges(Path head) throws IOException {
    allWell(quay.job("diff", "compile", Map.of()));
    var releases = quay.artifacts().resolve("releases");
    Trees.copy(quay.runner().resolve("releases/base"), releases.resolve("base"));
    Trees.copy(head, releases.resolve("head"));
    var commit = quay.remote("rev-parse", "main");
    quay.github().pull("ada:pools", "main", commit);

    allWell(quay.job("diff-comment", "comment", Map.of("HEAD", "ada:pools", "COMMIT", commit)));
    assertThat(quay.github().comments.getLast().path("body").asText())
        .contains("coredns", "maxUnavailable", "clusters");
    Folders.delete(releases);
  }

  private void whatIsDeployedIsTheRelease(Release release) throws IOException {
    var commit = quay.remote("rev-parse", "stable");
    allWell(quay.job("promote", "wave", Map.of("CHANNEL", "stable")));
    var inputs = new HashMap<>(started("deploy.yaml"));
    assertThat(inputs).containsAllEntriesOf(Map.of("CHANNEL", "stable", "COMMIT", commit));
    inputs.put("BRANCH", "stable");
    allWell(quay.job("deploy", "plan", inputs));
    allWell(quay.job("deploy", "deploy", inputs));
    assertThat(unpacked("release")).isEqualTo(release.digest());
    Trees.assertSame(
        Trees.read(quay.runner().resolve("release")), Trees.read(folder.resolve("second")));
    allWell(quay.job("deploy", "finish", inputs));
    assertThat(status(commit, "deploy/stable/" + inputs.get("WAVE"))).isEqualTo("success");
    allWell(quay.job("deploy", "next", inputs));
    assertThat(started("deploy.yaml").get("WAVE")).isNotEqualTo(inputs.get("WAVE"));
    whatTheChannelLeftBehindIsNotDeployed(inputs);
  }

  /** By hand, or as a part of an old run that is run again, whose plan is not. */
  private void whatTheChannelLeftBehindIsNotDeployed(Map<String, String> inputs)
      throws IOException {
    var old = new HashMap<>(inputs);
    old.put("COMMIT", quay.remote("rev-parse", "stable~1"));

    assertThat(quay.job("deploy", "deploy", old).getFirst().exitCode()).isNotZero();
  }

  private void isLookedAt(String schedule, String job, Release release) throws IOException {
    assertThat(waves(schedule)).contains("\"alpha\"", "\"stable\"");
    var inputs =
        Map.of("CHANNEL", "alpha", "WAVE", "playground", "BRANCH", "alpha", "CLUSTER", "shop");
    assertThat(well(quay.job(schedule + "-wave", "plan", inputs).getLast()).out())
        .contains("branch=alpha", "playground");
    allWell(quay.job(schedule + "-wave", job, inputs));
    assertThat(unpacked("release")).isEqualTo(release.digest());
  }

  private void imagesAreProposed() throws IOException {
    assertThat(well(quay.job("promote", "plan", Map.of()).getFirst()).out())
        .isEqualTo("channels=[\"dev\",\"alpha\",\"stable\"]\n");
    var lock = Path.of("src/main/resources/dev/fairway/model/images.lock");
    var changed = quay.checkout().resolve(lock);
    Files.createDirectories(changed.resolveSibling(""));
    Files.copy(lock, changed, StandardCopyOption.REPLACE_EXISTING);
    try {
      quay.github().files.put("main", Map.of(lock.toString(), new byte[0]));
      allWell(quay.job("images", "lock", Map.of()));
    } finally {
      Files.delete(changed);
    }
    assertThat(quay.github().pulls.getLast().path("head").path("ref").asText()).isEqualTo("images");
    assertThat(quay.github().dispatches.getLast().path("workflow").asText())
        .isEqualTo("verify.yaml");
  }

  private void goesBack(Release first, Release second) throws IOException {
    well(quay.by("ada", "rollback", "stable", "--to", first.digest().hex().substring(0, 12)));
    assertThat(trailer("stable", "Release-Digest")).isEqualTo(first.digest().hex());
    assertThat(quay.tree("stable")).isEqualTo(quay.tree("stable~2"));
    assertThat(quay.tree("stable")).isNotEqualTo(quay.tree("stable~1"));
    assertThat(quay.remote("diff", "--name-only", "alpha", "stable"))
        .isEqualTo("manifests/coredns.yaml\nrelease.json");
    var left =
        "alpha has %1$s, which stable went away from; take it again with --release %1$s"
            .formatted(second.digest().hex().substring(0, 12));
    assertThat(well(promoted("stable")).out()).contains(left);
    assertThat(well(quay.run("channels")).out()).contains(left);
  }

  /** On a branch from what stable runs, as the command's own help says. */
  private void isMended() throws IOException {
    var mended = edited("mended", UNAVAILABLE, "maxUnavailable: 3");
    var source = trailer("stable", "Source-Commit");
    GitCommand.git(quay.checkout(), "switch", "-q", "-c", "hotfix", source);
    quay.push("Mend it");
    var gates = "soak,upstream-health,approvals";
    var ran =
        quay.by(
            "ada",
            "hotfix",
            "stable",
            "--release",
            folder.resolve("mended").toString(),
            "--override",
            gates,
            "--reason",
            "DNS is down");
    assertThat(well(ran).out()).contains("overridden");
    assertThat(trailer("stable", "Release-Digest")).isEqualTo(mended.digest().hex());
    assertThat(trailer("stable", "Hotfix-Of")).matches("[0-9a-f]{64}");
    GitCommand.git(quay.checkout(), "switch", "-q", "main");
  }

  private void isSoundForAnybody() throws IOException {
    var stranger = quay.strangersClone();
    for (var channel : CHANNELS) {
      var told = well(Running.of("verify", channel, "--repository", stranger.toString())).out();
      var commits = quay.remote("rev-list", "--count", channel);
      assertThat(told).contains(channel + ": " + commits + " commit");
      assertThat(well(quay.run("history", channel)).out().lines()).hasSizeGreaterThan(1);
    }
    var signers = Quay.allowedSigners(stranger);
    for (var commit :
        quay.remote("rev-list", "dev", "alpha", "stable", "evidence").lines().toList()) {
      var config = "gpg.ssh.allowedSignersFile=" + signers;
      var verified = GitCommand.run(stranger, "git", "-c", config, "verify-commit", commit);
      assertThat(verified.exitCode()).as(verified.out()).isZero();
    }
    assertThat(quay.remote("log", "--diff-filter=DM", "--format=%H", "evidence"))
        .as("evidence is added, and never changed")
        .isEmpty();
    assertThat(quay.remote("fsck", "--strict")).doesNotContain("error", "warning");
    assertThat(well(quay.run("why", "shop")).out()).contains("follows stable", "hotfix");
    assertThat(well(quay.run("channels")).out()).contains("RELEASE", "stable", "shop");
  }

  private static void allWell(List<Running> all) {
    all.forEach(ChainTest::well);
  }

  private static Running well(Running ran) {
    assertThat(ran.exitCode()).as("%s%s", ran.out(), ran.err()).isEqualTo(ExitCode.OK);
    return ran;
  }
}
