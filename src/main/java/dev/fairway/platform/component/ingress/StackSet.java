package dev.fairway.platform.component.ingress;

import static dev.fairway.platform.component.Schema.list;
import static dev.fairway.platform.component.Schema.listByKey;
import static dev.fairway.platform.component.Schema.number;
import static dev.fairway.platform.component.Schema.object;
import static dev.fairway.platform.component.Schema.text;
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
 * A StackSet: an application, of which each version is a {@link Stack}, with the hosts that they
 * share and how much of the traffic each gets.
 *
 * @see <a href="https://github.com/zalando-incubator/stackset-controller">the controller</a>
 */
final class StackSet {
  static final String PLURAL = "stacksets";

  private static final CustomKind KIND =
      new CustomKind(
          RouteGroup.GROUP,
          "v1",
          "StackSet",
          PLURAL,
          Scope.NAMESPACED,
          List.of(),
          new TreeMap<>(
              Map.of(
                  "Stacks", ".status.stacks",
                  "Ready", ".status.readyStacks",
                  "Traffic", ".status.stacksWithTraffic")));

  private StackSet() {}

  static CustomResourceDefinition definition(Workload owner) {
    return KIND.definition(owner, spec(), status());
  }

  private static JSONSchemaProps spec() {
    var spec =
        object(
            Map.of(
                "ingress", ingress(),
                "externalIngress", object(Map.of("backendPort", wholeOrText()), "backendPort"),
                "routegroup", routeGroup(),
                "stackLifecycle", lifecycle(),
                "stackTemplate", template(),
                "traffic", traffic(),
                "minReadyPercent", percent()),
            "stackLifecycle",
            "stackTemplate");
    return where(
        spec,
        "!(has(self.externalIngress) && (has(self.ingress) || has(self.routegroup)))",
        "traffic comes by externalIngress, or by ingress and routegroup, not by both");
  }

  private static JSONSchemaProps ingress() {
    return object(
        Map.of(
            "metadata", Stack.annotated(),
            "hosts", hosts(),
            "backendPort", wholeOrText(),
            "path", RouteGroup.path()),
        "hosts",
        "backendPort");
  }

  private static JSONSchemaProps routeGroup() {
    return object(
        Map.of(
            "metadata", Stack.annotated(),
            "hosts", hosts(),
            "additionalBackends", RouteGroup.backends(),
            "routes", RouteGroup.routes(),
            "backendPort", RouteGroup.port(),
            "lbAlgorithm", RouteGroup.algorithm()),
        "hosts",
        "routes",
        "backendPort");
  }

  private static JSONSchemaProps hosts() {
    return list(RouteGroup.host()).edit().withMinItems(1L).withMaxItems(100L).build();
  }

  private static JSONSchemaProps lifecycle() {
    return object(
        Map.of(
            "scaledownTTLSeconds", whole().edit().withMinimum(0.0).build(),
            "limit", whole().edit().withMinimum(1.0).build()));
  }

  private static JSONSchemaProps template() {
    return object(Map.of("metadata", Stack.annotated(), "spec", Stack.versioned()), "spec");
  }

  private static JSONSchemaProps percent() {
    return whole().edit().withMinimum(0.0).withMaximum(100.0).build();
  }

  private static JSONSchemaProps traffic() {
    var weight = number().edit().withMinimum(0.0).build();
    var name = text().edit().withMinLength(1L).withMaxLength(253L).build();
    return listByKey(
            "stackName", object(Map.of("stackName", name, "weight", weight), "stackName", "weight"))
        .edit()
        .withMaxItems(100L)
        .build();
  }

  private static JSONSchemaProps status() {
    var actual =
        object(
            Map.of(
                "stackName", text(),
                "serviceName", text(),
                "servicePort", wholeOrText(),
                "weight", number()),
            "stackName",
            "serviceName",
            "servicePort",
            "weight");
    return object(
        Map.of(
            "stacks", whole(),
            "readyStacks", whole(),
            "stacksWithTraffic", whole(),
            "observedStackVersion", text(),
            "traffic", list(actual)));
  }
}
