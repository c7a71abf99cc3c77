package dev.fairway.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * A Kubernetes quantity such as {@code 100m}, {@code 164Mi} or {@code 2}, exact. Equality and order
 * are those of the amount alone: {@code 1Ki} equals {@code 1024}; the format only says how it is
 * written.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/">the
 *     format and its canonical form</a>
 */
public record Quantity(BigDecimal amount, Format format) implements Comparable<Quantity> {

  /** The family of suffixes that a quantity is written with. */
  public enum Format {
    /** n, u, m, none, k, M, G, T, P, E: powers of 1000. */
    DECIMAL,
    /** Ki, Mi, Gi, Ti, Pi, Ei: powers of 1024. */
    BINARY,
    /** e3, e6, ...: powers of 1000. */
    EXPONENT
  }

  /** The first is for 1000^-3, the finest that Kubernetes stores. */
  private static final List<String> DECIMAL_SUFFIXES =
      List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");

  private static final List<String> BINARY_SUFFIXES =
      List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
  private static final int FINEST = -9;
  private static final BigDecimal KIBI = BigDecimal.valueOf(1024);

  /** Kubernetes stores no larger amount; it would cap one in silence. */
  private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

  private static final String SYNTAX =
      "([+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+))([eE][+-]?[0-9]{1,3}|[KMGTPE]i|[numkMGTPE]?)";

  public static final Quantity ZERO = new Quantity(BigDecimal.ZERO, Format.DECIMAL);

  public Quantity {
    Invariant.holds(
        amount.stripTrailingZeros().scale() <= -FINEST, "finer than a billionth: " + amount);
    Invariant.holds(amount.abs().compareTo(LARGEST) <= 0, "above 2^63-1: " + amount);
    amount = amount.stripTrailingZeros();
  }

  public static Quantity of(String text) {
    var matcher = Patterns.of(SYNTAX).matcher(text);
    Invariant.holds(matcher.matches(), "not a quantity: " + text);
    return of(new BigDecimal(matcher.group(1)), matcher.group(2));
  }

  private static Quantity of(BigDecimal number, String suffix) {
    var binary = BINARY_SUFFIXES.indexOf(suffix);
    if (binary > 0) {
      return new Quantity(number.multiply(KIBI.pow(binary)), Format.BINARY);
    }
    var decimal = DECIMAL_SUFFIXES.indexOf(suffix);
    return decimal >= 0
        ? new Quantity(number.scaleByPowerOfTen(FINEST + 3 * decimal), Format.DECIMAL)
        : new Quantity(
            number.scaleByPowerOfTen(Integer.parseInt(suffix.substring(1))), Format.EXPONENT);
  }

  public static Quantity ofMillis(long millis) {
    return new Quantity(BigDecimal.valueOf(millis, 3), Format.DECIMAL);
  }

  public static Quantity ofBytes(long bytes) {
    return new Quantity(BigDecimal.valueOf(bytes), Format.BINARY);
  }

  public Quantity plus(Quantity other) {
    return new Quantity(amount.add(other.amount), format);
  }

  public Quantity minus(Quantity other) {
    return new Quantity(amount.subtract(other.amount), format);
  }

  public Quantity times(long factor) {
    return new Quantity(amount.multiply(BigDecimal.valueOf(factor)), format);
  }

  /** Whole bytes, rounded up as Kubernetes does. */
  public long bytes() {
    return rounded(amount);
  }

  /** Thousandths, rounded up as Kubernetes does: millicores of a CPU. */
  public long millis() {
    return rounded(amount.scaleByPowerOfTen(3));
  }

  private static long rounded(BigDecimal number) {
    return number.setScale(0, RoundingMode.UP).longValueExact();
  }

  @Override
  public int compareTo(Quantity other) {
    return amount.compareTo(other.amount);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Quantity(BigDecimal number, Format _) && amount.equals(number);
  }

  @Override
  public int hashCode() {
    return amount.hashCode();
  }

  /**
   * The canonical form: no fraction, and the largest suffix that allows it. Binary suffixes need a
   * whole number of at least 1024, as in Kubernetes.
   */
  @Override
  public String toString() {
    return switch (format) {
      case BINARY -> isWhole() && amount.abs().compareTo(KIBI) >= 0 ? binary() : decimal();
      case DECIMAL -> decimal();
      case EXPONENT -> exponent();
    };
  }

  private boolean isWhole() {
    return amount.scale() <= 0;
  }

  private String binary() {
    var number = amount.toBigIntegerExact();
    var power = Math.min(number.getLowestSetBit() / 10, BINARY_SUFFIXES.size() - 1);
    return number.shiftRight(10 * power) + BINARY_SUFFIXES.get(power);
  }

  private String decimal() {
    var power = powerOfThousand();
    return amount.scaleByPowerOfTen(-3 * power).toPlainString()
        + DECIMAL_SUFFIXES.get(power - FINEST / 3);
  }

  private String exponent() {
    var power = powerOfThousand();
    var number = amount.scaleByPowerOfTen(-3 * power).toPlainString();
    return power == 0 ? number : number + "e" + 3 * power;
  }

  private int powerOfThousand() {
    return amount.signum() == 0 ? 0 : Math.floorDiv(-amount.scale(), 3);
  }
}
