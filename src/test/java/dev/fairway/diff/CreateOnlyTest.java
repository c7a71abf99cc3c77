package dev.fairway.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The table against the resource provider schemas, as the pinned CDK CLI has them. */
class CreateOnlyTest {
  private static final Path SCHEMAS = Path.of("node_modules/aws-cdk/db.json.gz");

  /** Properties that a change of replaces, or may, the resource. */
  private static Map<String, Set<String>> causing(JsonNode schemas, String what) {
    var found = new TreeMap<String, Set<String>>();
    for (var resource : schemas.path("schema").path("resource").path("entities")) {
      var properties =
          found.computeIfAbsent(resource.path("cloudFormationType").asText(), _ -> new TreeSet<>());
      resource.path("properties").properties().stream()
          .filter(it -> it.getValue().path("causesReplacement").asText().equals(what))
          .forEach(it -> properties.add(it.getKey()));
    }
    return found;
  }

  @Test
  void eachRowIsWhatTheSchemaSays() throws IOException {
    JsonNode schemas;
    try (var bytes = new GZIPInputStream(Files.newInputStream(SCHEMAS))) {
      schemas = new ObjectMapper().readTree(bytes);
    }
    var table = CreateOnly.table();
    var replacing = causing(schemas, "yes");
    var conditional = causing(schemas, "maybe");

    assertThat(replacing.keySet()).containsAll(table.types());
    replacing.keySet().retainAll(table.types());
    conditional.keySet().retainAll(table.types());
    conditional.values().removeIf(Set::isEmpty);
    assertThat(table.replacing()).isEqualTo(replacing);
    assertThat(table.conditional()).isEqualTo(conditional);
  }
}
