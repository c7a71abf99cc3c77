package dev.fairway.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fairway.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/33",
        "10.0.0.0",
        "10.0.0/8",
        "10.0.0.256/32",
        "010.0.0.0/8",
        "10.0.0.1/8",
        "10.0.0.0/08",
        "10.0.0.0/-1",
        " 10.0.0.0/8",
        "::/0",
        ""
      })
  void whatIsNoCanonicalRangeIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Cidr.of(text));
  }

  @Test
  void theWholeInternetIsARange() {
    var all = Cidr.of("0.0.0.0/0");

    assertThat(all.size()).isEqualTo(1L << 32);
    assertThat(all.contains(Cidr.of("255.255.255.255/32"))).isTrue();
  }

  @Test
  void anAddressIsARangeOfOne() {
    assertThat(Cidr.ofAddress("203.0.113.7")).isEqualTo(Cidr.of("203.0.113.7/32"));
    assertThat(Cidr.ofAddress("203.0.113.7").size()).isEqualTo(1);
  }

  @Test
  void rangesSortAsAddressesDoAndNotAsSignedNumbers() {
    assertThat(Cidr.of("9.0.0.0/8")).isLessThan(Cidr.of("200.0.0.0/8"));
    assertThat(Cidr.of("10.0.0.0/8")).isLessThan(Cidr.of("10.0.0.0/16"));
  }

  @Test
  void textAndValueAreOne() {
    Seeds.check(
        1000,
        random -> {
          var cidr = cidr(random);
          assertThat(Cidr.of(cidr.toString())).isEqualTo(cidr);
        });
  }

  /** The definition of both, by the first and the last address as unsigned numbers. */
  @Test
  void containingAndOverlappingAreWhatTheEndsSay() {
    Seeds.check(
        1000,
        random -> {
          var a = cidr(random);
          var b = random.nextBoolean() ? cidr(random) : near(a, random);
          assertThat(a.contains(b)).isEqualTo(first(a) <= first(b) && last(b) <= last(a));
          assertThat(a.overlaps(b)).isEqualTo(first(a) <= last(b) && first(b) <= last(a));
          assertThat(a.overlaps(b)).isEqualTo(b.overlaps(a));
          assertThat(a.size()).isEqualTo(last(a) - first(a) + 1);
        });
  }

  private static Cidr cidr(Random random) {
    return Cidr.around(random.nextInt(), random.nextInt(33));
  }

  /** Ranges of pure chance hardly ever meet. */
  private static Cidr near(Cidr cidr, Random random) {
    return Cidr.around(cidr.address() ^ 1 << random.nextInt(32), random.nextInt(33));
  }

  private static long first(Cidr cidr) {
    return Integer.toUnsignedLong(cidr.address());
  }

  private static long last(Cidr cidr) {
    return first(cidr) + cidr.size() - 1;
  }
}
