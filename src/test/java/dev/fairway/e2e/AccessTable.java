package dev.fairway.e2e;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The table of requests that must pass and must fail, as its file has it.
 *
 * @param bodies as JSON, by name
 */
record AccessTable(List<Subject> subjects, Map<String, String> bodies) {
  private static final Path FILE = Path.of("src/test/resources/e2e/access.yaml");
  private static final Pattern REQUEST =
      Pattern.compile(
          "(?<method>[A-Z]+) (?<path>/\\S*)(?: (?!as )(?<body>\\S+))?(?: as (?<user>\\S+))?");

  /** Who sends requests. */
  sealed interface Who {
    record ServiceAccount(String name, Optional<String> pod) implements Who {}

    record User(String name, List<String> groups) implements Who {}

    record Bootstrap() implements Who {}

    record Anonymous() implements Who {}
  }

  record Subject(Who who, List<Request> requests) {
    @Override
    public String toString() {
      return switch (who) {
        case Who.ServiceAccount(var name, _) -> "service account " + name;
        case Who.User(var name, _) -> name;
        case Who.Bootstrap() -> "the bootstrap token";
        case Who.Anonymous() -> "nobody";
      };
    }
  }

  /**
   * One row.
   *
   * @param body a name in the table, or {@code itself} for what is there
   * @param as whom the sender says to be
   */
  record Request(
      boolean passes, String method, String path, Optional<String> body, Optional<String> as) {
    static Request of(boolean passes, Object text) {
      var parts = REQUEST.matcher(text.toString());
      if (!parts.matches()) {
        throw new AssertionError(FILE + ": no request: " + text);
      }
      return new Request(
          passes,
          parts.group("method"),
          parts.group("path"),
          Optional.ofNullable(parts.group("body")),
          Optional.ofNullable(parts.group("user")));
    }

    @Override
    public String toString() {
      return method
          + " "
          + path
          + body.map(" "::concat).orElse("")
          + as.map(" as "::concat).orElse("");
    }
  }

  static AccessTable read() {
    try {
      var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
      Map<String, Object> table = yaml.load(Files.readString(FILE));
      var ofPrograms = list(table.get("programs"));
      var bodies = new LinkedHashMap<String, String>();
      map(there(table, "bodies"))
          .forEach((name, body) -> bodies.put(name.toString(), Serialization.asJson(body)));
      return new AccessTable(
          list(table.get("subjects")).stream()
              .map(subject -> subject(map(subject), ofPrograms))
              .toList(),
          bodies);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Subject subject(Map<?, ?> subject, List<?> ofPrograms) {
    var who = who(subject);
    var requests = new ArrayList<Request>();
    list(subject.get("passes")).forEach(text -> requests.add(Request.of(true, text)));
    list(subject.get("refused")).forEach(text -> requests.add(Request.of(false, text)));
    if (who instanceof Who.ServiceAccount(var name, _)) {
      ofPrograms(ofPrograms, name).forEach(requests::add);
    }
    return new Subject(who, requests);
  }

  private static Stream<Request> ofPrograms(List<?> rows, String name) {
    return rows.stream()
        .map(AccessTable::map)
        .filter(row -> !list(row.get("unless")).contains(name))
        .map(row -> Request.of(false, there(row, "refused")));
  }

  private static Who who(Map<?, ?> subject) {
    if (subject.get("serviceaccount") instanceof String name) {
      return new Who.ServiceAccount(
          name, Optional.ofNullable(subject.get("pod")).map(Object::toString));
    }
    if (subject.get("user") instanceof String name) {
      return new Who.User(
          name, list(subject.get("groups")).stream().map(Object::toString).toList());
    }
    return subject.containsKey("bootstrap") ? new Who.Bootstrap() : new Who.Anonymous();
  }

  private static Object there(Map<?, ?> row, String key) {
    var value = row.get(key);
    if (value == null) {
      throw new AssertionError(FILE + ": no " + key + " in " + row);
    }
    return value;
  }

  private static Map<?, ?> map(Object value) {
    return (Map<?, ?>) value;
  }

  private static List<?> list(@Nullable Object value) {
    return value == null ? List.of() : (List<?>) value;
  }
}
