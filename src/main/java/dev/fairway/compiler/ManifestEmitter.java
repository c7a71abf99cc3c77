package dev.fairway.compiler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.release.CanonicalJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cdk8s.ApiObject;
import org.cdk8s.ApiObjectProps;
import org.cdk8s.App;
import org.cdk8s.Chart;
import org.cdk8s.ChartProps;
import org.cdk8s.JsonPatch;
import software.amazon.jsii.JsiiObject;
import software.constructs.Construct;

/** Kubernetes objects through cdk8s: a chart a component, an {@code ApiObject} an object. */
final class ManifestEmitter {
  private final App app = new App();

  /** The libraries that decide what comes out, for cache keys. */
  static String libraries() {
    return ClassFiles.libraries(App.class, Construct.class, JsiiObject.class);
  }

  /** The objects of one component as cdk8s synthesizes them, in their order. */
  List<JsonNode> emit(String component, List<ObjectNode> objects) {
    var chart =
        new Chart(app, component, ChartProps.builder().disableResourceNameHashes(true).build());
    for (var number = 0; number < objects.size(); number++) {
      emit(chart, "object" + number, objects.get(number));
    }
    ArrayNode synthesized = CanonicalJson.TREES.valueToTree(chart.toJson());
    var documents = new ArrayList<JsonNode>();
    synthesized.forEach(documents::add);
    return documents;
  }

  /**
   * The props drop all but metadata, so every other field enters by a patch, all in one message.
   */
  private static void emit(Chart chart, String id, ObjectNode object) {
    var props =
        ApiObjectProps.builder()
            .apiVersion(object.required("apiVersion").textValue())
            .kind(object.required("kind").textValue())
            .build();
    var patches = new ArrayList<JsonPatch>();
    object
        .properties()
        .forEach(field -> {
          if (!field.getKey().equals("apiVersion") && !field.getKey().equals("kind")) {
            patches.add(JsonPatch.add("/" + escaped(field.getKey()), java(field.getValue())));
          }
        });
    new ApiObject(chart, id, props).addJsonPatch(patches.toArray(JsonPatch[]::new));
  }

  private static String escaped(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }

  /** What jsii takes for JSON: maps, lists, strings, numbers and truths. */
  private static Object java(JsonNode json) {
    return switch (json) {
      case ObjectNode object -> {
        Map<String, Object> map = new LinkedHashMap<>();
        object.properties().forEach(entry -> map.put(entry.getKey(), java(entry.getValue())));
        yield map;
      }
      case ArrayNode array -> {
        var list = new ArrayList<Object>();
        array.forEach(item -> list.add(java(item)));
        yield list;
      }
      default ->
          switch (json.getNodeType()) {
            case STRING -> json.textValue();
            case BOOLEAN -> json.booleanValue();
            case NUMBER -> json.numberValue();
            default -> throw new IllegalArgumentException("no value of a manifest: " + json);
          };
    };
  }
}
