package dev.fairway.source;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.source.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A list of distinct items, of a length within bounds, both included.
 *
 * @param identity what makes an item distinct from another
 */
record ListShape<T>(Shape<T> shape, Function<T, ?> identity, int min, int max)
    implements Shape<List<T>> {

  @Override
  public Optional<List<T>> read(Item item) {
    return item.node() instanceof Sequence sequence
        ? items(item, sequence.items())
        : item.wrongType("a list", "write a list of " + length());
  }

  private Optional<List<T>> items(Item list, List<YamlNode> nodes) {
    var values = new ArrayList<T>();
    Map<Object, YamlNode> places = new HashMap<>();
    for (var i = 0; i < nodes.size(); i++) {
      var item = new Item(list.name() + "[" + i + "]", nodes.get(i), list.in());
      shape
          .read(item)
          .filter(value -> isNew(list.part(item.node()), identity.apply(value), places))
          .ifPresent(values::add);
    }
    if (nodes.size() < min || nodes.size() > max) {
      return list.reject(
          Code.WRONG_LENGTH,
          "%s has %s".formatted(list.name(), counted(nodes.size())),
          "write " + length());
    }
    return values.size() == nodes.size() ? Optional.of(List.copyOf(values)) : Optional.empty();
  }

  private static boolean isNew(Item item, Object identity, Map<Object, YamlNode> places) {
    var first = places.putIfAbsent(identity, item.node());
    if (first != null) {
      item.in()
          .report(
              Diagnostic.at(
                      item.span(),
                      Code.REPEATED_ITEM,
                      "%s has %s twice".formatted(item.name(), Shown.of(identity)),
                      "keep one of the two, or correct the other")
                  .with("the first", Shown.of(identity), item.in().span(first)));
    }
    return first == null;
  }

  private String length() {
    return min == max ? "exactly " + counted(min) : min + " to " + counted(max);
  }

  private static String counted(int items) {
    return items + (items == 1 ? " item" : " items");
  }
}
