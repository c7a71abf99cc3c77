package dev.fairway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.channel.GitCommand;
import dev.fairway.release.CanonicalJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about evidence, in a clone of a small remote, with keys of ssh-keygen's. */
class EvidenceCommandsTest {
  private static final String RELEASE = "0123456789abcdef".repeat(4);

  @TempDir private Path folder;

  private Path clone;

  /** What a command said, and what it came to. */
  private record Ran(int exitCode, String out, String err) {
    JsonNode json() throws IOException {
      return CanonicalJson.TREES.readTree(out);
    }
  }

  @BeforeEach
  void aRemoteWithAChannel() throws IOException {
    clone = folder.resolve("clone");
    GitCommand.git(folder, "init", "-q", "--bare", "-b", "main", "remote.git");
    GitCommand.git(folder, "clone", "-q", "remote.git", "clone");
    system(folder, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", "ci");
    system(folder, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", "stranger");
    var channels = Files.createDirectories(clone.resolve("channels"));
    Files.writeString(channels.resolve("dev.yaml"), "name: dev\n");
    Files.writeString(
        channels.resolve("trust.yaml"),
        """
        keys:
          - owner: ci
            key: %s
            promotes: [dev]
            attests: [conformance]
            groups: [platform]
            from: 2026-01-01T00:00:00Z
        """
            .formatted(Files.readString(folder.resolve("ci.pub")).strip()));
    system(clone, "git", "add", "-A");
    system(
        clone,
        "git",
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@b.example",
        "commit",
        "-qm",
        "Begin");
    system(clone, "git", "push", "-q", "origin", "main");
  }

  private static void system(Path where, String... words) throws IOException {
    var process = new ProcessBuilder(words).directory(where.toFile()).inheritIO().start();
    try {
      assertThat(process.waitFor()).as(String.join(" ", words)).isZero();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private Ran run(String words) {
    return run(words, "ci");
  }

  private Ran run(String words, String key) {
    var args =
        Stream.concat(
                Stream.of(words.replace("RELEASE", RELEASE).split(" ", -1)),
                Stream.of("--repository", clone.toString()))
            .map(word -> word.replace("KEY", folder.resolve(key).toString()));
    var out = new StringWriter();
    var err = new StringWriter();
    var exitCode =
        Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
            .execute(args.toArray(String[]::new));
    return new Ran(exitCode, out.toString(), err.toString());
  }

  @Test
  void whatIsAddedIsListedAndVerified() throws IOException {
    var added = run("evidence add dev --release RELEASE --kind conformance --key KEY");
    assertThat(added.err()).isEmpty();
    assertThat(added.out())
        .startsWith(
            "added conformance (passed) of 0123456789ab for dev, by ci\n  dev/01/" + RELEASE);
    var approved = run("approve dev --release RELEASE --group platform --key KEY --output json");
    assertThat(approved.json().required("kind").asText()).isEqualTo("approval");
    assertThat(approved.json().required("added").asBoolean()).isTrue();

    assertThat(run("evidence list dev").out())
        .contains("CHANNEL", "approval", "conformance", "passed", "yes");
    var listed = run("evidence list --release 0123456 --output json").json().required("evidence");
    assertThat(listed).hasSize(2).allMatch(found -> found.required("counts").asBoolean());
    assertThat(listed.required(0).required("details").required("group").asText())
        .isEqualTo("platform");
    assertThat(run("evidence list --release 7654321").out())
        .isEqualTo("nobody has said anything\n");

    assertThat(run("evidence verify").out())
        .startsWith("evidence at ")
        .endsWith(": only added to, by trusted keys; 2 of 2 statements count\n");
    assertThat(run("evidence verify --offline --output json").json().required("counting").asInt())
        .isEqualTo(2);
  }

  @Test
  void aPlanAddsNothing() throws IOException {
    var plan = run("evidence add dev --release RELEASE --kind conformance --key KEY --plan");

    assertThat(plan.out()).startsWith("would add conformance (passed) of 0123456789ab for dev");
    assertThat(run("evidence list").out()).isEqualTo("nobody has said anything\n");
  }

  @Test
  void aPredicateIsTakenFromAFile() throws IOException {
    var file = folder.resolve("report.json");
    Files.writeString(file, "{\"tests\": 412, \"failed\": [\"dns\"]}");
    var add = "evidence add dev --release RELEASE --kind conformance --result failed --key KEY";

    assertThat(run(add + " --predicate " + file).exitCode()).isEqualTo(ExitCode.OK);

    var said = run("evidence list --output json").json().required("evidence").required(0);
    assertThat(said.required("result").asText()).isEqualTo("failed");
    assertThat(said.required("details").required("tests").asInt()).isEqualTo(412);
    for (var wrong : List.of("[]", "{", "{\"a\": 1} }", "{\"a\": 1, \"a\": 2}")) {
      Files.writeString(file, wrong);
      assertThat(run(add + " --predicate " + file).err()).as(wrong).contains("error FW9207");
    }
    assertThat(run(add + " --predicate nowhere.json").err()).contains("error FW1001");
  }

  @Test
  void aKeyThatMayNotSayItIsRefused() {
    var add = "evidence add dev --release RELEASE --kind conformance --key KEY";

    var refused = run(add, "stranger");
    assertThat(refused.exitCode()).isEqualTo(ExitCode.DIAGNOSTICS);
    assertThat(refused.err())
        .contains("error FW9112: it would not count: trust.yaml does not know");
    assertThat(run(add, "nothing").err()).contains("error FW9201");
    assertThat(run(add, "ci.pub").err()).contains("error FW9202");
    assertThat(run("evidence add dev --release RELEASE --kind conformance").err())
        .contains("error FW9119");
  }

  @Test
  void aCommandLineThatLacksSomethingIsAUsageError() {
    for (var line : List.of("evidence", "evidence add dev", "evidence add", "approve dev")) {
      assertThat(run(line).exitCode()).as(line).isEqualTo(ExitCode.USAGE);
    }
  }
}
