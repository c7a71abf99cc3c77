package dev.fairway.source;

import dev.fairway.diagnostic.Code;
import dev.fairway.source.YamlNode.Scalar;
import dev.fairway.source.YamlNode.ScalarKind;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** A whole number within bounds, both included. */
record WholeShape(int min, int max) implements Shape<Integer> {
  private static final Pattern PLAIN = Pattern.compile("0|-?[1-9][0-9]*");
  private static final Pattern WITH_UNIT = Pattern.compile("(-?[0-9]+)(\\.[0-9]+)? ?[A-Za-z%]+");

  @Override
  public Optional<Integer> read(Item item) {
    if (!(item.node() instanceof Scalar scalar)) {
      return item.wrongType("a whole number", "write " + range());
    }
    return scalar.is(ScalarKind.WHOLE) && PLAIN.matcher(scalar.text()).matches()
        ? within(item, new BigInteger(scalar.text()))
        : refuse(item, scalar);
  }

  private Optional<Integer> within(Item item, BigInteger number) {
    return number.compareTo(BigInteger.valueOf(min)) >= 0
            && number.compareTo(BigInteger.valueOf(max)) <= 0
        ? Optional.of(number.intValueExact())
        : item.reject(
            Code.OUT_OF_RANGE,
            "%s is %s, outside %s to %s".formatted(item.name(), Shown.of(number), min, max),
            "write " + range());
  }

  private Optional<Integer> refuse(Item item, Scalar scalar) {
    var unit = WITH_UNIT.matcher(scalar.text());
    if (unit.matches()) {
      return item.reject(
          Code.WRONG_UNIT,
          "%s is %s, a number with a unit".formatted(item.name(), scalar.quoted()),
          "write %s without a unit: it is %s".formatted(Shown.of(unit.group(1)), range()));
    }
    return PLAIN.matcher(scalar.text()).matches()
        ? item.wrongType("a whole number", "write " + scalar.shown() + " without quotes")
        : item.wrongType("a whole number", "write " + range() + ", in plain digits");
  }

  private String range() {
    return "a whole number from " + min + " to " + max;
  }
}
