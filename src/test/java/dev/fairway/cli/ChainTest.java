package dev.fairway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Compiled;
import dev.fairway.Trees;
import dev.fairway.channel.GitCommand;
import dev.fairway.channel.InMemory;
import dev.fairway.diff.Edited;
import dev.fairway.release.Release;
import dev.fairway.release.ReleaseFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The way of two changes from main to stable and back, by the command lines that the workflows have
 * and those of the people beside them. What came of each is said by the ordinary git.
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
    Files.copy(folder.resolve("pipeline"), folder.resolve("signing-key"));
    Files.createDirectories(folder.resolve("results"));
    for (var kind : List.of("conformance", "load-test", "upgrade")) {
      Files.writeString(folder.resolve("results/" + kind + ".json"), "{\"tool\": \"a test's\"}");
    }
    Files.createDirectories(folder.resolve("looks"));
  }

  @Test
  void changesGoFromMainToStableAndBack() throws IOException {
    var first = Compiled.release();
    var second = edited("second", UNAVAILABLE, "maxUnavailable: 2");

    goesToDev(first, Compiled.folder());
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
    goesToDev(second, folder.resolve("second"));
    goesOn(second, 2);
    whatIsDeployedIsTheRelease(second);

    goesBack(first);
    isMended();
    isSoundForAnybody();
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
  private void goesToDev(Release release, Path packed) throws IOException {
    allWell(quay.job("publish", "publish", Map.of(), "--release", packed.toString()));
    var branch = "publish/" + release.digest().hex();
    var proposed = quay.remote("rev-parse", branch);
    assertThat(promoted("dev").out()).contains("conformance", "load-test", "upgrade");

    var inputs = Map.of("CHANNEL", "dev", "COMMIT", proposed);
    allWell(quay.job("end-to-end", "evidence", inputs));
    assertThat(isMoved(promoted("dev"))).isTrue();
    assertThat(quay.remote("rev-parse", "dev"))
        .as("the very commit that was tested")
        .isEqualTo(proposed);
    assertThat(quay.remote("branch", "--list", branch)).isEmpty();
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
      Files.writeString(folder.resolve("looks/" + alias + ".json"), look);
    }
    allWell(quay.job("health", "evidence", Map.of("CHANNEL", "alpha")));
  }

  private Running promoted(String channel) throws IOException {
    var ran = quay.job("promote", "promote", Map.of("CHANNEL", channel));
    assertThat(ran).hasSize(1);
    return ran.getFirst();
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

  /** As its pull request would show it. */
  private void saysWhatItChanges(Path head) throws IOException {
    var comment = folder.resolve("diff.md");
    well(
        quay.run(
            "diff",
            "dev",
            head.toString(),
            "--format",
            "markdown",
            "--out",
            comment.toString(),
            "--clusters",
            quay.checkout().resolve("clusters").toString()));
    assertThat(comment)
        .content()
        .contains("coredns", "maxUnavailable", "6 clusters", "1 cluster left out");
  }

  private void whatIsDeployedIsTheRelease(Release release) throws IOException {
    var inputs =
        Map.of(
            "BRANCH",
            "stable",
            "CHANNEL",
            "stable",
            "COMMIT",
            quay.remote("rev-parse", "stable"),
            "WAVE",
            "minor");
    GitCommand.git(quay.checkout(), "fetch", "-q");
    allWell(quay.job("deploy", "plan", inputs));
    allWell(quay.job("deploy", "deploy", inputs));
    var unpacked = ReleaseFolder.read(folder.resolve("release"));
    assertThat(unpacked.value().map(Release::digest)).contains(release.digest());
    Trees.assertSame(Trees.read(folder.resolve("release")), Trees.read(folder.resolve("second")));
    whatTheChannelLeftBehindIsNotDeployed(inputs);
  }

  /** By hand, or as a part of an old run that is run again, whose plan is not. */
  private void whatTheChannelLeftBehindIsNotDeployed(Map<String, String> inputs)
      throws IOException {
    var old = new HashMap<>(inputs);
    old.put("COMMIT", quay.remote("rev-parse", "stable~1"));

    assertThat(quay.job("deploy", "deploy", old).getFirst().exitCode()).isNotZero();
  }

  private void goesBack(Release first) throws IOException {
    well(quay.by("ada", "rollback", "stable", "--to", first.digest().hex().substring(0, 12)));
    assertThat(trailer("stable", "Release-Digest")).isEqualTo(first.digest().hex());
    assertThat(quay.tree("stable")).isEqualTo(quay.tree("stable~2"));
    assertThat(quay.tree("stable")).isNotEqualTo(quay.tree("stable~1"));
    assertThat(quay.remote("diff", "--name-only", "alpha", "stable"))
        .isEqualTo("manifests/coredns.yaml\nrelease.json");
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
