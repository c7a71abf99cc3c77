package dev.fairway.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.fairway.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** One form for each content, and every reader reads the content back. */
class CanonicalFormsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** By snakeyaml, which follows YAML 1.1 as Kubernetes' readers do. */
  private static final YAMLMapper YAML_1_1 = new YAMLMapper();

  private static final List<String> AMBIGUOUS =
      List.of(
          "",
          "y",
          "Y",
          "yes",
          "No",
          "on",
          "OFF",
          "true",
          "False",
          "null",
          "Null",
          "~",
          "NaN",
          ".nan",
          ".inf",
          "-.INF",
          "0",
          "-1",
          "+1",
          "007",
          "0o17",
          "0x1F",
          "0b1",
          "1_000",
          "1e3",
          "1E3",
          "1.",
          ".5",
          "1.5",
          "12:30:45",
          "2026-01-01",
          "2026-01-01T00:00:00Z",
          "=",
          "<<",
          "-",
          "- a",
          "?",
          "? a",
          ":",
          "a: b",
          "a #b",
          "#",
          "&a",
          "*a",
          "!a",
          "|",
          ">",
          "%a",
          "@a",
          "`a",
          "'a'",
          "\"a\"",
          "[a]",
          "{a}",
          "---",
          "...",
          " a",
          "a ",
          "a\nb",
          "a\n",
          "\na",
          "a\n\nb \n",
          "\ta",
          "a\tb",
          "\r",
          "a\r\nb",
          "\u0085",
          "\u2028",
          "\ufeff",
          "\u0000",
          "é",
          "😀",
          "1.10",
          "1e",
          "e1",
          "inf",
          "0.",
          "_",
          "_1",
          "1__0",
          "a".repeat(200));

  @Test
  void whatIsWrittenAsJsonIsReadBack() {
    Seeds.check(
        200,
        random -> {
          var tree = tree(random, 3);
          assertThat(read(CanonicalJson.bytes(tree))).isEqualTo(tree);
        });
  }

  @Test
  void equalTreesAreEqualBytesInWhateverOrderTheirKeysCame() {
    Seeds.check(
        200,
        random -> {
          var tree = tree(random, 3);
          var shuffled = shuffled(tree, random);
          assertThat(CanonicalJson.bytes(shuffled)).isEqualTo(CanonicalJson.bytes(tree));
          assertThat(CanonicalYaml.bytes(List.of(shuffled)))
              .isEqualTo(CanonicalYaml.bytes(List.of(tree)));
        });
  }

  @Test
  void whatIsWrittenAsYamlIsReadBackByBothVersionsOfIt() {
    Seeds.check(
        300,
        random -> {
          var tree = JsonNodeFactory.instance.objectNode().set("kind", tree(random, 3));
          assertReadBack(tree);
        });
  }

  @Test
  void aTextStaysATextWhateverItLooksLike() {
    for (var text : AMBIGUOUS) {
      assertReadBack(JsonNodeFactory.instance.objectNode().put("value", text));
      assertReadBack(JsonNodeFactory.instance.objectNode().put(text, "value"));
      var list = JsonNodeFactory.instance.objectNode();
      list.putArray("list").add(text).addArray().add(text);
      assertReadBack(list);
    }
  }

  @Test
  void aNumberStaysANumber() {
    for (var number : List.of(0L, -1L, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE)) {
      assertReadBack(JsonNodeFactory.instance.objectNode().put("value", number));
    }
    for (var number : List.of(0.5, -1.25, 1e10, 1.5e300, 1e-7, 100.0)) {
      assertReadBack(JsonNodeFactory.instance.objectNode().put("value", number));
    }
  }

  @Test
  void documentsAreApart() {
    var first = JsonNodeFactory.instance.objectNode().put("kind", "A").put("apiVersion", "v1");
    var second = JsonNodeFactory.instance.objectNode().put("a", 1).put("kind", "B");

    assertThat(new String(CanonicalYaml.bytes(List.of(first, second)), UTF_8))
        .isEqualTo("---\napiVersion: v1\nkind: A\n---\nkind: B\na: 1\n");
  }

  private static void assertReadBack(JsonNode tree) {
    var bytes = CanonicalYaml.bytes(List.of(tree));
    var text = new String(bytes, UTF_8);
    try {
      assertThat(plain(YAML_1_1.readTree(bytes)))
          .as("%s", HexFormat.of().formatHex(bytes))
          .isEqualTo(plain(tree));
      assertThat(new Load(LoadSettings.builder().build()).loadFromString(text))
          .as("%s", HexFormat.of().formatHex(bytes))
          .isEqualTo(plain(tree));
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }

  /** As maps, lists, strings and numbers, so that an int equals a long of the same value. */
  private static Object plain(JsonNode tree) throws IOException {
    return JSON.readValue(tree.toString(), Object.class);
  }

  private static JsonNode read(byte[] bytes) {
    try {
      return JSON.readTree(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode tree(Random random, int depth) {
    var nodes = JsonNodeFactory.instance;
    return switch (random.nextInt(depth == 0 ? 4 : 6)) {
      case 0 -> nodes.textNode(text(random));
      case 1 -> nodes.numberNode(random.nextInt());
      case 2 -> nodes.booleanNode(random.nextBoolean());
      case 3 -> nodes.textNode(AMBIGUOUS.get(random.nextInt(AMBIGUOUS.size())));
      case 4 -> {
        var array = nodes.arrayNode();
        for (var size = random.nextInt(4); size > 0; size--) {
          array.add(tree(random, depth - 1));
        }
        yield array;
      }
      default -> {
        var object = nodes.objectNode();
        for (var size = random.nextInt(4); size > 0; size--) {
          object.set(text(random), tree(random, depth - 1));
        }
        yield object;
      }
    };
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(8), 0, 0x11000)
        .map(codePoint -> random.nextInt(4) > 0 ? codePoint % 0x80 : codePoint)
        .filter(codePoint -> codePoint < 0xd800 || codePoint > 0xdfff)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static JsonNode shuffled(JsonNode tree, Random random) {
    if (tree.isArray()) {
      var array = JsonNodeFactory.instance.arrayNode();
      tree.forEach(item -> array.add(shuffled(item, random)));
      return array;
    }
    if (!tree.isObject()) {
      return tree;
    }
    var entries = new ArrayList<>(tree.properties());
    Collections.shuffle(entries, random);
    var object = JsonNodeFactory.instance.objectNode();
    entries.forEach(entry -> object.set(entry.getKey(), shuffled(entry.getValue(), random)));
    return object;
  }
}
