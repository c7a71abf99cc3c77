package dev.fairway.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.release.CanonicalJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a test has to say beside its result, in a file that it wrote. */
final class PredicateFile {
  /** Says no to what reads in two ways: a key twice, something behind the end. */
  private static final ObjectReader STRICT =
      CanonicalJson.TREES
          .readerFor(JsonNode.class)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private PredicateFile() {}

  /** An empty object where no file is given. */
  static Outcome<ObjectNode> read(Optional<Path> file) {
    return file.map(PredicateFile::read)
        .orElseGet(() -> Outcome.of(JsonNodeFactory.instance.objectNode()));
  }

  private static Outcome<ObjectNode> read(Path file) {
    try {
      JsonNode tree = STRICT.readValue(Files.readString(file, StandardCharsets.UTF_8));
      return tree instanceof ObjectNode object
          ? Outcome.of(object)
          : refused(Code.WRONG_PREDICATE, file + " does not hold a JSON object");
    } catch (JacksonException e) {
      return refused(Code.WRONG_PREDICATE, file + " is not JSON: " + e.getOriginalMessage());
    } catch (IOException _) {
      return refused(Code.UNREADABLE_FILE, file + " can't be read");
    }
  }

  private static Outcome<ObjectNode> refused(Code code, String message) {
    return new Outcome<>(
        Optional.empty(),
        Diagnostics.of(
            Diagnostic.general(code, message, "give a file that holds one JSON object")));
  }
}
