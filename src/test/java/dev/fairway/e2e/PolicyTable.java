package dev.fairway.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.e2e.Caller.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The table of what becomes of workloads, as its file has it. */
record PolicyTable(List<Stage> stages) {
  private static final Path FILE = Path.of("src/test/resources/e2e/policies.yaml");
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A deployed release.
   *
   * @param full whether a pod is in each namespace that has a quota
   */
  record Stage(String name, boolean full, Map<String, String> settings, List<Request> requests) {
    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * One row.
   *
   * @param becomes what must stand where, if it passes; nothing, if nothing may stand there
   */
  record Request(
      String says,
      String path,
      ObjectNode object,
      Optional<String> refused,
      Map<String, JsonNode> becomes) {

    /** What is not as it must be; empty if all is. */
    List<String> complaints(Answer answer) {
      if (refused.isPresent()) {
        var told = answer.status() >= 400 && answer.body().contains(refused.get());
        return told ? List.of() : List.of(answer.status() + " " + answer.body());
      }
      if (answer.status() != 201) {
        return List.of(answer.status() + " " + answer.body());
      }
      var made = json(answer.body());
      var complaints = new ArrayList<String>();
      becomes.forEach((pointer, expected) -> {
        var found = made.at(pointer);
        if (!(expected.isNull() ? found.isMissingNode() : found.equals(expected))) {
          complaints.add("%s is %s, not %s".formatted(pointer, found, expected));
        }
      });
      return complaints;
    }

    String outcome() {
      return refused.map("refused: "::concat).orElseGet(() -> becomes.toString());
    }
  }

  static PolicyTable read() {
    try {
      var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
      JsonNode table = JSON.valueToTree(yaml.load(Files.readString(FILE)));
      var stages = new ArrayList<Stage>();
      table.required("stages").forEach(stage -> stages.add(stage(stage)));
      return new PolicyTable(List.copyOf(stages));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stage stage(JsonNode stage) {
    var settings = new TreeMap<String, String>();
    stage.required("settings").properties().forEach(it -> settings.put(it.getKey(), text(it)));
    var requests = new ArrayList<Request>();
    stage.required("requests").forEach(request -> requests.add(request(request)));
    return new Stage(
        stage.required("stage").textValue(),
        stage.path("full").asBoolean(),
        settings,
        List.copyOf(requests));
  }

  private static String text(Map.Entry<String, JsonNode> setting) {
    return setting.getValue().textValue();
  }

  private static Request request(JsonNode row) {
    var isJob = row.has("job");
    var becomes = new TreeMap<String, JsonNode>();
    row.path("becomes").properties().forEach(it -> becomes.put(it.getKey(), it.getValue()));
    var refused = Optional.ofNullable(row.path("refused").textValue());
    if (becomes.isEmpty() == refused.isEmpty()) {
      throw new AssertionError(FILE + ": it must become something, or be refused: " + row);
    }
    return new Request(
        row.required("says").textValue(),
        (isJob ? "/apis/batch/v1" : "/api/v1")
            + "/namespaces/"
            + row.required("in").textValue()
            + (isJob ? "/jobs" : "/pods"),
        isJob ? job(row) : pod((ObjectNode) row.required("pod")),
        refused,
        becomes);
  }

  private static ObjectNode job(JsonNode row) {
    var job = object("batch/v1", "Job");
    var spec = (ObjectNode) row.required("job");
    named((ObjectNode) spec.required("template").required("spec"));
    job.set("spec", spec);
    if (row.has("owner")) {
      var owner = job.withObject("/metadata").putArray("ownerReferences").addObject();
      owner.put("apiVersion", "batch/v1").put("kind", row.required("owner").textValue());
      owner.put("name", "owner").put("uid", "00000000-0000-4000-8000-000000000000");
    }
    return job;
  }

  /** A pod of this spec. */
  static ObjectNode pod(ObjectNode spec) {
    named(spec);
    var pod = object("v1", "Pod");
    pod.set("spec", spec);
    return pod;
  }

  private static void named(ObjectNode spec) {
    for (var list : List.of("initContainers", "containers")) {
      var number = 0;
      for (var container : spec.path(list)) {
        ((ObjectNode) container)
            .put("name", list.toLowerCase(java.util.Locale.ROOT) + number)
            .put("image", "example.org/app:1");
        number++;
      }
    }
  }

  private static ObjectNode object(String apiVersion, String kind) {
    var object = JSON.createObjectNode().put("apiVersion", apiVersion).put("kind", kind);
    object.putObject("metadata").put("name", "new");
    return object;
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }
}
