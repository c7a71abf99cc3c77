package dev.fairway.platform.component.autoscaling;

import static dev.fairway.platform.component.Schema.list;
import static dev.fairway.platform.component.Schema.object;
import static dev.fairway.platform.component.Schema.oneOf;
import static dev.fairway.platform.component.Schema.text;
import static dev.fairway.platform.component.Schema.time;
import static dev.fairway.platform.component.Schema.truth;
import static dev.fairway.platform.component.Schema.where;
import static dev.fairway.platform.component.Schema.whole;

import dev.fairway.platform.component.CustomKind;
import dev.fairway.platform.component.CustomKind.Scope;
import dev.fairway.platform.component.Rbac;
import dev.fairway.platform.component.Workload;
import dev.fairway.platform.component.access.AccessRoles;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The kinds ScalingSchedule and ClusterScalingSchedule, as kube-metrics-adapter v0.2.9 knows them:
 * a metric that has a value at times that are known before, for a HorizontalPodAutoscaler of one
 * namespace, or of any.
 */
final class ScalingSchedules {
  static final String GROUP = "zalando.org";
  static final List<String> PLURALS = List.of("clusterscalingschedules", "scalingschedules");

  private static final long MOST_SCHEDULES = 100;

  private ScalingSchedules() {}

  static List<HasMetadata> definitions(Workload owner) {
    return List.of(
        kind("ScalingSchedule", Scope.NAMESPACED).definition(owner, spec(), status()),
        kind("ClusterScalingSchedule", Scope.CLUSTER).definition(owner, spec(), status()));
  }

  /**
   * What people and pipelines may: everybody reads both kinds, and who deploys writes those of a
   * namespace. One of the cluster rules applications of every team, so a release brings it.
   */
  static List<HasMetadata> roles(Workload owner) {
    return List.of(
        role(owner, "reader", AccessRoles.TO_READ, PLURALS, "get", "list", "watch"),
        role(
            owner,
            "writer",
            AccessRoles.TO_DEPLOY,
            List.of("scalingschedules"),
            "create",
            "update",
            "patch",
            "delete",
            "deletecollection"));
  }

  private static ClusterRole role(
      Workload owner, String whose, String label, List<String> plurals, String... verbs) {
    return new ClusterRoleBuilder()
        .withMetadata(
            owner
                .clusterMetadata()
                .edit()
                .withName("scaling-schedules-" + whose)
                .addToLabels(label, "true")
                .build())
        .withRules(Rbac.allow(GROUP, plurals, verbs))
        .build();
  }

  private static CustomKind kind(String kind, Scope scope) {
    return new CustomKind(
        GROUP,
        "v1",
        kind,
        kind.toLowerCase(Locale.ROOT) + "s",
        scope,
        List.of(),
        new TreeMap<>(Map.of("Active", ".status.active")));
  }

  private static JSONSchemaProps spec() {
    return object(
        Map.of(
            "scalingWindowDurationMinutes", notNegative(),
            "schedules", list(schedule()).edit().withMaxItems(MOST_SCHEDULES).build()),
        "schedules");
  }

  /** What the adapter would find out when a schedule's time has come is refused before. */
  private static JSONSchemaProps schedule() {
    var schedule =
        object(
            Map.of(
                "date", time(),
                "durationMinutes", notNegative(),
                "endDate", time(),
                "period", period(),
                "type", oneOf("OneTime", "Repeating"),
                "value", whole()),
            "type",
            "value");
    return where(
        where(schedule, "self.type != 'OneTime' || has(self.date)", "type OneTime needs a date"),
        "self.type != 'Repeating' || has(self.period)",
        "type Repeating needs a period");
  }

  private static JSONSchemaProps period() {
    return object(
        Map.of(
            "days", list(oneOf("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")),
            "endTime", timeOfDay(),
            "startTime", timeOfDay(),
            "timezone", text()),
        "days",
        "startTime",
        "timezone");
  }

  private static JSONSchemaProps status() {
    return object(Map.of("active", truth()));
  }

  private static JSONSchemaProps timeOfDay() {
    return text().edit().withPattern("^([01][0-9]|2[0-3]):[0-5][0-9]$").build();
  }

  private static JSONSchemaProps notNegative() {
    return where(whole(), "self >= 0", "must not be below 0");
  }
}
