package dev.fairway.cli;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairway.Compiled;
import dev.fairway.Trees;
import dev.fairway.release.Folders;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A command that has run, in a checkout whose platform is compiled already: none of them starts
 * Node.js.
 */
record Running(int exitCode, String out, String err) {
  private static final ObjectMapper ONE_DOCUMENT =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** In a step of a workflow, with its variables and no others, by the launcher of a checkout. */
  static Running in(Path checkout, Map<String, String> environment, String... args)
      throws IOException {
    Compiled.compilation();
    return ScopedValue.where(Environment.OF_A_STEP, environment).call(() -> by(checkout, args));
  }

  static Running of(String... args) throws IOException {
    Compiled.compilation();
    for (var folder : List.of("clusters", "channels")) {
      Folders.delete(Compiled.home().resolve(folder));
      Trees.copy(Path.of(folder), Compiled.home().resolve(folder));
    }
    return by(Compiled.home(), args);
  }

  private static Running by(Path checkout, String... args) {
    System.setProperty("fairway.home", checkout.toString());
    System.setProperty("fairway.validation", "false");
    try {
      var out = new StringWriter();
      var err = new StringWriter();
      var exitCode =
          Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true)).execute(args);
      return new Running(exitCode, out.toString(), err.toString());
    } finally {
      System.clearProperty("fairway.home");
      System.clearProperty("fairway.validation");
    }
  }

  /** Standard output, which must be one JSON document to the end. */
  JsonNode json() throws IOException {
    return ONE_DOCUMENT.readTree(out);
  }
}
