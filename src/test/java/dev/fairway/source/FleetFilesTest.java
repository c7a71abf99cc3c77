package dev.fairway.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Snapshots;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Renderer;
import dev.fairway.diagnostic.Report;
import dev.fairway.diagnostic.SourceLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FleetFilesTest {
  @TempDir private Path folder;

  @Test
  void whatCannotBeReadIsSaidAndTheRestIsReadAllTheSame() throws IOException {
    Files.createDirectory(folder.resolve("folder.yaml"));
    Files.createDirectory(folder.resolve("europe"));
    Files.createSymbolicLink(folder.resolve("gone.yaml"), folder.resolve("nowhere"));
    Files.write(
        folder.resolve("latin.yaml"), "# x\n# für alle\nowner: pets\n".getBytes(ISO_8859_1));
    Files.writeString(folder.resolve("pets.yml"), Records.PETS);
    Files.writeString(folder.resolve("README.md"), "not a record");
    Files.writeString(folder.resolve(".pets.yaml.swp"), "not a record");
    Files.writeString(folder.resolve("vets.yaml"), "owner: 7\n");

    Snapshots.assertMatches("diagnostic", "source/files.txt", rendered(folder));
  }

  @Test
  void aFolderThatIsNotThereIsSaid() {
    Snapshots.assertMatches(
        "diagnostic", "source/no-folder.txt", rendered(folder.resolve("nowhere")));
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    var file = Files.writeString(folder.resolve("pets.yaml"), Records.PETS);

    Snapshots.assertMatches("diagnostic", "source/file-for-folder.txt", rendered(file));
  }

  @Test
  void aByteOrderMarkAndWindowsLineEndsDoNoHarm() throws IOException {
    Files.writeString(folder.resolve("pets.yaml"), "\uFEFF" + Records.PETS.replace("\n", "\r\n"));

    assertThat(FleetReader.read(folder, Records.FACTS).diagnostics()).isEqualTo(Diagnostics.NONE);
  }

  /** What main has of it is where it leads to, and nobody who judges follows that. */
  @Test
  void aLinkIsNoRecordWhereverItLeads() throws IOException {
    var elsewhere = Files.createDirectory(folder.resolve(".records"));
    Files.writeString(elsewhere.resolve("pets.yaml"), Records.PETS);
    Files.createSymbolicLink(folder.resolve("pets.yaml"), Path.of(".records/pets.yaml"));

    assertThat(FleetReader.read(folder, Records.FACTS).diagnostics().all())
        .extracting(Diagnostic::message)
        .containsExactly(folder.resolve("pets.yaml") + " is a symbolic link");
  }

  @Test
  @Timeout(10)
  void whatIsTooLargeOrNoFileIsNotRead() throws Exception {
    Files.writeString(folder.resolve("large.yaml"), "# large\n".repeat(1 << 18));
    new ProcessBuilder("mkfifo", folder.resolve("pipe.yaml").toString()).start().waitFor();
    Files.writeString(folder.resolve("\uFFFD.yaml"), Records.PETS);

    assertThat(rendered(folder))
        .contains("clusters/large.yaml is larger than 1 MiB")
        .contains("clusters/pipe.yaml is no regular file")
        .contains("clusters/\uFFFD.yaml has a name that can't be read here");
  }

  @Test
  @Timeout(10)
  void aFileThatIsNoRecordDoesNotDrownTheRest() throws IOException {
    var keys = new StringBuilder();
    for (var i = 0; i < 40_000; i++) {
      keys.append("min_size_").append(i).append(": 1\nk: 1\n");
    }
    Files.writeString(folder.resolve("many.yaml"), keys);
    Files.writeString(folder.resolve("long.yaml"), "owner: [" + "x".repeat(500_000) + "]\n");
    Files.writeString(
        folder.resolve("words.yaml"),
        Records.edit(Records.PETS, "channel: alpha", "channel: " + "x".repeat(500_000)));

    var rendered = rendered(folder);

    assertThat(rendered.lines().filter(line -> line.startsWith("clusters/many.yaml"))).hasSize(101);
    assertThat(rendered)
        .contains(" error FW1027: ")
        .contains("channel is \"" + "x".repeat(120) + "…\"")
        .hasSizeLessThan(100_000);
  }

  @Test
  void aFolderWithoutARecordIsNoFleet() throws IOException {
    Files.writeString(folder.resolve("README.md"), "not a record");
    Files.writeString(folder.resolve(".pets.yaml"), "hidden");

    assertThat(FleetReader.read(folder, Records.FACTS).diagnostics().all())
        .extracting(Diagnostic::code)
        .containsExactly(Code.NO_RECORDS);
  }

  private String rendered(Path path) {
    var outcome = FleetReader.read(path, Records.FACTS);
    return Renderer.TEXT
        .render(Report.of(outcome.diagnostics(), SourceLines.onDisk()))
        .replace(folder.toString(), "clusters");
  }
}
