package dev.fairway.release;

import dev.fairway.model.Encoding;
import dev.fairway.model.Symbol;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** The slots of a manifest, found while it is parsed. */
final class ManifestSlots {
  private final String file;
  private final Offsets offsets;
  private final List<Slot> found = new ArrayList<>();
  private String key = "";

  ManifestSlots(String file, String text) {
    this.file = file;
    this.offsets = new Offsets(text);
  }

  List<Slot> found() {
    return found;
  }

  /** Takes the next scalar of the text: its key is the one before it. */
  void next(ScalarEvent scalar) {
    if (Symbol.tokens(scalar.getValue()).find()) {
      add(scalar);
    }
    key = scalar.getValue();
  }

  private void add(ScalarEvent scalar) {
    var start = offsets.index(scalar.getStartMark().orElseThrow());
    var end = offsets.index(scalar.getEndMark().orElseThrow());
    var text = offsets.text.substring(start, end);
    var block = scalar.getScalarStyle() == ScalarStyle.LITERAL;
    var replaceable = block || scalar.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED;
    if (!replaceable || text.contains("\\u27e6")) {
      throw new IllegalArgumentException(file + ": a token where none can be replaced: " + text);
    }
    if (!block && scalar.getValue().indexOf('\n') >= 0) {
      throw new IllegalArgumentException(
          file
              + ": several lines with a token must be printable and end no line in blanks: "
              + key);
    }
    var inner = block && !isJson(key) ? Encoding.PLAIN : Encoding.STRING;
    var tokens = Symbol.tokens(text);
    while (tokens.find()) {
      var whole = !tokens.group(1).isEmpty();
      // A whole value takes the quotes around its token with it.
      var from = offsets.bytes(start + tokens.start() - (whole ? 1 : 0));
      var to = offsets.bytes(start + tokens.end() + (whole ? 1 : 0));
      found.add(
          new Slot(
              file, new Slot.Bytes(from, to), tokens.group(2), whole ? Encoding.VALUE : inner));
    }
  }

  private static boolean isJson(String key) {
    return key.endsWith(".json") || key.endsWith(".yaml") || key.endsWith(".yml");
  }

  /** From indices of characters to offsets of bytes; asked in rising order only. */
  private static final class Offsets {
    private final String text;
    private int point;
    private int pointed;
    private int character;
    private int offset;

    Offsets(String text) {
      this.text = text;
    }

    /** A mark counts code points. */
    int index(Mark mark) {
      pointed = text.offsetByCodePoints(pointed, mark.getIndex() - point);
      point = mark.getIndex();
      return pointed;
    }

    int bytes(int index) {
      offset += text.substring(character, index).getBytes(StandardCharsets.UTF_8).length;
      character = index;
      return offset;
    }
  }
}
