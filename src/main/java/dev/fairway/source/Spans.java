package dev.fairway.source;

import dev.fairway.diagnostic.Span;
import dev.fairway.source.YamlNode.Mapping;
import dev.fairway.source.YamlNode.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Where the parts of a file stand, by JSON pointer (RFC 6901): {@code /node_pools/1/max_size}. A
 * part that the file leaves out stands where the nearest part around it does.
 */
public final class Spans {
  private final String file;
  private final YamlNode root;

  Spans(String file, YamlNode root) {
    this.file = file;
    this.root = root;
  }

  /** For what was not read from a file: everything stands at the beginning of the source. */
  public static Spans none(String source) {
    return new Spans(source, new Mapping(1, 1, new LinkedHashMap<>(), true));
  }

  /** Where the value at the pointer stands. */
  public Span value(String pointer) {
    return span(around(steps(pointer)));
  }

  /** Where the key stands that the pointer's last step names; for an item of a list, the item. */
  public Span key(String pointer) {
    var steps = steps(pointer);
    if (steps.isEmpty()) {
      return span(root);
    }
    var parent = around(steps.subList(0, steps.size() - 1));
    return entry(parent, steps.getLast()).map(this::span).orElseGet(() -> value(pointer));
  }

  /**
   * The pointer to the first item of a list whose key has this value, or to the list where none
   * has.
   */
  public String find(String list, String key, String value) {
    if (around(steps(list)) instanceof Sequence sequence) {
      for (var i = 0; i < sequence.items().size(); i++) {
        if (holds(sequence.items().get(i), key, value)) {
          return list + "/" + i;
        }
      }
    }
    return list;
  }

  /** The pointer to the first item of a list that is this text, or to the list where none is. */
  public String find(String list, String text) {
    if (around(steps(list)) instanceof Sequence sequence) {
      for (var i = 0; i < sequence.items().size(); i++) {
        if (isText(sequence.items().get(i), text)) {
          return list + "/" + i;
        }
      }
    }
    return list;
  }

  /** Escapes a key as a step of a pointer. */
  public static String step(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }

  private YamlNode around(List<String> steps) {
    var node = root;
    for (var step : steps) {
      var child = node.child(step);
      if (child.isEmpty()) {
        return node;
      }
      node = child.get();
    }
    return node;
  }

  private static List<String> steps(String pointer) {
    return pointer.isEmpty()
        ? List.of()
        : List.of(pointer.substring(1).split("/", -1)).stream()
            .map(step -> step.replace("~1", "/").replace("~0", "~"))
            .toList();
  }

  private static Optional<YamlNode> entry(YamlNode node, String key) {
    return node instanceof Mapping mapping
        ? mapping.entry(key).map(YamlNode.Entry::key)
        : Optional.empty();
  }

  private static boolean holds(YamlNode node, String key, String value) {
    return node.child(key).filter(child -> isText(child, value)).isPresent();
  }

  private static boolean isText(YamlNode node, String value) {
    return node instanceof YamlNode.Scalar scalar && scalar.text().equals(value);
  }

  private Span span(YamlNode node) {
    return new Span(file, node.line(), node.column());
  }
}
