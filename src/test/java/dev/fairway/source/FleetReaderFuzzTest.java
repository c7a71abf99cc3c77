package dev.fairway.source;

import static dev.fairway.source.Records.FACTS;
import static dev.fairway.source.Records.file;
import static dev.fairway.source.Records.rendered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Seeds;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever stands in a file, it is read or there is something to say: never an exception. */
class FleetReaderFuzzTest {
  private static final List<String> PIECES =
      List.of(
          "\n", "  ", "- ", ": ", ":", "\"", "'", "[", "]", "{", "}", "#", "&a ", "*a", "<<: ",
          "!!int ", "? ", "| ", "---\n", "...\n", "%", "\t", "\u0007", "\uFEFF", "\u2028", "\r",
          "é", "😀", "0", "-1", "1e9", "9m", "null", "~", "true", "id: x\n", "/", ".", "\\");

  @Test
  void noDamageToARecordIsABugOfOurs() {
    Seeds.check(
        2000,
        random -> {
          var text = damaged(random.nextBoolean() ? Records.PETS : Records.VETS, random);
          var outcome = FleetReader.read(List.of(file("pets", text)), FACTS);
          assertThat(outcome.value().isPresent()).isNotEqualTo(outcome.diagnostics().hasErrors());
          assertThat(rendered(file("pets", text))).doesNotContain("Exception");
        });
  }

  /** The parser's own buffer once ended between the halves of such a character. */
  @Test
  void aCharacterOutsideTheBasicPlaneMayStandAnywhere() {
    for (var width = 0; width < 2200; width++) {
      var text = "# " + "x".repeat(width) + "😀\n" + Records.PETS;

      assertThat(FleetReader.read(List.of(file("pets", text)), FACTS).diagnostics().all())
          .isEmpty();
    }
  }

  static String damaged(String record, Random random) {
    var text = new StringBuilder(record);
    for (var hits = 1 + random.nextInt(4); hits > 0; hits--) {
      var from = random.nextInt(text.length());
      var to = Math.min(text.length(), from + random.nextInt(12));
      text.replace(from, to, PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }
}
