package dev.fairway.source;

import dev.fairway.source.YamlNode.Scalar;
import dev.fairway.source.YamlNode.ScalarKind;
import java.util.Locale;
import java.util.Optional;

/** {@code true} or {@code false}. */
record FlagShape() implements Shape<Boolean> {

  @Override
  public Optional<Boolean> read(Item item) {
    return item.node() instanceof Scalar scalar && scalar.is(ScalarKind.BOOLEAN)
        ? Optional.of(scalar.text().toLowerCase(Locale.ROOT).equals("true"))
        : item.wrongType("a boolean", "write true or false, without quotes");
  }
}
