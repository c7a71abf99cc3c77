package dev.fairway.e2e;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** As much of X.690's encoding as certificates need: the JDK reads them, and makes none. */
final class Der {
  private static final DateTimeFormatter UTC_TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private Der() {}

  static byte[] sequence(byte[]... parts) {
    return tagged(0x30, joined(List.of(parts)));
  }

  static byte[] sequence(List<byte[]> parts) {
    return tagged(0x30, joined(parts));
  }

  static byte[] set(byte[] part) {
    return tagged(0x31, part);
  }

  static byte[] integer(BigInteger value) {
    return tagged(0x02, value.toByteArray());
  }

  static byte[] yes() {
    return tagged(0x01, new byte[] {(byte) 0xff});
  }

  static byte[] octets(byte[] content) {
    return tagged(0x04, content);
  }

  /** A string of whole bytes: no bit of the last one is left unused. */
  static byte[] bits(byte... content) {
    return tagged(0x03, joined(List.of(new byte[] {0}, content)));
  }

  static byte[] text(String text) {
    return tagged(0x0c, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] time(Instant instant) {
    return tagged(0x17, UTC_TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
  }

  /** Of a name such as {@code 2.5.4.3}. */
  static byte[] object(String name) {
    var numbers = name.split("\\.", -1);
    var content = new ByteArrayOutputStream();
    content.write(Integer.parseInt(numbers[0]) * 40 + Integer.parseInt(numbers[1]));
    for (int i = 2; i < numbers.length; i++) {
      var number = Integer.parseInt(numbers[i]);
      for (int shift = 28; shift > 0; shift -= 7) {
        if (number >> shift != 0) {
          content.write(((number >> shift) & 0x7f) | 0x80);
        }
      }
      content.write(number & 0x7f);
    }
    return tagged(0x06, content.toByteArray());
  }

  static byte[] tagged(int tag, byte[] content) {
    var encoded = new ByteArrayOutputStream();
    encoded.write(tag);
    if (content.length < 0x80) {
      encoded.write(content.length);
    } else if (content.length < 0x100) {
      encoded.write(0x81);
      encoded.write(content.length);
    } else {
      encoded.write(0x82);
      encoded.write(content.length >> 8);
      encoded.write(content.length);
    }
    encoded.writeBytes(content);
    return encoded.toByteArray();
  }

  private static byte[] joined(List<byte[]> parts) {
    var all = new ByteArrayOutputStream();
    parts.forEach(all::writeBytes);
    return all.toByteArray();
  }
}
