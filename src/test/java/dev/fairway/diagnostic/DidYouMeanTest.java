package dev.fairway.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Seeds;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DidYouMeanTest {
  private static final List<String> KEYS =
      List.of("name", "profile", "min_size", "max_size", "instance_types", "discount_strategy");

  @ParameterizedTest
  @CsvSource({
    "max_sise, max_size",
    "mxa_size, max_size",
    "maxSize, max_size",
    "MAX-SIZE, max_size",
    "max_siz, max_size",
    "instances_type, instance_types",
    "discountstrategy, discount_strategy",
    "prof, profile",
    "profil, profile",
    "nmae, name"
  })
  void findsTheWordThatWasMeant(String given, String meant) {
    assertThat(DidYouMean.nearest(given, KEYS)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"colour", "x", "''", "sizes_of_things"})
  void staysSilentWhenNoWordIsNear(String given) {
    assertThat(DidYouMean.nearest(given, KEYS)).isEmpty();
    assertThat(DidYouMean.remedy(given, KEYS)).startsWith("write one of name, profile, min_size");
  }

  @Test
  void ofTwoEquallyNearItTakesTheFirstByName() {
    assertThat(DidYouMean.nearest("mix_size", List.of("min_size", "max_size")))
        .contains("max_size");
  }

  @Test
  void twoSwappedNeighboursAreOneSlip() {
    assertThat(DidYouMean.distance("stable", "satble")).isEqualTo(1);
    assertThat(DidYouMean.distance("", "abc")).isEqualTo(3);
    assertThat(DidYouMean.distance("abc", "abc")).isZero();
  }

  @Test
  void oneSlipIsADistanceOfOneAtMostInEitherDirection() {
    Seeds.check(
        500,
        random -> {
          var word = word(random);
          var slip = slip(word, random);
          assertThat(DidYouMean.distance(word, slip)).isLessThanOrEqualTo(1);
          assertThat(DidYouMean.distance(slip, word)).isEqualTo(DidYouMean.distance(word, slip));
        });
  }

  private static String word(Random random) {
    return random
        .ints(2 + random.nextInt(10), 'a', 'e')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String slip(String word, Random random) {
    var at = random.nextInt(word.length() - 1);
    var letters = new StringBuilder(word);
    return switch (random.nextInt(4)) {
      case 0 -> letters.deleteCharAt(at).toString();
      case 1 -> letters.insert(at, 'x').toString();
      case 2 -> letters.replace(at, at + 1, "x").toString();
      default -> letters.insert(at, letters.charAt(at + 1)).deleteCharAt(at + 2).toString();
    };
  }
}
