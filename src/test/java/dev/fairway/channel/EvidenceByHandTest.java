package dev.fairway.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document says how evidence is verified without Fairway: its very lines are run here. */
class EvidenceByHandTest {
  private static final Path PAGE = Path.of("docs/operations/evidence.md");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\n(.*?)^```");

  @TempDir private Path folder;

  private Harbour harbour;
  private String file;

  @BeforeEach
  void aStatementInAClone() throws IOException {
    harbour = new Harbour(folder);
    harbour.inDev("one");
    GitCommand.git(harbour.clone, "fetch", "-q");
    file =
        GitCommand.git(harbour.clone, "ls-tree", "-r", "--name-only", "origin/evidence")
            .lines()
            .filter(path -> path.contains(".conformance."))
            .findFirst()
            .orElseThrow();
    Files.writeString(harbour.clone.resolve("key.pub"), harbour.ci.publicKey() + "\n");
  }

  private static List<String> blocks() throws IOException {
    var page = Files.readString(PAGE, UTF_8);
    return BLOCK.matcher(page).results().map(block -> block.group(1)).toList();
  }

  private GitCommand run(String block) throws IOException {
    return GitCommand.run(harbour.clone, "sh", "-ec", "file='" + file + "'\n" + block);
  }

  @Test
  void opensslVerifiesAStatement() throws IOException {
    var ran = run(blocks().getFirst());

    assertThat(ran.exitCode()).as(ran.out()).isZero();
    assertThat(ran.out())
        .contains("Signature Verified Successfully", harbour.ci.fingerprint())
        .contains(
            file.replaceAll("(.*\\.)([0-9a-f]{64}\\.json)", "$2")
                .replace(".json", "  statement.json"))
        .contains("\"predicateType\": \"https://fairway.dev/conformance/v1\"");
  }

  @Test
  void opensslRefusesAnotherKey() throws IOException {
    Files.writeString(harbour.clone.resolve("key.pub"), harbour.ada.publicKey() + "\n");

    var ran = run(blocks().getFirst());

    assertThat(ran.exitCode()).isNotZero();
    assertThat(ran.out()).contains("Signature Verification Failure");
  }

  @Test
  void gitVerifiesTheBranch() throws IOException {
    assertThat(run(blocks().getLast()).exitCode()).isZero();

    var tree = GitCommand.git(harbour.clone, "rev-parse", "origin/evidence~1^{tree}");
    var taken =
        GitCommand.git(
            harbour.clone, "commit-tree", tree, "-p", "origin/evidence", "-m", "Take it back");
    GitCommand.git(harbour.clone, "update-ref", "refs/remotes/origin/evidence", taken);
    assertThat(run(blocks().getLast()).exitCode()).isNotZero();
  }
}
