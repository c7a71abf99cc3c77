package dev.fairway.platform.component.ingress;

import static dev.fairway.platform.component.Schema.anyObject;
import static dev.fairway.platform.component.Schema.list;
import static dev.fairway.platform.component.Schema.map;
import static dev.fairway.platform.component.Schema.number;
import static dev.fairway.platform.component.Schema.object;
import static dev.fairway.platform.component.Schema.oneOf;
import static dev.fairway.platform.component.Schema.text;
import static dev.fairway.platform.component.Schema.time;
import static dev.fairway.platform.component.Schema.truth;
import static dev.fairway.platform.component.Schema.where;
import static dev.fairway.platform.component.Schema.whole;
import static dev.fairway.platform.component.Schema.wholeOrText;

import dev.fairway.platform.component.CustomKind;
import dev.fairway.platform.component.CustomKind.Scope;
import dev.fairway.platform.component.Workload;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Stack: one version of an application, with its pods, its Service and how it scales. The
 * StackSet controller makes them of the template of a {@link StackSet}; of the pods' template and
 * of how a Deployment or an autoscaler behaves, Kubernetes itself has the say.
 */
final class Stack {
  static final String PLURAL = "stacks";

  private static final CustomKind KIND =
      new CustomKind(
          RouteGroup.GROUP,
          "v1",
          "Stack",
          PLURAL,
          Scope.NAMESPACED,
          List.of(),
          new TreeMap<>(
              Map.of(
                  "Desired", ".spec.replicas",
                  "Current", ".status.replicas",
                  "Ready", ".status.readyReplicas",
                  "Traffic", ".status.actualTrafficWeight",
                  "No-Traffic-Since", ".status.noTrafficSince")));

  private static final String VERSION =
      "^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

  private Stack() {}

  /** Autoscalers may scale a Stack itself. */
  static CustomResourceDefinition definition(Workload owner) {
    return KIND.definition(owner, scaled(spec(Map.of())), status())
        .edit()
        .editSpec()
        .editFirstVersion()
        .editSubresources()
        .withNewScale()
        .withSpecReplicasPath(".spec.replicas")
        .withStatusReplicasPath(".status.replicas")
        .withLabelSelectorPath(".status.labelSelector")
        .endScale()
        .endSubresources()
        .endVersion()
        .endSpec()
        .build();
  }

  /** The spec of the version in a StackSet's template. */
  static JSONSchemaProps versioned() {
    var version = text().edit().withMaxLength(63L).withPattern(VERSION).build();
    return scaled(spec(Map.of("version", version)).edit().addToRequired("version").build());
  }

  /** Metadata of which the controller hands on the annotations. */
  static JSONSchemaProps annotated() {
    return object(Map.of("annotations", map(text())));
  }

  private static JSONSchemaProps spec(Map<String, JSONSchemaProps> more) {
    var fields = new TreeMap<>(more);
    fields.put("replicas", count(0));
    fields.put("minReadySeconds", count(0));
    fields.put("service", service());
    fields.put("podTemplate", podTemplate());
    fields.put("strategy", anyObject());
    fields.put("autoscaler", autoscaler());
    fields.put("horizontalPodAutoscaler", horizontal());
    fields.put("ingress", overrides());
    fields.put("routegroup", overrides());
    return object(fields, "podTemplate");
  }

  private static JSONSchemaProps scaled(JSONSchemaProps spec) {
    return where(
        spec,
        "!(has(self.autoscaler) && has(self.horizontalPodAutoscaler))",
        "give autoscaler or horizontalPodAutoscaler, not both");
  }

  private static JSONSchemaProps service() {
    var port =
        object(
            Map.of(
                "name", text(),
                "port", RouteGroup.port(),
                "targetPort", wholeOrText(),
                "protocol", oneOf("TCP", "UDP", "SCTP"),
                "appProtocol", text(),
                "nodePort", RouteGroup.port()),
            "port");
    return object(Map.of("metadata", annotated(), "ports", list(port)));
  }

  private static JSONSchemaProps podTemplate() {
    var metadata = object(Map.of("labels", map(text()), "annotations", map(text())));
    return object(Map.of("metadata", metadata, "spec", anyObject()), "spec");
  }

  private static JSONSchemaProps overrides() {
    return object(Map.of("metadata", annotated(), "enabled", truth(), "hosts", list(text())));
  }

  private static JSONSchemaProps horizontal() {
    return bounded(Map.of("metrics", list(anyObject())), "maxReplicas");
  }

  private static JSONSchemaProps autoscaler() {
    return bounded(Map.of("metrics", list(metric())), "maxReplicas", "metrics");
  }

  private static JSONSchemaProps bounded(Map<String, JSONSchemaProps> metrics, String... required) {
    var fields = new TreeMap<>(metrics);
    fields.put("minReplicas", count(0));
    fields.put("maxReplicas", count(1));
    fields.put("behavior", anyObject());
    return where(
        object(fields, required),
        "!has(self.minReplicas) || self.minReplicas <= self.maxReplicas",
        "minReplicas is more than maxReplicas");
  }

  private static JSONSchemaProps metric() {
    var schedule = object(Map.of("name", text()), "name");
    return object(
        Map.of(
            "type",
            oneOf(
                "CPU",
                "Memory",
                "AmazonSQS",
                "PodJSON",
                "Ingress",
                "RouteGroup",
                "ZMON",
                "ScalingSchedule",
                "ClusterScalingSchedule"),
            "average",
            wholeOrText(),
            "averageUtilization",
            count(1),
            "container",
            text(),
            "endpoint",
            endpoint(),
            "queue",
            object(Map.of("name", text(), "region", text()), "name", "region"),
            "zmon",
            zmon(),
            "scalingSchedule",
            schedule,
            "clusterScalingSchedule",
            schedule),
        "type");
  }

  private static JSONSchemaProps endpoint() {
    return object(
        Map.of("port", RouteGroup.port(), "path", text(), "key", text(), "name", text()),
        "port",
        "path",
        "key",
        "name");
  }

  private static JSONSchemaProps zmon() {
    var check = text().edit().withPattern("^[0-9]+$").build();
    var aggregator = oneOf("avg", "dev", "count", "first", "last", "max", "min", "sum", "diff");
    return object(
        Map.of(
            "checkID", check,
            "key", text(),
            "duration", text(),
            "aggregators", list(aggregator),
            "tags", map(text())),
        "checkID",
        "key");
  }

  private static JSONSchemaProps count(int least) {
    return whole().edit().withMinimum((double) least).build();
  }

  private static JSONSchemaProps status() {
    var fields = new TreeMap<String, JSONSchemaProps>();
    fields.put("actualTrafficWeight", number());
    fields.put("desiredTrafficWeight", number());
    fields.put("replicas", whole());
    fields.put("readyReplicas", whole());
    fields.put("updatedReplicas", whole());
    fields.put("desiredReplicas", whole());
    fields.put("prescalingStatus", prescaling());
    fields.put("noTrafficSince", time());
    fields.put("labelSelector", text());
    return object(fields);
  }

  private static JSONSchemaProps prescaling() {
    return object(
        Map.of(
            "active", truth(),
            "replicas", whole(),
            "desiredTrafficWeight", number(),
            "lastTrafficIncrease", time()));
  }
}
