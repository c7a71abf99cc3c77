package dev.fairway.link;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.model.Encoding;
import dev.fairway.model.Symbol;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Takes a node config of a release apart. What it builds writes Ignition: a file's plain text
 * becomes a data URL, piece by piece, since escaping two texts and joining them is escaping both.
 */
final class NodeProgram {
  private static final String INLINE = "inline";
  private static final String WHEN = "when";

  private final Program.Builder program;
  private final Map<String, List<Encoding>> slots;

  private NodeProgram(String file, Map<String, List<Encoding>> slots) {
    this.program = new Program.Builder(file);
    this.slots = slots;
  }

  /**
   * The program of a node config.
   *
   * @param slots by JSON pointer, the encodings of the tokens in that string, in their order
   */
  static Program of(String file, JsonNode config, Map<String, List<Encoding>> slots) {
    var builder = new NodeProgram(file, slots);
    builder.write(config, "");
    return builder.program.add("\n").build();
  }

  private void write(JsonNode json, String pointer) {
    switch (json) {
      case ObjectNode object -> {
        var separator = "{";
        for (var entry : object.properties()) {
          if (entry.getKey().equals(WHEN)) {
            continue;
          }
          program.add(separator);
          separator = ",";
          var at = pointer + "/" + entry.getKey();
          if (entry.getKey().equals(INLINE)) {
            program.add("\"source\":\"data:,");
            text(entry.getValue().textValue(), at, Encoder::percent);
            program.add("\"");
          } else {
            program.add(quoted(entry.getKey())).add(":");
            write(entry.getValue(), at);
          }
        }
        program.add(object.isEmpty() ? "{}" : "}");
      }
      case ArrayNode array -> {
        program.add("[");
        for (var index = 0; index < array.size(); index++) {
          element(array.required(index), index, pointer + "/" + index);
        }
        program.add("]");
      }
      default -> {
        if (json.isTextual()) {
          program.add("\"");
          text(json.textValue(), pointer, NodeProgram::escaped);
          program.add("\"");
        } else {
          program.add(json.toString());
        }
      }
    }
  }

  /** One with a condition takes its comma with it, so the first of an array has none. */
  private void element(JsonNode element, int index, String pointer) {
    var when = element.path(WHEN);
    if (when.isMissingNode()) {
      program.add(index == 0 ? "" : ",");
      write(element, pointer);
      return;
    }
    if (index == 0) {
      throw new IllegalArgumentException(pointer + " has a condition and nothing before it");
    }
    program.addIf(
        when.required("symbol").textValue(),
        when.required("is").booleanValue(),
        () -> {
          program.add(",");
          write(element, pointer);
        });
  }

  private void text(String text, String pointer, UnaryOperator<String> wrap) {
    var encodings = slots.getOrDefault(pointer, List.of());
    var tokens = Symbol.tokens(text);
    var from = 0;
    var number = 0;
    while (tokens.find()) {
      // A whole value takes the quotes around its token with it.
      var quote = tokens.group(1).isEmpty() ? 0 : 1;
      program.add(wrap.apply(text.substring(from, tokens.start() - quote)));
      if (number == encodings.size()) {
        throw new IllegalArgumentException(pointer + " has a token that no slot lists");
      }
      program.add(new Program.Hole(tokens.group(2), encodings.get(number++), wrap));
      from = tokens.end() + quote;
    }
    if (number != encodings.size()) {
      throw new IllegalArgumentException(pointer + " lacks a token that a slot lists");
    }
    program.add(wrap.apply(text.substring(from)));
  }

  private static String quoted(String text) {
    return '"' + escaped(text) + '"';
  }

  private static String escaped(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }
}
