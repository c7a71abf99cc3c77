package dev.fairway.e2e;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What somebody writes, and what comes of it.
 *
 * @param refused a part of the answer of an API server that refuses it
 */
record IngressCase(String kind, String what, Optional<String> refused, Map<?, ?> spec) {
  private static final Path FILE = Path.of("src/test/resources/e2e/ingress.yaml");

  static List<IngressCase> all() {
    try {
      Map<String, Object> table =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(FILE));
      return ((List<?>) there(table, "cases"))
          .stream().map(row -> IngressCase.of((Map<?, ?>) row)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static IngressCase of(Map<?, ?> row) {
    return new IngressCase(
        there(row, "kind").toString(),
        there(row, "what").toString(),
        Optional.ofNullable(row.get("refused")).map(Object::toString),
        (Map<?, ?>) there(row, "spec"));
  }

  private static Object there(Map<?, ?> row, String key) {
    return Objects.requireNonNull(row.get(key), () -> FILE + ": no " + key + " in " + row);
  }

  /** The path that its objects are posted to, with strict validation. */
  String path() {
    return "/apis/zalando.org/v1/namespaces/default/%ss?fieldValidation=Strict"
        .formatted(kind.toLowerCase(Locale.ROOT));
  }

  String object() {
    return Serialization.asJson(
        Map.of(
            "apiVersion",
            "zalando.org/v1",
            "kind",
            kind,
            "metadata",
            Map.of("name", "some", "namespace", "default"),
            "spec",
            spec));
  }

  @Override
  public String toString() {
    return kind + ": " + what;
  }
}
