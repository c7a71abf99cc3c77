package dev.fairway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A workflow of GitHub's, as far as tests look at it.
 *
 * @param text with its comments
 */
record Workflow(String name, String text, JsonNode yaml) {
  static final Path FOLDER = Path.of(".github/workflows");

  /** A job, by its key. */
  record Job(String workflow, String name, JsonNode yaml) {
    /** None for a job that calls a workflow. */
    Stream<JsonNode> steps() {
      return StreamSupport.stream(yaml.path("steps").spliterator(), false);
    }

    Stream<String> commands() {
      return steps().filter(step -> step.has("run")).map(step -> step.path("run").asText());
    }

    boolean isCall() {
      return yaml.has("uses");
    }

    @Override
    public String toString() {
      return workflow + "/" + name;
    }
  }

  static List<Workflow> all() {
    return files().map(Workflow::of).toList();
  }

  static Stream<Path> files() {
    try (var files = Files.list(FOLDER)) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Workflow of(Path file) {
    try {
      var text = Files.readString(file);
      var yaml = new Load(LoadSettings.builder().build()).loadFromString(text);
      return new Workflow(
          file.getFileName().toString(), text, new ObjectMapper().valueToTree(yaml));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Job> jobs() {
    return yaml.path("jobs").properties().stream()
        .map(job -> new Job(name, job.getKey(), job.getValue()))
        .toList();
  }

  /** What starts it, with what it says of each. */
  JsonNode triggers() {
    var on = yaml.path("on");
    return on.isObject() ? on : JsonNodeFactory.instance.objectNode().put(on.asText(), true);
  }

  /**
   * The words of a command as a shell would have them, with what its variables stand for; without
   * where its output goes.
   */
  static List<String> words(String command, Map<String, String> variables) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    var quote = ' ';
    for (var letter : (command + " ").toCharArray()) {
      if (quote == ' ' && (letter == '"' || letter == '\'')) {
        quote = letter;
      } else if (quote == letter && quote != ' ') {
        quote = ' ';
      } else if (quote == ' ' && letter == ' ') {
        words.add(word.toString());
        word.setLength(0);
      } else {
        word.append(letter);
      }
    }
    var redirection = words.stream().filter(part -> part.matches(">+|<+")).findFirst();
    return words.subList(0, redirection.map(words::indexOf).orElse(words.size())).stream()
        .map(part -> variables.getOrDefault(part, part))
        .toList();
  }
}
