package dev.fairway.source;

import dev.fairway.diagnostic.Span;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * A key of a map and what was read there.
 *
 * @param value empty when the key is absent or something is wrong with it, which a diagnostic has
 *     said
 * @param span of the value, or of the map when the key is absent
 */
record Field<T>(String name, Optional<T> value, Span span) {

  /** The value of a key that must have one, in {@link ObjectReader#build} or after a test. */
  T get() {
    return value.orElseThrow(() -> new IllegalStateException(name + " was not read"));
  }

  /** True when there is a value and it is so: what can't be read is not judged twice. */
  boolean is(Predicate<T> test) {
    return value.filter(test).isPresent();
  }

  /** True when both have a value and these are so. */
  <U> boolean with(Field<U> other, BiPredicate<T, U> test) {
    return is(mine -> other.is(theirs -> test.test(mine, theirs)));
  }
}
