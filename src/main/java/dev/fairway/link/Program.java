package dev.fairway.link;

import dev.fairway.model.Encoding;
import dev.fairway.model.SymbolValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A file of a release, taken apart once: bytes that every cluster gets, and slots between them.
 *
 * @param size of the constant bytes
 */
record Program(String file, List<Segment> segments, int size) {

  sealed interface Segment {}

  /** Bytes that are the same for every cluster; nobody changes the array. */
  @SuppressWarnings("ArrayRecordComponent")
  record Constant(byte[] bytes) implements Segment {}

  /**
   * A value's place.
   *
   * @param wrap applied after the encoding: the escaping of the file around the text
   */
  record Hole(String symbol, Encoding encoding, UnaryOperator<String> wrap) implements Segment {}

  Program {
    segments = List.copyOf(segments);
  }

  /** Puts a program together from left to right. */
  static final class Builder {
    private final String file;
    private final List<Segment> segments = new ArrayList<>();
    private final StringBuilder pending = new StringBuilder();
    private int size;

    Builder(String file) {
      this.file = file;
    }

    Builder add(String text) {
      pending.append(text);
      return this;
    }

    Builder add(Hole hole) {
      flush();
      segments.add(hole);
      return this;
    }

    private void flush() {
      if (!pending.isEmpty()) {
        var bytes = pending.toString().getBytes(StandardCharsets.UTF_8);
        segments.add(new Constant(bytes));
        size += bytes.length;
        pending.setLength(0);
      }
    }

    Program build() {
      flush();
      return new Program(file, segments, size);
    }
  }

  /** True when no cluster changes a byte of it. */
  boolean isConstant() {
    return segments.stream().allMatch(Constant.class::isInstance);
  }

  /** The file with these values. */
  byte[] run(Values values) {
    var bytes = new ByteArrayOutputStream(size + segments.size() * 32);
    for (var segment : segments) {
      switch (segment) {
        case Constant(var constant) -> bytes.writeBytes(constant);
        case Hole(var symbol, var encoding, var wrap) -> {
          SymbolValue value = values.get(symbol);
          var text =
              Encoder.encode(encoding, value)
                  .orElseGet(() -> values.unwritable(symbol, file, value));
          bytes.writeBytes(wrap.apply(text).getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    return bytes.toByteArray();
  }
}
