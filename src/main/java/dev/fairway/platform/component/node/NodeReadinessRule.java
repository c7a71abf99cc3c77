package dev.fairway.platform.component.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.fairway.platform.component.Workload;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The {@code spec} of a NodeReadinessRule: nodes that the selector selects lose the taint when
 * their conditions are as required. Version v1alpha1, as the node readiness controller v0.5.0 knows
 * it.
 *
 * @param conditions all of which must hold
 * @param enforcementMode {@code bootstrap-only}: once for each node, or {@code continuous}: the
 *     taint comes back as well
 * @param taint its key must begin with {@code readiness.k8s.io/}
 * @param nodeSelector must not be empty
 * @see <a href="https://github.com/kubernetes-sigs/node-readiness-controller">the controller</a>
 */
record NodeReadinessRule(
    List<Condition> conditions, String enforcementMode, Taint taint, LabelSelector nodeSelector) {
  static final String GROUP = "readiness.node.x-k8s.io";
  static final String PLURAL = "nodereadinessrules";

  private static final String VERSION = "v1alpha1";
  private static final String KIND = "NodeReadinessRule";
  private static final int MOST_NODES = 5000;

  /** A condition of a node, and the status that it must have: True, False or Unknown. */
  record Condition(String type, String requiredStatus) {}

  NodeReadinessRule {
    conditions = List.copyOf(conditions);
  }

  /** The object, which belongs to no namespace. */
  GenericKubernetesResource object(Workload controller, String name) {
    return new GenericKubernetesResourceBuilder()
        .withApiVersion(GROUP + "/" + VERSION)
        .withKind(KIND)
        .withMetadata(controller.clusterMetadata().edit().withName(name).build())
        .addToAdditionalProperties("spec", this)
        .build();
  }

  /** Must be there before a rule is. */
  static CustomResourceDefinition definition(Workload controller) {
    return new CustomResourceDefinitionBuilder()
        .withMetadata(controller.clusterMetadata().edit().withName(PLURAL + "." + GROUP).build())
        .withNewSpec()
        .withGroup(GROUP)
        .withScope("Cluster")
        .withNewNames()
        .withKind(KIND)
        .withListKind(KIND + "List")
        .withPlural(PLURAL)
        .withSingular("nodereadinessrule")
        .withShortNames("nrr")
        .endNames()
        .withVersions(version())
        .endSpec()
        .build();
  }

  private static CustomResourceDefinitionVersion version() {
    return new CustomResourceDefinitionVersionBuilder()
        .withName(VERSION)
        .withServed(true)
        .withStorage(true)
        .withNewSchema()
        .withOpenAPIV3Schema(
            object(Map.of("spec", spec(), "status", status())).edit().withRequired("spec").build())
        .endSchema()
        .withNewSubresources()
        .withNewStatus()
        .endStatus()
        .endSubresources()
        .withAdditionalPrinterColumns(
            column("Mode", ".spec.enforcementMode"), column("Taint", ".spec.taint.key"))
        .build();
  }

  private static CustomResourceColumnDefinition column(String name, String path) {
    return new CustomResourceColumnDefinitionBuilder()
        .withName(name)
        .withType("string")
        .withJsonPath(path)
        .build();
  }

  /** The controller takes every part but {@code dryRun} for unchangeable; so does the schema. */
  private static JSONSchemaProps spec() {
    return object(
            Map.of(
                "conditions", fixed(listByKey("type", condition())),
                "dryRun", truth(),
                "enforcementMode", fixed(oneOf("bootstrap-only", "continuous")),
                "nodeSelector", fixed(selector()),
                "taint", fixed(taintSchema())))
        .edit()
        .withRequired("conditions", "enforcementMode", "nodeSelector", "taint")
        .build();
  }

  private static JSONSchemaProps condition() {
    return object(
            Map.of(
                "type", text(),
                "requiredStatus", truthOrUnknown(),
                "defaultStatus", truthOrUnknown()))
        .edit()
        .withRequired("type", "requiredStatus")
        .build();
  }

  private static JSONSchemaProps selector() {
    var expression =
        object(Map.of("key", text(), "operator", text(), "values", list(text())))
            .edit()
            .withRequired("key", "operator")
            .build();
    var labels =
        new JSONSchemaPropsBuilder()
            .withType("object")
            .withNewAdditionalProperties()
            .withSchema(text())
            .endAdditionalProperties()
            .build();
    return object(Map.of("matchExpressions", list(expression), "matchLabels", labels));
  }

  private static JSONSchemaProps taintSchema() {
    return object(Map.of("key", text(), "value", text(), "effect", text(), "timeAdded", time()))
        .edit()
        .withRequired("key", "effect")
        .addNewXKubernetesValidation()
        .withRule("self.key.startsWith('readiness.k8s.io/')")
        .withMessage("the controller handles keys that begin with readiness.k8s.io/ only")
        .endXKubernetesValidation()
        .build();
  }

  private static JSONSchemaProps status() {
    return object(
        Map.of(
            "observedGeneration", whole(),
            "appliedNodes", ofNodes(list(text())),
            "failedNodes", ofNodes(listByKey("nodeName", failure())),
            "nodeEvaluations", ofNodes(listByKey("nodeName", evaluation())),
            "dryRunResults", dryRun()));
  }

  private static JSONSchemaProps failure() {
    return object(
            Map.of(
                "nodeName", text(),
                "reason", text(),
                "message", text(),
                "lastEvaluationTime", time()))
        .edit()
        .withRequired("nodeName")
        .build();
  }

  private static JSONSchemaProps evaluation() {
    var result =
        object(
                Map.of(
                    "type", text(),
                    "currentStatus", truthOrUnknown(),
                    "requiredStatus", truthOrUnknown(),
                    "defaultStatus", truthOrUnknown(),
                    "satisfied", truth(),
                    "missing", truth()))
            .edit()
            .withRequired("type")
            .build();
    return object(
            Map.of(
                "nodeName", text(),
                "conditionResults", listByKey("type", result),
                "taintStatus", oneOf("Present", "Absent"),
                "lastEvaluationTime", time()))
        .edit()
        .withRequired("nodeName")
        .build();
  }

  private static JSONSchemaProps dryRun() {
    return object(
        Map.of(
            "affectedNodes", whole(),
            "taintsToAdd", whole(),
            "taintsToRemove", whole(),
            "riskyOperations", whole(),
            "summary", text()));
  }

  private static JSONSchemaProps object(Map<String, JSONSchemaProps> properties) {
    return new JSONSchemaPropsBuilder()
        .withType("object")
        .withProperties(new TreeMap<>(properties))
        .build();
  }

  private static JSONSchemaProps list(JSONSchemaProps element) {
    return new JSONSchemaPropsBuilder()
        .withType("array")
        .withNewItems()
        .withSchema(element)
        .endItems()
        .build();
  }

  private static JSONSchemaProps listByKey(String key, JSONSchemaProps element) {
    return list(element)
        .edit()
        .withXKubernetesListType("map")
        .withXKubernetesListMapKeys(key)
        .build();
  }

  private static JSONSchemaProps ofNodes(JSONSchemaProps list) {
    return list.edit().withMaxItems((long) MOST_NODES).build();
  }

  private static JSONSchemaProps fixed(JSONSchemaProps part) {
    return part.edit()
        .addNewXKubernetesValidation()
        .withRule("self == oldSelf")
        .withMessage("can't be changed; make a rule of another name")
        .endXKubernetesValidation()
        .build();
  }

  private static JSONSchemaProps truthOrUnknown() {
    return oneOf("True", "False", "Unknown");
  }

  private static JSONSchemaProps oneOf(String... words) {
    var nodes = Arrays.stream(words).map(TextNode::valueOf).toArray(JsonNode[]::new);
    return text().edit().withEnum(nodes).build();
  }

  private static JSONSchemaProps text() {
    return typed("string");
  }

  private static JSONSchemaProps time() {
    return text().edit().withFormat("date-time").build();
  }

  private static JSONSchemaProps whole() {
    return typed("integer").edit().withFormat("int64").build();
  }

  private static JSONSchemaProps truth() {
    return typed("boolean");
  }

  private static JSONSchemaProps typed(String type) {
    return new JSONSchemaPropsBuilder().withType(type).build();
  }
}
