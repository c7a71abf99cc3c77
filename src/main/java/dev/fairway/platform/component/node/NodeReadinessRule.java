package dev.fairway.platform.component.node;

import static dev.fairway.platform.component.Schema.list;
import static dev.fairway.platform.component.Schema.listByKey;
import static dev.fairway.platform.component.Schema.map;
import static dev.fairway.platform.component.Schema.object;
import static dev.fairway.platform.component.Schema.oneOf;
import static dev.fairway.platform.component.Schema.text;
import static dev.fairway.platform.component.Schema.time;
import static dev.fairway.platform.component.Schema.truth;
import static dev.fairway.platform.component.Schema.where;
import static dev.fairway.platform.component.Schema.whole;

import dev.fairway.platform.component.CustomKind;
import dev.fairway.platform.component.CustomKind.Scope;
import dev.fairway.platform.component.Workload;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
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

  private static final CustomKind KIND =
      new CustomKind(
          GROUP,
          "v1alpha1",
          "NodeReadinessRule",
          PLURAL,
          Scope.CLUSTER,
          List.of("nrr"),
          new TreeMap<>(Map.of("Mode", ".spec.enforcementMode", "Taint", ".spec.taint.key")));

  private static final int MOST_NODES = 5000;

  /** A condition of a node, and the status that it must have: True, False or Unknown. */
  record Condition(String type, String requiredStatus) {}

  NodeReadinessRule {
    conditions = List.copyOf(conditions);
  }

  /** The object, which belongs to no namespace. */
  GenericKubernetesResource named(Workload controller, String name) {
    return KIND.object(controller.clusterMetadata().edit().withName(name).build(), this);
  }

  /** Must be there before a rule is. */
  static CustomResourceDefinition definition(Workload controller) {
    return KIND.definition(controller, spec(), status());
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
    return object(Map.of("matchExpressions", list(expression), "matchLabels", map(text())));
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

  private static JSONSchemaProps ofNodes(JSONSchemaProps list) {
    return list.edit().withMaxItems((long) MOST_NODES).build();
  }

  private static JSONSchemaProps fixed(JSONSchemaProps part) {
    return where(part, "self == oldSelf", "can't be changed; make a rule of another name");
  }

  private static JSONSchemaProps truthOrUnknown() {
    return oneOf("True", "False", "Unknown");
  }
}
