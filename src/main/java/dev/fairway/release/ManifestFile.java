package dev.fairway.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.JsonScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/**
 * A manifest that {@link CanonicalYaml} wrote: of YAML only what stands for JSON.
 *
 * @param objects its documents, never changed by anyone who gets hold of them
 * @param slots in the order of the bytes
 */
public record ManifestFile(List<ObjectNode> objects, List<Slot> slots) {
  /** More than any object of Kubernetes has, and few enough for every walk through a tree. */
  private static final int DEEPEST = 100;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ScalarResolver RESOLVER = new JsonScalarResolver();

  public ManifestFile {
    objects = List.copyOf(objects);
    slots = List.copyOf(slots);
  }

  /**
   * Reads the bytes of a file.
   *
   * @throws IllegalArgumentException saying the line, when they are no objects in that YAML or when
   *     a token stands where none can be replaced
   */
  public static ManifestFile read(String file, byte[] bytes) {
    var text = new String(bytes, StandardCharsets.UTF_8);
    var slots = new ManifestSlots(file, text);
    var reading = new Reading();
    try {
      for (var event : new Parse(settings(text)).parseString(text)) {
        reading.next(event);
        if (event instanceof ScalarEvent scalar) {
          slots.next(scalar);
        }
      }
    } catch (MarkedYamlEngineException e) {
      throw new IllegalArgumentException(at(e.getProblemMark()) + e.getProblem(), e);
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    return new ManifestFile(reading.objects, slots.found());
  }

  /** A buffer for the whole text: one that ends within a character is read past its end. */
  private static LoadSettings settings(String text) {
    return LoadSettings.builder().setUseMarks(true).setBufferSize(text.length() + 2).build();
  }

  private static String at(Optional<Mark> mark) {
    return mark.map(it -> "line " + (it.getLine() + 1) + ": ").orElse("");
  }

  /** A tree that grows by events. */
  private static final class Reading {
    private final List<ObjectNode> objects = new ArrayList<>();
    private final Deque<ContainerNode<?>> open = new ArrayDeque<>();

    /** The keys whose values are still to come, of the objects that are open. */
    private final Deque<Optional<String>> keys = new ArrayDeque<>();

    void next(Event event) {
      if (event instanceof CollectionEndEvent) {
        open.pop();
        keys.pop();
      } else if (event instanceof NodeEvent node) {
        node(node);
      }
    }

    private void node(NodeEvent event) {
      require(!(event instanceof AliasEvent) && event.getAnchor().isEmpty(), event, "an alias");
      if (event instanceof ScalarEvent scalar) {
        scalar(scalar);
      } else if (event instanceof CollectionStartEvent collection) {
        require(collection.isImplicit(), event, "a tag");
        require(open.size() < DEEPEST, event, "more than %d levels".formatted(DEEPEST));
        ContainerNode<?> container =
            event instanceof MappingStartEvent ? NODES.objectNode() : NODES.arrayNode();
        add(container, event);
        open.push(container);
        keys.push(Optional.empty());
      }
    }

    private void scalar(ScalarEvent event) {
      require(event.getTag().isEmpty(), event, "a tag");
      if (open.peek() instanceof ObjectNode object && keys.element().isEmpty()) {
        require(!object.has(event.getValue()), event, "a second " + event.getValue());
        keys.pop();
        keys.push(Optional.of(event.getValue()));
      } else {
        add(value(event), event);
      }
    }

    private static JsonNode value(ScalarEvent event) {
      var text = event.getValue();
      var tag = event.isPlain() ? RESOLVER.resolve(text, true) : Tag.STR;
      if (tag.equals(Tag.NULL)) {
        return NODES.nullNode();
      } else if (tag.equals(Tag.BOOL)) {
        return NODES.booleanNode(text.equals("true"));
      } else if (tag.equals(Tag.INT)) {
        return number(new BigInteger(text));
      } else if (tag.equals(Tag.FLOAT)) {
        return NODES.numberNode(Double.parseDouble(text));
      }
      return NODES.textNode(text);
    }

    private static JsonNode number(BigInteger number) {
      if (number.bitLength() < Integer.SIZE) {
        return NODES.numberNode(number.intValue());
      }
      return number.bitLength() < Long.SIZE
          ? NODES.numberNode(number.longValue())
          : NODES.numberNode(number);
    }

    private void add(JsonNode value, NodeEvent event) {
      switch (open.peek()) {
        case ObjectNode object -> {
          require(!keys.element().isEmpty(), event, "a key that is no text");
          object.set(keys.pop().orElseThrow(), value);
          keys.push(Optional.empty());
        }
        case ArrayNode array -> array.add(value);
        case null, default -> objects.add(object(value, event));
      }
    }

    private static ObjectNode object(JsonNode value, NodeEvent event) {
      require(value.isObject(), event, "a document that is no object");
      return (ObjectNode) value;
    }

    private static void require(boolean allowed, Event event, String what) {
      if (!allowed) {
        throw new IllegalArgumentException(
            at(event.getStartMark()) + what + ", which no manifest of Fairway's has");
      }
    }
  }
}
