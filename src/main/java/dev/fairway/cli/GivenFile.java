package dev.fairway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A file that somebody names on a command line, perhaps not as it is called. */
final class GivenFile {
  private GivenFile() {}

  static Outcome<byte[]> bytes(Path file) {
    try {
      return Outcome.of(Files.readAllBytes(file));
    } catch (NoSuchFileException _) {
      return refused(Code.UNREADABLE_FILE, file + " is not there", "name a file that is");
    } catch (IOException e) {
      return refused(
          Code.UNREADABLE_FILE,
          "%s can't be read: %s".formatted(file, e.getMessage()),
          "name a file that can be read");
    }
  }

  static Outcome<String> text(Path file) {
    return bytes(file).then(bytes -> text(file, bytes));
  }

  private static Outcome<String> text(Path file, byte[] bytes) {
    try {
      return Outcome.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException _) {
      return refused(Code.NOT_UTF_8, file + " is not UTF-8", "save it as UTF-8");
    }
  }

  private static <T> Outcome<T> refused(Code code, String message, String remedy) {
    return new Outcome<>(
        Optional.empty(), Diagnostics.of(Diagnostic.general(code, message, remedy)));
  }
}
