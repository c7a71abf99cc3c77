package dev.fairway.platform.component;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The words in which the schema of a {@link CustomKind} is written. */
public final class Schema {
  private Schema() {}

  public static JSONSchemaProps object(Map<String, JSONSchemaProps> properties) {
    return typed("object").edit().withProperties(new TreeMap<>(properties)).build();
  }

  /** The same, of which these must be there. */
  public static JSONSchemaProps object(
      Map<String, JSONSchemaProps> properties, String... required) {
    return object(properties).edit().withRequired(required).build();
  }

  /** Keys that the schema does not know, each with such a value. */
  public static JSONSchemaProps map(JSONSchemaProps value) {
    return typed("object")
        .edit()
        .withNewAdditionalProperties()
        .withSchema(value)
        .endAdditionalProperties()
        .build();
  }

  /**
   * An object of Kubernetes' own, such as a pod template, which the program behind the kind checks:
   * its schema would be longer than all others together, and another one with each version.
   */
  public static JSONSchemaProps anyObject() {
    return typed("object").edit().withXKubernetesPreserveUnknownFields(true).build();
  }

  public static JSONSchemaProps list(JSONSchemaProps element) {
    return typed("array").edit().withNewItems().withSchema(element).endItems().build();
  }

  /** A list of which no two elements are the same. */
  public static JSONSchemaProps set(JSONSchemaProps element) {
    return list(element).edit().withXKubernetesListType("set").build();
  }

  /** A list of which no two elements have the same value in the key. */
  public static JSONSchemaProps listByKey(String key, JSONSchemaProps element) {
    return list(element)
        .edit()
        .withXKubernetesListType("map")
        .withXKubernetesListMapKeys(key)
        .build();
  }

  public static JSONSchemaProps oneOf(String... words) {
    var nodes = Arrays.stream(words).map(TextNode::valueOf).toArray(JsonNode[]::new);
    return text().edit().withEnum(nodes).build();
  }

  public static JSONSchemaProps text() {
    return typed("string");
  }

  public static JSONSchemaProps time() {
    return text().edit().withFormat("date-time").build();
  }

  public static JSONSchemaProps whole() {
    return typed("integer").edit().withFormat("int64").build();
  }

  public static JSONSchemaProps number() {
    return typed("number");
  }

  public static JSONSchemaProps truth() {
    return typed("boolean");
  }

  /** {@code 80} or {@code 80%} or {@code http}. */
  public static JSONSchemaProps wholeOrText() {
    return new JSONSchemaPropsBuilder().withXKubernetesIntOrString(true).build();
  }

  /** The same with one more condition, in CEL over {@code self} and {@code oldSelf}. */
  public static JSONSchemaProps where(JSONSchemaProps part, String rule, String message) {
    return part.edit()
        .addNewXKubernetesValidation()
        .withRule(rule)
        .withMessage(message)
        .endXKubernetesValidation()
        .build();
  }

  private static JSONSchemaProps typed(String type) {
    return new JSONSchemaPropsBuilder().withType(type).build();
  }
}
