package dev.fairway.platform.component.autoscaling;

import static dev.fairway.platform.component.Schema.anyObject;
import static dev.fairway.platform.component.Schema.list;
import static dev.fairway.platform.component.Schema.map;
import static dev.fairway.platform.component.Schema.number;
import static dev.fairway.platform.component.Schema.object;
import static dev.fairway.platform.component.Schema.oneOf;
import static dev.fairway.platform.component.Schema.text;
import static dev.fairway.platform.component.Schema.time;
import static dev.fairway.platform.component.Schema.where;
import static dev.fairway.platform.component.Schema.whole;
import static dev.fairway.platform.component.Schema.wholeOrText;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.Map;
import java.util.TreeMap;

/**
 * The schemas of the vertical pod autoscaler's two kinds, as version 1.7.1 knows them. What its
 * admission webhook would refuse is refused here as well: the webhook may be away.
 */
final class VerticalSchemas {
  private static final long MOST_CONTAINERS = 64;
  private static final long MOST_RESOURCES = 8;
  private static final long LONGEST_QUANTITY = 32;

  private VerticalSchemas() {}

  static JSONSchemaProps spec() {
    var recommender = object(Map.of("name", text()), "name");
    return object(
        Map.of(
            "recommenders", list(recommender).edit().withMaxItems(1L).build(),
            "resourcePolicy", object(Map.of("containerPolicies", policies())),
            "startupBoost", boost(),
            "targetRef", target(),
            "updatePolicy", updates()),
        "targetRef");
  }

  private static JSONSchemaProps target() {
    return object(Map.of("apiVersion", text(), "kind", text(), "name", text()), "kind", "name")
        .edit()
        .withXKubernetesMapType("atomic")
        .build();
  }

  private static JSONSchemaProps updates() {
    var requirement =
        object(
            Map.of(
                "changeRequirement",
                oneOf("TargetHigherThanRequests", "TargetLowerThanRequests"),
                "resources",
                list(text())),
            "changeRequirement",
            "resources");
    return object(
        Map.of(
            "evictAfterOOMSeconds", positive(),
            "evictionRequirements", list(requirement),
            "minReplicas", positive(),
            "updateMode",
                oneOf("Off", "Initial", "Recreate", "InPlaceOrRecreate", "InPlace", "Auto")));
  }

  private static JSONSchemaProps policies() {
    var policy = new TreeMap<String, JSONSchemaProps>();
    policy.put("containerName", text());
    policy.put("controlledResources", list(oneOf("cpu", "memory")));
    policy.put("controlledValues", oneOf("RequestsAndLimits", "RequestsOnly"));
    policy.put("maxAllowed", amounts());
    policy.put("memoryAggregationIntervalCount", positive());
    policy.put("memoryAggregationIntervalSeconds", positive());
    policy.put("minAllowed", amounts());
    policy.put("mode", oneOf("Auto", "Off"));
    policy.put("oomBumpUpRatio", wholeOrText());
    policy.put("oomMinBumpUp", wholeOrText());
    policy.put("startupBoost", boost());
    var bounded =
        where(
            object(policy, "containerName"),
            "!has(self.minAllowed) || !has(self.maxAllowed) || self.minAllowed.all(r, !(r in"
                + " self.maxAllowed) || quantity(string(self.minAllowed[r])).compareTo("
                + "quantity(string(self.maxAllowed[r]))) <= 0)",
            "minAllowed must not be above maxAllowed");
    // The API server must be able to tell what the rule costs at most.
    return list(bounded).edit().withMaxItems(MOST_CONTAINERS).build();
  }

  private static JSONSchemaProps boost() {
    var cpu =
        object(
            Map.of(
                "durationSeconds", whole(),
                "factor", whole(),
                "quantity", wholeOrText(),
                "type", oneOf("Factor", "Quantity")),
            "type");
    return object(
        Map.of(
            "cpu",
            where(
                where(
                    cpu,
                    "(self.type == 'Factor') == has(self.factor)",
                    "factor goes with type Factor, and with no other"),
                "(self.type == 'Quantity') == has(self.quantity)",
                "quantity goes with type Quantity, and with no other")));
  }

  static JSONSchemaProps status() {
    var condition =
        object(
            Map.of(
                "lastTransitionTime", time(),
                "message", text(),
                "observedGeneration", whole(),
                "reason", text(),
                "status", text(),
                "type", text()),
            "status",
            "type");
    var container =
        object(
            Map.of(
                "containerName", text(),
                "lowerBound", amounts(),
                "target", amounts(),
                "uncappedTarget", amounts(),
                "upperBound", amounts()),
            "target");
    return object(
        Map.of(
            "conditions", list(condition),
            "observedGeneration", whole(),
            "recommendation", object(Map.of("containerRecommendations", list(container)))));
  }

  static JSONSchemaProps checkpointSpec() {
    return object(Map.of("containerName", text(), "vpaObjectName", text()));
  }

  static JSONSchemaProps checkpointStatus() {
    return object(
        Map.of(
            "cpuHistogram", histogram(),
            "firstSampleStart", orNull(time()),
            "lastSampleStart", orNull(time()),
            "lastUpdateTime", orNull(time()),
            "memoryHistogram", histogram(),
            "totalSamplesCount", whole(),
            "version", text()));
  }

  private static JSONSchemaProps histogram() {
    return object(
        Map.of(
            "bucketWeights", anyObject(),
            "referenceTimestamp", orNull(time()),
            "totalWeight", number()));
  }

  /** Quantities by resource. */
  private static JSONSchemaProps amounts() {
    var amount = wholeOrText().edit().withMaxLength(LONGEST_QUANTITY).build();
    return map(amount).edit().withMaxProperties(MOST_RESOURCES).build();
  }

  private static JSONSchemaProps positive() {
    return where(whole(), "self > 0", "must be above 0");
  }

  private static JSONSchemaProps orNull(JSONSchemaProps part) {
    return part.edit().withNullable(true).build();
  }
}
