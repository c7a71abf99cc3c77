package dev.fairway.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fairway.Seeds;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

  /** The canonical forms are Kubernetes' own. */
  @ParameterizedTest
  @CsvSource({
    "100m, 100m",
    "0.1, 100m",
    "1000m, 1",
    "1500m, 1500m",
    "0, 0",
    "0Mi, 0",
    "-1.5, -1500m",
    "1024, 1024",
    "1024Mi, 1Gi",
    "1.5Gi, 1536Mi",
    "164Mi, 164Mi",
    "0.5Ki, 512",
    "0.3Mi, 314572800m",
    "12e6, 12e6",
    "1E3, 1e3",
    "1E, 1E",
    "100k, 100k",
    "1000k, 1M",
    "5n, 5n",
    ".5, 500m",
    "5., 5",
    "+5, 5",
    "10, 10"
  })
  void isWrittenInItsCanonicalForm(String text, String canonical) {
    assertThat(Quantity.of(text)).hasToString(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "m", "1mi", "1KI", "1 Gi", "1Gib", "0x10", "1,5", "0.1n", "9E3E", "8Ei", "1e99"
      })
  void whatIsNoQuantityIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Quantity.of(text));
  }

  @Test
  void equalityIsOfTheAmountAlone() {
    assertThat(Quantity.of("1Ki"))
        .isEqualTo(Quantity.of("1024"))
        .hasSameHashCodeAs(Quantity.of("1024"));
  }

  @Test
  void wholeUnitsAreRoundedUpAsKubernetesDoes() {
    assertThat(Quantity.of("1m").bytes()).isEqualTo(1);
    assertThat(Quantity.of("1n").millis()).isEqualTo(1);
    assertThat(Quantity.of("164Mi").bytes()).isEqualTo(164L << 20);
    assertThat(Quantity.of("2").millis()).isEqualTo(2000);
  }

  @Test
  void sumsKeepTheFormatOfTheFirst() {
    assertThat(Quantity.of("164Mi").plus(Quantity.of("282Mi"))).hasToString("446Mi");
    assertThat(Quantity.of("2").minus(Quantity.of("200m"))).hasToString("1800m");
    assertThat(Quantity.of("100m").times(3)).hasToString("300m");
  }

  @Test
  void readingWhatIsWrittenGivesTheSame() {
    Seeds.check(
        2000,
        random -> {
          var quantity = quantity(random);
          var text = quantity.toString();
          assertThat(Quantity.of(text)).isEqualTo(quantity);
          if (quantity.format() != Quantity.Format.BINARY) {
            assertThat(Quantity.of(text)).hasToString(text);
          }
        });
  }

  @Test
  void orderIsThatOfSubtraction() {
    Seeds.check(
        1000,
        random -> {
          var a = quantity(random);
          var b = quantity(random);
          assertThat(a.compareTo(b)).isEqualTo(a.minus(b).amount().signum());
          assertThat(a.plus(b)).isEqualTo(b.plus(a));
        });
  }

  private static Quantity quantity(Random random) {
    var suffixes = List.of("n", "u", "m", "", "k", "M", "G", "Ki", "Mi", "Gi", "e3", "E0", "e6");
    var suffix = suffixes.get(random.nextInt(suffixes.size()));
    var fraction = suffix.equals("n") || random.nextBoolean() ? "" : ".5";
    return Quantity.of(random.nextInt(100_000) + fraction + suffix);
  }
}
