package dev.fairway.channel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.channel.ActReport.State;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees that no git writes, in which one reader finds what another does not. */
class OddTreesTest {
  @TempDir private Path folder;

  /** A tree in the making, and what it would be made of. */
  private interface Oddity {
    void write(
        TreeFormatter to,
        CanonicalTreeParser entry,
        ObjectInserter inserter,
        CanonicalTreeParser in)
        throws IOException;

    /** What no formatter writes, in the tree's bytes as Latin-1. */
    default String bytes(String tree) {
      return tree;
    }
  }

  private static void same(TreeFormatter to, CanonicalTreeParser entry) {
    to.append(name(entry), entry.getEntryFileMode(), entry.getEntryObjectId());
  }

  private static byte[] name(CanonicalTreeParser entry) {
    return entry.getEntryPathString().getBytes(UTF_8);
  }

  /** The tree with each entry of its root written by somebody else. */
  private static ObjectId made(Path remote, ObjectId tree, Oddity oddity) throws IOException {
    try (var git = new FileRepositoryBuilder().setGitDir(remote.toFile()).build();
        var inserter = git.newObjectInserter();
        var reader = git.newObjectReader()) {
      var to = new TreeFormatter();
      var entry = new CanonicalTreeParser(new byte[0], reader, tree);
      for (; !entry.eof(); entry.next(1)) {
        var below = new CanonicalTreeParser();
        if (entry.getEntryFileMode().equals(FileMode.TREE)) {
          below.reset(reader, entry.getEntryObjectId());
        }
        oddity.write(to, entry, inserter, below);
      }
      var bytes = oddity.bytes(new String(to.toByteArray(), ISO_8859_1)).getBytes(ISO_8859_1);
      var made = inserter.insert(Constants.OBJ_TREE, bytes);
      inserter.flush();
      return made;
    }
  }

  private static boolean isManifest(CanonicalTreeParser entry) {
    return entry.getEntryPathString().equals("release.json");
  }

  @Test
  void aManifestThatStandsThereTwiceIsNoRelease() throws IOException {
    assertNoRelease((to, entry, inserter, _) -> {
      if (isManifest(entry)) {
        var other = inserter.insert(Constants.OBJ_BLOB, "{\"evil\":true}".getBytes(UTF_8));
        to.append(name(entry), FileMode.REGULAR_FILE, other);
      }
      same(to, entry);
    });
  }

  @Test
  void anEmptyFolderIsOfNoRelease() throws IOException {
    assertNoRelease((to, entry, inserter, _) -> {
      same(to, entry);
      if (isManifest(entry)) {
        to.append("zzz", FileMode.TREE, inserter.insert(new TreeFormatter()));
      }
    });
  }

  @Test
  void aModeThatGitDoesNotWriteIsOfNoRelease() throws IOException {
    assertNoRelease(
        new Oddity() {
          @Override
          public void write(
              TreeFormatter to,
              CanonicalTreeParser entry,
              ObjectInserter inserter,
              CanonicalTreeParser in) {
            same(to, entry);
          }

          @Override
          public String bytes(String tree) {
            return tree.replace("100644 release.json", "100664 release.json");
          }
        });
  }

  @Test
  void aNameWithASlashInItIsNoFolder() throws IOException {
    assertNoRelease((to, entry, _, below) -> {
      if (!entry.getEntryFileMode().equals(FileMode.TREE)) {
        same(to, entry);
      } else {
        for (; !below.eof(); below.next(1)) {
          var path = entry.getEntryPathString() + "/" + below.getEntryPathString();
          to.append(path, below.getEntryFileMode(), below.getEntryObjectId());
        }
      }
    });
  }

  private void assertNoRelease(Oddity oddity) throws IOException {
    var harbour = new Harbour(folder);
    harbour.main("one");
    var one = TinyReleases.of("one");
    Harbour.mustMove(State.PROPOSED, harbour.publish(one));
    harbour.attest("conformance", "dev", one, harbour.ci);
    var copy = harbour.copy(Files.createDirectory(folder.resolve("copy")));
    replaceTree(copy, Branches.PUBLISH + one.digest().hex(), oddity);
    assertThat(refused(copy.promote("dev"))).contains(Code.TAMPERED_RELEASE);
    assertThat(copy.remoteGit("for-each-ref", "refs/heads/dev")).isEmpty();

    Harbour.mustMove(State.MOVED, harbour.promote("dev"));
    replaceTree(harbour, "dev", oddity);
    harbour.pass(Duration.ofHours(24));
    assertThat(refused(harbour.promote("alpha"))).contains(Code.TAMPERED_RELEASE);
    assertThat(refused(harbour.verify("dev"))).contains(Code.TAMPERED_RELEASE);
  }

  private static void replaceTree(Harbour harbour, String branch, Oddity oddity)
      throws IOException {
    try (var forger = new Forger(harbour.remote)) {
      var tree = made(harbour.remote, forger.tip(branch).getTree(), oddity);
      forger.replaceTip(branch, text -> text, tree, Optional.of(harbour.ci));
    }
    harbour.forget();
  }

  private static List<Code> refused(Outcome<?> outcome) {
    assertThat(outcome.value()).isEmpty();
    return outcome.diagnostics().all().stream().map(Diagnostic::code).toList();
  }

  @Test
  void evidenceWhoseFoldersStandThereTwiceIsRefused() throws IOException {
    assertNoEvidence((to, entry, _, _) -> {
      same(to, entry);
      same(to, entry);
    });
  }

  @Test
  void evidenceWithWhatIsNoStatementIsRefused() throws IOException {
    assertNoEvidence((to, entry, inserter, _) -> {
      same(to, entry);
      to.append(
          "zzz", FileMode.REGULAR_FILE, inserter.insert(Constants.OBJ_BLOB, "hi".getBytes(UTF_8)));
    });
    assertNoEvidence((to, entry, inserter, _) -> {
      same(to, entry);
      to.append("zzz", FileMode.TREE, inserter.insert(new TreeFormatter()));
    });
  }

  /** Signed by somebody who is trusted with something. */
  private void assertNoEvidence(Oddity oddity) throws IOException {
    var harbour = new Harbour(Files.createTempDirectory(folder, "harbour"));
    harbour.inDev("one");
    harbour.pass(Duration.ofHours(24));
    try (var forger = new Forger(harbour.remote)) {
      var tip = forger.tip("evidence");
      var tree = made(harbour.remote, tip.getTree(), oddity);
      forger.move(
          "evidence", forger.commit(tree, "x", Optional.of(harbour.grace), harbour.now, tip));
    }

    assertThat(refused(harbour.promote("alpha"))).containsOnly(Code.REWRITTEN_EVIDENCE);
    assertThat(refused(harbour.verify("dev"))).containsOnly(Code.REWRITTEN_EVIDENCE);
  }
}
