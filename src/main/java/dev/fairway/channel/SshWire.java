package dev.fairway.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes as SSH lays them out (RFC 4251, section 5): what varies in length says how long it is. */
final class SshWire {
  private SshWire() {}

  /** Bytes that are not laid out as they should be. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1;

    private final String why;

    MalformedException(String why) {
      super(why);
      this.why = why;
    }

    String why() {
      return why;
    }
  }

  /** Takes apart, from the front. */
  static final class Reader {
    private final ByteBuffer rest;

    Reader(byte[] bytes) {
      rest = ByteBuffer.wrap(bytes);
    }

    int number() throws MalformedException {
      try {
        return rest.getInt();
      } catch (BufferUnderflowException _) {
        throw new MalformedException("it ends too early");
      }
    }

    byte[] fixed(int length) throws MalformedException {
      if (length < 0 || length > rest.remaining()) {
        throw new MalformedException("it ends too early");
      }
      var bytes = new byte[length];
      rest.get(bytes);
      return bytes;
    }

    byte[] bytes() throws MalformedException {
      return fixed(number());
    }

    String text() throws MalformedException {
      return new String(bytes(), UTF_8);
    }

    void expect(byte[] prefix, String what) throws MalformedException {
      if (!Arrays.equals(fixed(Math.min(prefix.length, rest.remaining())), prefix)) {
        throw new MalformedException(what);
      }
    }

    void end() throws MalformedException {
      if (rest.hasRemaining()) {
        throw new MalformedException("something follows its end");
      }
    }
  }

  /** Puts together. */
  static final class Writer {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    Writer fixed(byte[] bytes) {
      written.writeBytes(bytes);
      return this;
    }

    Writer number(int number) {
      var bytes = ByteBuffer.allocate(Integer.BYTES);
      bytes.putInt(number);
      return fixed(bytes.array());
    }

    Writer bytes(byte[] bytes) {
      return number(bytes.length).fixed(bytes);
    }

    Writer text(String text) {
      return bytes(text.getBytes(UTF_8));
    }

    byte[] written() {
      return written.toByteArray();
    }
  }
}
