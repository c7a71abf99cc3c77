package dev.fairway.link;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.fairway.model.Encoding;
import dev.fairway.model.SymbolValue;
import dev.fairway.model.SymbolValue.Bool;
import dev.fairway.model.SymbolValue.Taints;
import dev.fairway.model.SymbolValue.Text;
import dev.fairway.model.SymbolValue.TextList;
import dev.fairway.model.SymbolValue.TextMap;
import dev.fairway.model.SymbolValue.Whole;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes a value with the escaping of what stands around its slot. */
final class Encoder {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:/@,=+-]*");

  /** In YAML's double quotes these stand escaped only. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\x7f-\\x9f\\x{2028}\\x{2029}\\x{feff}\\x{fffe}\\x{ffff}]");

  /** What RFC 3986 leaves as it is in a data URL's path; Ignition reads all else by its percent. */
  private static final String UNRESERVED = "-._~";

  private Encoder() {}

  /** The encoded value, or empty when the encoding has no way to write it. */
  static Optional<String> encode(Encoding encoding, SymbolValue value) {
    var inline = value.inline();
    return switch (encoding) {
      case STRING -> Optional.of(escaped(inline));
      case VALUE -> Optional.of(json(value));
      case SHELL -> Optional.of("'" + inline.replace("'", "'\\''") + "'");
      case SYSTEMD -> Optional.of(systemd(inline));
      case PLAIN -> PLAIN.matcher(inline).matches() ? Optional.of(inline) : Optional.empty();
      case PARAMETER -> Optional.of(inline);
    };
  }

  private static String json(SymbolValue value) {
    return switch (value) {
      case Text(var text) -> quoted(text);
      case Whole(var number) -> Long.toString(number);
      case Bool(var truth) -> Boolean.toString(truth);
      case TextList(var items) ->
          items.stream().map(Encoder::quoted).collect(Collectors.joining(", ", "[", "]"));
      case TextMap(var entries) ->
          entries.entrySet().stream()
              .map(entry -> quoted(entry.getKey()) + ": " + quoted(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case Taints(var taints) ->
          taints.stream()
              .map(taint ->
                  "{\"effect\": %s, \"key\": %s, \"value\": %s}"
                      .formatted(
                          quoted(taint.effect()), quoted(taint.key()), quoted(taint.value())))
              .collect(Collectors.joining(", ", "[", "]"));
    };
  }

  private static String quoted(String text) {
    return '"' + escaped(text) + '"';
  }

  /** As JSON has it; what JSON takes as it is and YAML does not, or takes for a line's end, too. */
  private static String escaped(String text) {
    var json = new String(JsonStringEncoder.getInstance().quoteAsString(text));
    return UNPRINTABLE
        .matcher(json)
        .replaceAll(match -> "\\\\u" + HexFormat.of().toHexDigits(match.group().charAt(0)));
  }

  /** In a unit {@code %} begins a specifier, {@code $} a variable, and blanks end a word. */
  private static String systemd(String text) {
    return text.replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("%", "%%")
        .replace("$", "$$")
        .replace(" ", "\\x20");
  }

  /** The text within a data URL. Encoding two texts and joining them is the same as the reverse. */
  static String percent(String text) {
    var url = new StringBuilder(text.length() * 5 / 4);
    for (var octet : text.getBytes(StandardCharsets.UTF_8)) {
      var character = (char) (octet & 0xff);
      if (character < 0x80
          && (Character.isLetterOrDigit(character) || UNRESERVED.indexOf(character) >= 0)) {
        url.append(character);
      } else {
        url.append('%').append(hex(octet >> 4)).append(hex(octet));
      }
    }
    return url.toString();
  }

  private static char hex(int half) {
    return Character.toUpperCase(Character.forDigit(half & 0xf, 16));
  }
}
