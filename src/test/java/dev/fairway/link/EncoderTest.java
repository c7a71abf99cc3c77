package dev.fairway.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.fairway.Seeds;
import dev.fairway.model.Encoding;
import dev.fairway.model.SymbolValue;
import dev.fairway.model.SymbolValue.Text;
import dev.fairway.model.SymbolValue.TextList;
import dev.fairway.model.SymbolValue.TextMap;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Whatever a value holds, its reader reads just that. */
class EncoderTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final YAMLMapper YAML_1_1 = new YAMLMapper();

  @Test
  void aStringIsReadBackByJsonAndByBothYamls() {
    Seeds.check(
        500,
        random -> {
          var text = text(random);
          assertRead("\"" + encoded(Encoding.STRING, new Text(text)) + "\"", text);
        });
  }

  @Test
  void aWholeValueIsReadBackByJsonAndByBothYamls() {
    Seeds.check(
        300,
        random -> {
          var items = IntStream.range(0, random.nextInt(4)).mapToObj(_ -> text(random)).toList();
          assertRead(encoded(Encoding.VALUE, new TextList(items)), items);
          var map = new TreeMap<String, String>();
          items.forEach(item -> map.put(item, text(random)));
          assertRead(encoded(Encoding.VALUE, new TextMap(map)), map);
        });
    assertRead(encoded(Encoding.VALUE, new SymbolValue.Whole(-7)), -7);
    assertRead(encoded(Encoding.VALUE, new SymbolValue.Bool(true)), true);
    assertRead(encoded(Encoding.VALUE, new Text("no")), "no");
  }

  private static void assertRead(String encoded, Object value) {
    try {
      assertThat(JSON.readValue(encoded, Object.class)).isEqualTo(value);
      assertThat(YAML_1_1.readValue("key: " + encoded, Object.class))
          .isEqualTo(Map.of("key", value));
    } catch (JsonProcessingException e) {
      throw new AssertionError(encoded, e);
    }
    assertThat(new Load(LoadSettings.builder().build()).loadFromString("key: " + encoded))
        .isEqualTo(Map.of("key", value));
  }

  /** One shell for all values: starting one for each takes longer than all else. */
  @Test
  void aShellWordIsReadBackByTheShell() throws Exception {
    var seeds = new ArrayList<String>();
    Seeds.check(100, random -> seeds.add(text(random).replace("\0", "")));
    var script = new StringBuilder();
    for (var text : seeds) {
      script.append("NAME=").append(encoded(Encoding.SHELL, new Text(text)));
      script.append("\nprintf '%s\\0' \"$NAME\"\n");
    }
    var shell = new ProcessBuilder("sh", "-s").start();
    try (var in = shell.getOutputStream()) {
      in.write(script.toString().getBytes(UTF_8));
    }
    var said = new String(shell.getInputStream().readAllBytes(), UTF_8);

    assertThat(shell.waitFor()).isZero();
    assertThat(List.of(said.split("\0", -1))).isEqualTo(with(seeds, ""));
  }

  private static List<String> with(List<String> texts, String last) {
    var all = new ArrayList<>(texts);
    all.add(last);
    return all;
  }

  @Test
  void aDataUrlIsReadBackAndJoinsAsItsTextsDo() {
    Seeds.check(
        300,
        random -> {
          var left = text(random);
          var right = text(random);
          var url = Encoder.percent(left) + Encoder.percent(right);
          assertThat(url).matches("([A-Za-z0-9._~-]|%[0-9A-F]{2})*");
          assertThat(URLDecoder.decode(url, UTF_8)).isEqualTo(left + right);
        });
  }

  @Test
  void whereTheFormatIsUnknownNothingIsWrittenThatItCouldMind() {
    for (var text : List.of("", "a.b_c:/@,=+-9", "https://example.org/x")) {
      assertThat(Encoder.encode(Encoding.PLAIN, new Text(text))).contains(text);
    }
    for (var text : List.of(" ", "a b", "a\"", "$x", "a'b", "%", "é", "a;b", "\t", "#")) {
      assertThat(Encoder.encode(Encoding.PLAIN, new Text(text))).isEmpty();
    }
  }

  @Test
  void systemdReadsNeitherSpecifiersNorVariablesNorSeveralWords() {
    assertThat(encoded(Encoding.SYSTEMD, new Text("100% $HOME \\ \"x\"")))
        .isEqualTo("100%%\\x20$$HOME\\x20\\\\\\x20\\\"x\\\"");
  }

  private static String encoded(Encoding encoding, SymbolValue value) {
    return Encoder.encode(encoding, value).orElseThrow();
  }

  /** One line of anything that Unicode has, more often of what formats mind. */
  private static String text(Random random) {
    var suspects = "\"'\\ \t#:-{}[],&*!|>%@`$~?=<;()\u0085\u2028\u2029\ufeff\ufffe\u007f\u0001\r";
    var text = new StringBuilder();
    for (var length = random.nextInt(8); length > 0; length--) {
      switch (random.nextInt(3)) {
        case 0 -> text.append(suspects.charAt(random.nextInt(suspects.length())));
        case 1 -> text.append((char) (' ' + random.nextInt(95)));
        default -> {
          var codePoint = random.nextInt(0x110000);
          if (codePoint != '\n' && (codePoint < 0xd800 || codePoint > 0xdfff)) {
            text.appendCodePoint(codePoint);
          }
        }
      }
    }
    return text.toString();
  }
}
