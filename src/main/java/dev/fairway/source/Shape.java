package dev.fairway.source;

import dev.fairway.model.Keyword;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/** What a value must look like. Reads it, or reports what is wrong with it and has no reading. */
@FunctionalInterface
interface Shape<T> {
  Optional<T> read(Item item);

  /**
   * Text that a constructor of the model takes.
   *
   * @param what such as "a local id"
   * @param rule such as "2 to 20 lower-case letters"
   * @param example such as "kube-1"
   * @param constructor throws IllegalArgumentException for text that is none
   */
  static <T> Shape<T> text(
      String what, String rule, String example, Function<String, T> constructor) {
    return new TextShape<>(what, rule, example, constructor);
  }

  /** The same where there is no more to say than what it is. */
  static <T> Shape<T> text(String what, String example, Function<String, T> constructor) {
    return new TextShape<>(what, what, example, constructor);
  }

  /** Any text of one line with something in it. */
  static Shape<String> line(String what, String example) {
    return new TextShape<>(what, what, example, TextShape::requireLine);
  }

  /** One of an enum's words. */
  static <T extends Enum<T> & Keyword> Shape<T> keyword(Class<T> type) {
    var words = new LinkedHashMap<String, T>();
    Arrays.stream(type.getEnumConstants()).forEach(word -> words.put(word.keyword(), word));
    return new WordShape<>(words);
  }

  /** One of a few words. */
  static Shape<String> oneOf(Collection<String> words) {
    var allowed = new LinkedHashMap<String, String>();
    words.forEach(word -> allowed.put(word, word));
    return new WordShape<>(allowed);
  }

  /** A whole number within bounds, both included. */
  static Shape<Integer> whole(int min, int max) {
    return new WholeShape(min, max);
  }

  /** True or false. */
  static Shape<Boolean> flag() {
    return new FlagShape();
  }

  /** A list of distinct items, of a length within bounds, both included. */
  static <T> Shape<List<T>> list(Shape<T> shape, int min, int max) {
    return new ListShape<>(shape, item -> item, min, max);
  }

  /** A list whose items differ in a part of them, such as their names. */
  static <T> Shape<List<T>> list(Shape<T> shape, Function<T, ?> identity, int max) {
    return new ListShape<>(shape, identity, 0, max);
  }

  /** The values of settings, by key. */
  static Shape<SortedMap<String, String>> configItems() {
    return new ConfigItemsShape();
  }

  /** A map with keys of its own, each with its shape. */
  static <T> Shape<T> object(String what, Function<ObjectReader, Optional<T>> read) {
    return item ->
        item.node() instanceof YamlNode.Mapping mapping
            ? read.apply(new ObjectReader(what, mapping, item.in()))
            : item.wrongType("a map", "write the keys of " + what);
  }
}
