package dev.fairway.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.model.Symbol;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.emitter.Emitter;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.serializer.Serializer;

/**
 * YAML with one form for each content, which every reader understands alike. A text stands without
 * quotes only where YAML 1.1, which Kubernetes' readers follow, can take it for nothing else; a
 * text with a token stands in double quotes, or in a block when it has several lines.
 */
public final class CanonicalYaml {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9._/-]*");

  /** These end a line in YAML 1.1 and not in 1.2: they stand in double quotes, and escaped. */
  private static final Pattern OLD_BREAKS = Pattern.compile("[\\x85\\x{2028}\\x{2029}]");

  /** What YAML 1.1 reads as a truth or as nothing. */
  private static final Set<String> WORDS =
      Set.of("y", "yes", "n", "no", "on", "off", "true", "false", "null");

  private static final DumpSettings SETTINGS =
      DumpSettings.builder()
          .setExplicitStart(true)
          .setIndent(2)
          .setWidth(Integer.MAX_VALUE)
          .setSplitLines(false)
          .setBestLineBreak("\n")
          .setUseUnicodeEncoding(true)
          .build();

  private CanonicalYaml() {}

  /** The documents, each with its keys in order but for {@code apiVersion}, {@code kind} first. */
  public static byte[] bytes(List<? extends JsonNode> documents) {
    var text = new Text();
    var serializer = new Serializer(SETTINGS, new Emitter(SETTINGS, text));
    serializer.emitStreamStart();
    documents.forEach(document -> serializer.serializeDocument(node(document)));
    serializer.emitStreamEnd();
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Node node(JsonNode json) {
    return switch (json) {
      case ObjectNode object -> {
        var tuples = new ArrayList<NodeTuple>();
        var sorted = CanonicalJson.sorted(object);
        for (var first : List.of("apiVersion", "kind")) {
          if (sorted.has(first)) {
            tuples.add(new NodeTuple(text(first), node(sorted.required(first))));
          }
        }
        sorted
            .properties()
            .forEach(entry -> {
              if (!entry.getKey().equals("apiVersion") && !entry.getKey().equals("kind")) {
                tuples.add(new NodeTuple(text(entry.getKey()), node(entry.getValue())));
              }
            });
        yield new MappingNode(Tag.MAP, tuples, tuples.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
      }
      case ArrayNode array -> {
        var items = new ArrayList<Node>();
        array.forEach(item -> items.add(node(item)));
        yield new SequenceNode(Tag.SEQ, items, items.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
      }
      default -> scalar(json);
    };
  }

  private static Node scalar(JsonNode json) {
    return switch (json.getNodeType()) {
      case STRING -> text(json.textValue());
      case BOOLEAN -> new ScalarNode(Tag.BOOL, json.asText(), ScalarStyle.PLAIN);
      case NULL -> new ScalarNode(Tag.NULL, "null", ScalarStyle.PLAIN);
      case NUMBER ->
          new ScalarNode(
              json.isIntegralNumber() ? Tag.INT : Tag.FLOAT, json.asText(), ScalarStyle.PLAIN);
      default -> throw new IllegalArgumentException("not a value of JSON: " + json);
    };
  }

  private static ScalarNode text(String text) {
    return new ScalarNode(Tag.STR, text, style(text));
  }

  private static ScalarStyle style(String text) {
    if (text.indexOf('\n') >= 0 && !OLD_BREAKS.matcher(text).find()) {
      return ScalarStyle.LITERAL;
    }
    var plain =
        PLAIN.matcher(text).matches()
            && !WORDS.contains(text.toLowerCase(Locale.ROOT))
            && !Symbol.tokens(text).find();
    return plain ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED;
  }

  private static final class Text implements StreamDataWriter {
    private final StringBuilder text = new StringBuilder();

    @Override
    public void write(String string) {
      text.append(
          OLD_BREAKS
              .matcher(string)
              .replaceAll(found -> "\\\\u" + HexFormat.of().toHexDigits(found.group().charAt(0))));
    }

    @Override
    public void write(String string, int offset, int length) {
      write(string.substring(offset, offset + length));
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
