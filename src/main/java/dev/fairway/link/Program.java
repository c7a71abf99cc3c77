package dev.fairway.link;

import dev.fairway.model.Encoding;
import dev.fairway.model.SymbolValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A file of a release, taken apart once: bytes that every cluster gets, and slots between them.
 *
 * @param constant the file itself where no cluster changes a byte of it
 */
record Program(String file, List<Segment> segments, Optional<Content> constant) {

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

  /** Segments that are there only where a setting is true, or only where it is false. */
  record Conditional(String symbol, boolean is, List<Segment> segments) implements Segment {
    Conditional {
      segments = List.copyOf(segments);
    }
  }

  Program {
    segments = List.copyOf(segments);
  }

  /** Puts a program together from left to right. */
  static final class Builder {
    private final String file;
    private final List<Segment> segments = new ArrayList<>();
    private final StringBuilder pending = new StringBuilder();

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

    /** What {@code writes} adds is there only where the setting has that value. */
    Builder addIf(String symbol, boolean is, Runnable writes) {
      flush();
      var before = List.copyOf(segments);
      segments.clear();
      writes.run();
      flush();
      var conditional = new Conditional(symbol, is, segments);
      segments.clear();
      segments.addAll(before);
      segments.add(conditional);
      return this;
    }

    private void flush() {
      if (!pending.isEmpty()) {
        segments.add(new Constant(pending.toString().getBytes(StandardCharsets.UTF_8)));
        pending.setLength(0);
      }
    }

    private Optional<Content> constant() {
      return segments.stream().allMatch(Constant.class::isInstance)
          ? Optional.of(Content.of(joined(segments, segment -> ((Constant) segment).bytes())))
          : Optional.empty();
    }

    Program build() {
      flush();
      return new Program(file, segments, constant());
    }
  }

  /** The file with these values. */
  Content run(Values values) {
    return constant.orElseGet(
        () -> Content.of(joined(segments, segment -> bytes(segment, values))));
  }

  private static byte[] joined(List<Segment> segments, Function<Segment, byte[]> written) {
    var pieces = segments.stream().map(written).toList();
    var bytes = ByteBuffer.allocate(pieces.stream().mapToInt(piece -> piece.length).sum());
    pieces.forEach(bytes::put);
    return bytes.array();
  }

  private byte[] bytes(Segment segment, Values values) {
    return switch (segment) {
      case Constant(var constant) -> constant;
      case Hole(var symbol, var encoding, var wrap) -> {
        SymbolValue value = values.get(symbol);
        var text =
            Encoder.encode(encoding, value).orElseGet(() -> values.unwritable(symbol, file, value));
        yield wrap.apply(text).getBytes(StandardCharsets.UTF_8);
      }
      case Conditional(var symbol, var is, var inner) ->
          values.get(symbol).equals(new SymbolValue.Bool(is))
              ? joined(inner, it -> bytes(it, values))
              : new byte[0];
    };
  }
}
