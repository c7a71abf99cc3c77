package dev.fairway.e2e;

import static dev.fairway.channel.GitCommand.git;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Compiled;
import dev.fairway.channel.GitCommand;
import dev.fairway.channel.SigningKey;
import dev.fairway.diff.Edited;
import dev.fairway.e2e.report.Evidence;
import dev.fairway.e2e.report.Item;
import dev.fairway.release.Folders;
import dev.fairway.release.Release;
import dev.fairway.release.ReleaseFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A cluster that follows stable, through the last step of the chain: what is deployed is taken from
 * the branch by the ordinary git, as the workflow does it.
 */
@Order(2)
@Tag("e2e")
@Item(9)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
final class ChannelDeployTest {
  private static final String CHANGED = "Deployment/kube-system/coredns";

  private final World world = World.of("e2e", "channel");

  private final Path folder = Path.of("target/e2e/channel").toAbsolutePath();

  private int unpacked;

  @BeforeAll
  void aRemoteWithChannels() throws IOException {
    Folders.delete(folder);
    Files.createDirectories(folder);
    Wanted.OFF.forEach(component -> world.setting(component + "_enabled", "false"));
    world.record(text -> text.replace("\nchannel: dev\n", "\nchannel: stable\n"));
    var key = SigningKey.generate();
    key.write(folder.resolve("key"));
    git(folder, "init", "-q", "--bare", "-b", "main", "remote.git");
    git(folder, "clone", "-q", "remote.git", "clone");
    write("clusters/e2e.yaml", world.record());
    write("channels/dev.yaml", "name: dev\n");
    write("channels/alpha.yaml", "name: alpha\nupstream: dev\ngates:\n  soak: 1s\n");
    write("channels/stable.yaml", "name: stable\nupstream: alpha\n");
    write(
        "channels/trust.yaml",
        "keys:\n  - owner: ci\n    key: %s\n    promotes: [dev, alpha, stable]\n"
                .formatted(key.publicKey())
            + "    from: 2026-01-01T00:00:00Z\n");
    git(checkout(), "add", "-A");
    git(checkout(), "commit", "-q", "-m", "begin");
    git(checkout(), "push", "-q", "origin", "main");
  }

  private Path checkout() {
    return folder.resolve("clone");
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(checkout().resolve(file).getParent());
    Files.writeString(checkout().resolve(file), text);
  }

  @AfterAll
  void close() {
    world.close();
  }

  @Test
  @Order(1)
  void aClusterIsMadeOfWhatStableHas(Evidence evidence) throws IOException {
    World.tellEngines(evidence);
    evidence.engine(GitCommand.run(folder, "git", "--version").out().strip());
    toStable(Compiled.release(), evidence);
    var stable = stable();
    assertThat(world.deployFrom(stable).code()).as("its secrets are empty").isEqualTo(1);
    world.aws().fillSecrets("e2e-foundation");
    world.deployFrom(stable).succeeded();
    assertThat(Told.by(world.deployFrom(stable).succeeded()).isChanged()).isFalse();
  }

  @Test
  @Order(2)
  void exactlyWhatAReleaseChangesReachesTheCluster(Evidence evidence) throws IOException {
    toStable(changed(), evidence);
    var told = Told.by(world.deployFrom(stable()).succeeded());
    assertThat(told.changed()).containsExactly(CHANGED);
    assertThat(unavailable()).isEqualTo(2);
  }

  @Test
  @Order(3)
  void theClusterComesBackWithItsChannel(Evidence evidence) throws IOException {
    var first = Compiled.release().digest().hex();
    var told = fairway("rollback", "stable", "--to", first);
    evidence.text("what the rollback told", told.succeeded().out());
    assertThat(Told.by(world.deployFrom(stable()).succeeded()).changed()).containsExactly(CHANGED);
    assertThat(unavailable()).isEqualTo(1);
    fairway("verify", "stable").succeeded();
  }

  private static Release changed() {
    return Edited.compiled()
        .replace("manifests/coredns.yaml", "maxUnavailable: 1", "maxUnavailable: 2")
        .release();
  }

  private int unavailable() {
    return world
        .controlPlane()
        .admin()
        .apps()
        .deployments()
        .inNamespace("kube-system")
        .withName("coredns")
        .get()
        .getSpec()
        .getStrategy()
        .getRollingUpdate()
        .getMaxUnavailable()
        .getIntVal();
  }

  private void toStable(Release release, Evidence evidence) throws IOException {
    var packed = folder.resolve(release.digest().hex());
    ReleaseFolder.write(release, packed);
    // A source compiles to one release only; this stands for a change of it.
    git(checkout(), "commit", "-q", "--allow-empty", "-m", "compiles to " + release.digest());
    git(checkout(), "push", "-q", "origin", "main");
    fairway("release", "publish", "--release", packed.toString()).succeeded();
    fairway("promote", "dev").succeeded();
    Eventually.holds(
        "it has soaked in dev",
        Duration.ofSeconds(30),
        () -> fairway("promote", "alpha").code() == 0);
    evidence.text("what stable told", fairway("promote", "stable").succeeded().out());
    var remote = folder.resolve("remote.git");
    for (var channel : List.of("dev", "alpha")) {
      assertThat(git(remote, "rev-parse", channel + "^{tree}"))
          .isEqualTo(git(remote, "rev-parse", "stable^{tree}"));
    }
  }

  /** What the branch holds, in a folder. */
  private Path stable() throws IOException {
    var release = folder.resolve("stable-" + ++unpacked);
    Folders.delete(release);
    git(checkout(), "fetch", "-q");
    git(checkout(), "archive", "--output", release + ".tar", "origin/stable");
    GitCommand.run(
        folder, "tar", "--extract", "--file", release + ".tar", "--one-top-level=" + release);
    return release;
  }

  private FairwayProcess.Ended fairway(String... words) {
    var line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--repository", checkout().toString()));
    if (!words[0].equals("verify")) {
      line.addAll(List.of("--key", folder.resolve("key").toString()));
    }
    return FairwayProcess.start(Map.of(), folder.resolve("log"), line).await();
  }
}
