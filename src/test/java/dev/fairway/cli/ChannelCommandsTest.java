package dev.fairway.cli;

import static dev.fairway.channel.GitCommand.git;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Compiled;
import dev.fairway.Trees;
import dev.fairway.channel.GitCommand;
import dev.fairway.diagnostic.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that move channels and tell of them, with a whole release and the example fleet. */
class ChannelCommandsTest {
  @TempDir private Path folder;

  private Path clone;
  private Path key;

  @BeforeEach
  void aRemoteWithChannels() throws IOException {
    clone = folder.resolve("clone");
    key = GitCommand.newKey(folder.resolve("key"), "ed25519", "");
    git(folder, "init", "-q", "--bare", "-b", "main", "remote.git");
    git(folder, "clone", "-q", "remote.git", "clone");
    Trees.copy(Path.of("clusters"), clone.resolve("clusters"));
    write("channels/dev.yaml", "name: dev\n");
    write("channels/alpha.yaml", "name: alpha\nupstream: dev\n");
    write("channels/stable.yaml", "name: stable\nupstream: alpha\ngates:\n  soak: 1h\n");
    var publicKey = List.of(Files.readString(folder.resolve("key.pub")).split(" ", 3));
    write(
        "channels/trust.yaml",
        """
        keys:
          - owner: ci
            key: %s %s
            promotes: [dev, alpha, stable]
            attests: [health]
            overrides: [soak]
            from: 2026-01-01T00:00:00Z
        """
            .formatted(publicKey.get(0), publicKey.get(1)));
    git(clone, "add", "-A");
    git(clone, "commit", "-q", "-m", "begin");
    git(clone, "push", "-q", "origin", "main");
  }

  private void write(String file, String text) throws IOException {
    var path = clone.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  @Test
  void aReleaseGoesThroughTheChannelsByCommands() throws IOException {
    var digest = Compiled.release().digest().hex();
    assertThat(ok(signed("release", "publish", "--release", release(), "--plan")))
        .startsWith("plan: ");
    assertThat(ok(signed("release", "publish", "--release", release())))
        .contains("dev is proposed release " + digest, "publish/" + digest + " to dev");
    assertThat(ok(signed("promote", "dev"))).contains("dev has release " + digest + " now");
    assertThat(ok(signed("promote", "alpha", "--plan"))).contains("alpha would take");
    assertThat(ok(signed("promote", "alpha"))).contains("met       link: ");
    assertThat(ok(signed("promote", "alpha"))).contains("nothing to do");

    var refused = run(signed("promote", "stable"));
    assertThat(refused.exitCode()).isEqualTo(ExitCode.DIAGNOSTICS);
    assertThat(refused.err()).contains(Code.GATE_NOT_MET.id(), "soak");
    assertThat(refused.out()).contains("promote/stable/" + digest);

    assertThat(ok(plain("channels")))
        .contains("RELEASE", digest.substring(0, 12), "1 of 2", "playground");
    assertThat(ok(plain("history", "alpha"))).contains("promote", "by ci", "from dev@");
    assertThat(ok(plain("why", "playground"))).contains("follows alpha", digest, "publish");
    assertThat(ok(plain("verify", "alpha"))).contains("alpha: 1 commit since");
  }

  @Test
  void aClusterWhoseChannelHasNothingYetIsToldSo() throws IOException {
    assertThat(run(plain("why", "shop-test")).err())
        .contains("no channel has a release yet, so shop-test runs none", "release publish");
    run(signed("release", "publish", "--release", release()));
    run(signed("promote", "dev"));

    assertThat(run(plain("why", "shop-test")).err())
        .contains("shop-test follows alpha, which has no release yet", "fairway promote alpha");
    assertThat(run(plain("why", "shop-tset")).err())
        .contains("neither the id nor the alias of a cluster", "did you mean shop-test?");
    git(clone, "rm", "-q", "-r", "clusters");
    git(clone, "commit", "-q", "-m", "no fleet");
    git(clone, "push", "-q", "origin", "main");
    assertThat(run(plain("why", "shop-test")).err()).doesNotContain("leave it out");
  }

  /** The launcher's own checkout would be compiled, and the clone's commit named. */
  @Test
  void whatTheCloneDoesNotHoldIsNotPublishedAsIts() throws IOException {
    var hotfix = List.of("hotfix", "dev", "--override", "soak", "--reason", "mended");
    for (var act : List.of(List.of("release", "publish"), hotfix)) {
      var refused = run(signed(act.toArray(String[]::new)));
      assertThat(refused.exitCode()).isEqualTo(ExitCode.DIAGNOSTICS);
      assertThat(refused.err())
          .contains(Code.FOREIGN_SOURCE.id(), Compiled.home().toString(), clone.toString());
    }
    assertThat(git(clone, "ls-remote", "origin")).doesNotContain("publish/", "refs/heads/dev");
  }

  @Test
  void whoeverWaitsIsToldOfGatesAndOfNothingElse() throws IOException {
    run(signed("release", "publish", "--release", release()));
    run(signed("promote", "dev"));

    var early = run(signed("promote", "stable", "--or-wait"));
    assertThat(early.exitCode()).as("alpha has nothing yet").isEqualTo(ExitCode.OK);
    assertThat(early.err()).contains("warning " + Code.NOTHING_TO_PROMOTE.id());
    assertThat(run(signed("promote", "stable")).exitCode()).isEqualTo(ExitCode.DIAGNOSTICS);
    assertThat(run(signed("promote", "stabel", "--or-wait")).exitCode())
        .as("no channel at all")
        .isEqualTo(ExitCode.DIAGNOSTICS);
    assertThat(ok(signed("promote", "alpha", "--or-wait"))).contains("alpha has release");
    var waiting = run(signed("promote", "stable", "--or-wait"));
    assertThat(waiting.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(waiting.err()).contains("warning " + Code.GATE_NOT_MET.id(), "soak");
    assertThat(waiting.out()).contains("stable does not take release");
  }

  /** The workflows run from the day on which they are there. */
  @Test
  void whatASchedulesCommandsFindOfAChannelWithoutAReleaseIsNoMishap() throws IOException {
    var looks = Files.createDirectories(folder.resolve("looks")).toString();
    for (var channel : List.of("dev", "alpha", "stable")) {
      var health = List.of("evidence", "add", channel, "--kind", "health", "--looks", looks);
      for (var command : List.of(List.of("promote", channel), health)) {
        waits(signed(command.toArray(String[]::new)));
      }
      waits(plain("verify", channel));
    }
    assertThat(git(clone, "ls-remote", "origin")).doesNotContain("evidence", "promote");
  }

  private static void waits(List<String> line) throws IOException {
    assertThat(run(line).exitCode()).as("%s", line).isEqualTo(ExitCode.DIAGNOSTICS);
    var patient = run(Stream.concat(line.stream(), Stream.of("--or-wait")).toList());
    assertThat(patient.exitCode()).as("%s", patient).isEqualTo(ExitCode.OK);
    assertThat(patient.err()).startsWith("warning FW");
  }

  @Test
  void howAChannelsClustersAreFollowsFromLooksAtThem() throws IOException {
    run(signed("release", "publish", "--release", release()));
    run(signed("promote", "dev"));
    run(signed("promote", "alpha"));
    var looks = Files.createDirectories(folder.resolve("looks"));
    saw(looks, "playground", Compiled.release().digest().hex());

    assertThat(ok(health("alpha", looks))).contains("health (failed)");
    assertThat(said()).endsWith("alpha: playground healthy, shop-test nobody looked");
    saw(looks, "shop-test", "0123");
    assertThat(ok(health("alpha", looks))).contains("health (failed)");
    saw(looks, "shop-test", Compiled.release().digest().hex());
    assertThat(ok(health("alpha", looks))).contains("added health (passed)");
    assertThat(ok(health("alpha", looks))).contains("it is there already");
    assertThat(ok(health("dev", looks))).as("none of it is ready").contains("health (passed)");

    write("clusters/shop-test.yaml", "channel: alpha\nalias: shop-test\n");
    git(clone, "commit", "-q", "-a", "-m", "half a record");
    git(clone, "push", "-q", "origin", "main");
    assertThat(ok(health("alpha", looks))).contains("health (failed)");
    assertThat(said())
        .contains("alpha: clusters/shop-test.yaml its record can't be read, playground healthy");
  }

  @Test
  void looksSayOfHealthAloneAndAllOfIt() throws IOException {
    run(signed("release", "publish", "--release", release()));
    run(signed("promote", "dev"));
    var looks = Files.createDirectories(folder.resolve("looks"));

    var other = signed("evidence", "add", "dev", "--kind", "conformance", "--looks", "" + looks);
    assertThat(run(other).err()).contains(Code.WRONG_PREDICATE.id());
    var twice = new ArrayList<>(health("dev", looks));
    twice.addAll(List.of("--result", "passed"));
    assertThat(run(twice).exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run(health("alpha", looks)).err()).contains(Code.NO_CANDIDATE.id());
    assertThat(run(health("dev", looks.resolve("nowhere"))).err())
        .contains(Code.UNREADABLE_FILE.id());
  }

  private List<String> health(String channel, Path looks) {
    return signed("evidence", "add", channel, "--kind", "health", "--looks", looks.toString());
  }

  private static void saw(Path looks, String alias, String release) throws IOException {
    Files.writeString(
        looks.resolve(alias + ".json"),
        """
        {"cluster": "%s", "healthy": true, "release": "%s", "time": "2026-03-02T08:00:00Z"}
        """
            .formatted(alias, release));
  }

  /** What the statements say, by channel and cluster, in the order of their files. */
  private String said() throws IOException {
    var words = new ArrayList<>(plain("evidence", "list", "alpha", "--output", "json"));
    return run(words)
        .json()
        .required("evidence")
        .valueStream()
        .filter(found -> found.required("kind").asText().equals("health"))
        .map(found ->
            found.required("channel").asText()
                + ": "
                + found.required("details").required("clusters").properties().stream()
                    .map(word -> word.getKey() + " " + word.getValue().asText())
                    .collect(Collectors.joining(", ")))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void programsGetOneDocument() throws IOException {
    run(signed("release", "publish", "--release", release()));
    run(signed("promote", "dev"));
    for (var words :
        List.of(
            signed("release", "publish", "--release", release()),
            signed("promote", "alpha"),
            signed("rollback", "alpha", "--to", Compiled.release().digest().hex()),
            plain("channels"),
            plain("history", "dev"),
            plain("why", "playground"),
            plain("verify", "dev"))) {
      var json = new ArrayList<>(words);
      json.addAll(List.of("--output", "json"));
      var ran = run(json);
      assertThat(ran.err()).as("%s", words).isEmpty();
      assertThat(ran.exitCode()).as("%s", words).isEqualTo(ExitCode.OK);
      assertThat(ran.json().required("errors").asInt()).isZero();
    }
  }

  @Test
  void aFolderWithoutAReleaseHidesNoChannelOfItsName() throws IOException {
    run(signed("release", "publish", "--release", release()));
    run(signed("promote", "dev"));
    git(clone, "fetch", "-q");
    git(clone, "push", "-q", "origin", "origin/dev:refs/heads/docs");

    var found = run(plain("diff", "docs", "dev", "--no-fleet"));
    assertThat(found.err()).isEmpty();
    assertThat(found.out()).isEqualTo("no difference\n");
    assertThat(run(plain("diff", "src", "dev", "--no-fleet")).err())
        .contains("src has no release.json");
  }

  @Test
  void anOverrideNeedsAReasonAndAGateThatHasOne() throws IOException {
    assertThat(run(signed("rollback", "alpha", "--to", "0123456", "--override", "soak")).exitCode())
        .isEqualTo(ExitCode.USAGE);
    assertThat(
            run(signed(
                    "rollback", "alpha", "--to", "0123456", "--override", "link", "--reason", "x"))
                .err())
        .contains("no gate that can be overridden", "upstream-health");
    assertThat(
            run(signed(
                    "rollback",
                    "alpha",
                    "--to",
                    "0123456",
                    "--override",
                    "soak",
                    "--reason",
                    "x\n| met | all"))
                .err())
        .contains("--reason is one line");
  }

  private static String release() throws IOException {
    return Compiled.folder().toString();
  }

  private List<String> plain(String... words) {
    return Stream.concat(Stream.of(words), Stream.of("--repository", clone.toString())).toList();
  }

  private List<String> signed(String... words) {
    return Stream.concat(plain(words).stream(), Stream.of("--key", key.toString())).toList();
  }

  private static String ok(List<String> words) throws IOException {
    var ran = run(words);
    assertThat(ran.err()).as("%s", words).isEmpty();
    assertThat(ran.exitCode()).as("%s", words).isEqualTo(ExitCode.OK);
    return ran.out();
  }

  private static Running run(List<String> words) throws IOException {
    return Running.of(words.toArray(String[]::new));
  }
}
