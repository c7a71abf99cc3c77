package dev.fairway.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Compiled;
import dev.fairway.Trees;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseFolderTest {
  @TempDir private Path parent;

  private Path folder;

  @BeforeEach
  void writeIt() throws IOException {
    folder = parent.resolve("R");
    ReleaseFolder.write(Compiled.release(), folder);
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    var read = ReleaseFolder.read(folder).value().orElseThrow();

    assertThat(read.manifest()).isEqualTo(Compiled.release().manifest());
    Trees.assertSame(read.files(), Compiled.release().files());
    assertThat(read.digest()).isEqualTo(Compiled.release().digest());
  }

  @Test
  void aPackedReleaseIsTheSame() throws IOException {
    var unpacked = PackedRelease.unpack(PackedRelease.pack(Compiled.release()));

    assertThat(unpacked.manifest()).isEqualTo(Compiled.release().manifest());
    Trees.assertSame(unpacked.files(), Compiled.release().files());
  }

  /** {@code sha256sum} of every file, its two blanks a NUL, sorted as bytes; the sum of that. */
  @Test
  void theDigestIsWhatAnyoneCanWorkOut() throws Exception {
    var sums = MessageDigest.getInstance("SHA-256");
    for (var entry : Trees.read(folder).entrySet()) {
      var sum = MessageDigest.getInstance("SHA-256").digest(entry.getValue());
      sums.update(entry.getKey().getBytes(UTF_8));
      sums.update(("\0" + HexFormat.of().formatHex(sum) + "\n").getBytes(UTF_8));
    }

    assertThat(HexFormat.of().formatHex(sums.digest()))
        .isEqualTo(Compiled.release().digest().hex());
  }

  @Test
  void pathsAreSortedByTheirBytesAndNotAsJavaSorts() {
    // U+FF01 comes after U+1F600 in UTF-16, and before it in UTF-8.
    assertThat(List.of("b", "\ud83d\ude00", "\uff01", "a").stream().sorted(TreeDigest.ORDER))
        .containsExactly("a", "b", "\uff01", "\ud83d\ude00");
  }

  @Test
  void theManifestListsEveryFileButItself() throws IOException {
    var files = Trees.read(folder).keySet();
    files.remove(ReleaseManifest.FILE);

    assertThat(Compiled.release().manifest().files().keySet()).containsExactlyElementsOf(files);
  }

  @Test
  void aChangedFileIsSaid() throws IOException {
    var file = folder.resolve("manifests/coredns.yaml");
    Files.writeString(file, Files.readString(file) + "\n");

    assertTampered("manifests/coredns.yaml", "its digest is");
  }

  @Test
  void anAddedFileIsSaid() throws IOException {
    Files.writeString(folder.resolve("manifests/.hidden"), "");

    assertTampered("manifests/.hidden", "lists no such file");
  }

  @Test
  void anAddedLinkToAFolderIsSaid() throws IOException {
    Files.createSymbolicLink(folder.resolve("manifests/more"), parent);

    assertTampered("manifests/more", "lists no such file");
  }

  @Test
  void aMissingFileIsSaid() throws IOException {
    Files.delete(folder.resolve("policies/etcd.json"));

    assertTampered("policies/etcd.json", "missing");
  }

  @Test
  void aLinkInTheFilesPlaceIsSaid() throws IOException {
    var file = folder.resolve("policies/etcd.json");
    Files.move(file, parent.resolve("elsewhere"));
    Files.createSymbolicLink(file, parent.resolve("elsewhere"));

    assertTampered("policies/etcd.json", "link");
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() throws IOException {
    Files.delete(folder.resolve("policies/etcd.json"));
    Files.writeString(folder.resolve("notes"), "");
    Files.writeString(folder.resolve("inventory.json"), "{}\n");

    assertThat(ReleaseFolder.read(folder).diagnostics().all()).hasSize(3);
  }

  private void assertTampered(String path, String what) throws IOException {
    var found = only();
    assertThat(found.code()).isEqualTo(Code.TAMPERED_RELEASE);
    assertThat(found.span().orElseThrow().file()).endsWith(path);
    assertThat(found.message()).contains(what);
  }

  @Test
  void aManifestInAnotherFormIsNone() throws IOException {
    var manifest = folder.resolve(ReleaseManifest.FILE);
    var text = Files.readString(manifest);
    for (var other :
        List.of(
            text + "\n",
            text.stripTrailing(),
            text.replaceFirst("\n  ", "\n    "),
            text.replace("\n", "\r\n"),
            text.replaceFirst("\\{", "{\"formatVersion\": 1,"),
            text.replace("\"formatVersion\": 1", "\"formatVersion\": 2"),
            text.replace("\"formatVersion\": 1", "\"formatVersion\": 1, \"more\": 1"),
            text.replace("\"order\"", "\"ordre\""),
            text.replaceFirst("\"scope\": \"CLUSTER\"", "\"scope\": \"GALAXY\""),
            text.substring(0, text.length() / 2),
            "",
            "[]",
            "null",
            "\ufeff" + text)) {
      Files.writeString(manifest, other);
      var found = only();
      assertThat(found.code()).isEqualTo(Code.UNREADABLE_RELEASE);
      assertThat(found.message()).doesNotContain("Exception");
    }
  }

  @Test
  void aFolderWithoutAManifestIsNone() throws IOException {
    Files.delete(folder.resolve(ReleaseManifest.FILE));
    assertThat(only().code()).isEqualTo(Code.NO_RELEASE);

    folder = parent.resolve("nowhere");
    assertThat(only().code()).isEqualTo(Code.NO_RELEASE);
  }

  private Diagnostic only() throws IOException {
    var read = ReleaseFolder.read(folder);
    assertThat(read.value()).isEmpty();
    assertThat(read.diagnostics().all()).as("%s", read.diagnostics()).hasSize(1);
    return read.diagnostics().all().getFirst();
  }
}
