package dev.fairway.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.model.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Only what was seen of this cluster, with this release, can make it healthy. */
class FleetLookTest {
  private static final Digest RELEASE = Digest.of("release");
  private static final String TIME = "2026-03-02T08:00:00Z";
  private static final String WELL =
      "{'cluster': 'shop', 'healthy': true, 'release': 'RELEASE', 'time': '%s'}".formatted(TIME);

  @TempDir private Path folder;

  private FleetLook look() {
    return FleetLook.read(folder).value().orElseThrow();
  }

  private void saw(String file, String json) throws IOException {
    Files.writeString(
        folder.resolve(file), json.replace("RELEASE", RELEASE.hex()).replace('\'', '"'));
  }

  private String word(String json) throws IOException {
    saw("shop.json", json);
    return look().word("shop", RELEASE);
  }

  @Test
  void whatIsWellIsHealthy() throws IOException {
    assertThat(word(WELL)).isEqualTo("healthy");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "true|false|it is not well",
        "true|'true'|what was seen of it can't be read",
        "'healthy': true,|'reason': 'well',|what was seen of it can't be read",
        "true|false, 'reason': 'node i-1 is not ready'|node i-1 is not ready",
        "true|false, 'reason': 'healthy'|it is not well",
        "shop|shop-test|the cluster that was looked at is 'shop-test'",
        "'RELEASE'|'0123'|it was looked at with the release '0123'",
        TIME + "|yesterday|what was seen of it can't be read",
        "}|]|what was seen of it can't be read",
      })
  void nothingElseIs(String part, String other, String word) throws IOException {
    assertThat(WELL).contains(part);
    assertThat(word(WELL.replace(part, other))).isEqualTo(word);
  }

  @Test
  void aFileThatIsNoObjectOfJsonIsSaidSo() throws IOException {
    for (var text : new String[] {"", "[]", "null", "healthy"}) {
      assertThat(word(text)).as(text).isEqualTo("what was seen of it can't be read");
    }
    Files.write(
        folder.resolve("shop.json"), "{\"a\": \"ä\"}".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(look().word("shop", RELEASE)).isEqualTo("what was seen of it can't be read");
  }

  @Test
  void withoutAFileNobodyLooked() throws IOException {
    saw("shop.txt", WELL);
    saw("shop-test.json", WELL);

    assertThat(look().word("shop", RELEASE)).isEqualTo("nobody looked");
  }

  @Test
  void theFirstLookIsAsOldAsTheWhole() throws IOException {
    var ours = List.of("shop", "data", "payments", "shop-west");
    assertThat(look().earliest(ours)).isEmpty();
    saw("shop.json", WELL);
    saw("data.json", "{'healthy': false, 'time': '2026-03-02T07:59:59Z'}");
    saw("payments.json", "{");
    saw("playground.json", "{'time': '2026-01-01T00:00:00Z'}");

    assertThat(look().earliest(ours)).contains(Instant.parse("2026-03-02T07:59:59Z"));
  }

  @Test
  void aFolderThatIsNotThereIsRefused() {
    assertThat(FleetLook.read(folder.resolve("nowhere")).diagnostics().all())
        .extracting(Diagnostic::code)
        .containsExactly(Code.UNREADABLE_FILE);
  }
}
