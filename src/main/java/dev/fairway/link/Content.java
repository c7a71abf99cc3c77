package dev.fairway.link;

import dev.fairway.model.Digest;

/** The bytes of a file of an assembly, and their digest; nobody changes the array. */
@SuppressWarnings("ArrayRecordComponent")
public record Content(byte[] bytes, Digest digest) {
  static Content of(byte[] bytes) {
    return new Content(bytes, Digest.of(bytes));
  }
}
