package dev.fairway.platform.component.ingress;

import static dev.fairway.platform.component.Schema.list;
import static dev.fairway.platform.component.Schema.listByKey;
import static dev.fairway.platform.component.Schema.object;
import static dev.fairway.platform.component.Schema.oneOf;
import static dev.fairway.platform.component.Schema.set;
import static dev.fairway.platform.component.Schema.text;
import static dev.fairway.platform.component.Schema.where;
import static dev.fairway.platform.component.Schema.whole;

import dev.fairway.platform.component.CustomKind;
import dev.fairway.platform.component.CustomKind.Scope;
import dev.fairway.platform.component.Workload;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * RouteGroups: the routes of some hosts, with Skipper's own predicates and filters. The schema
 * refuses all that Skipper could not read, so that who makes a mistake is told at once; Skipper
 * itself would only log it and leave the routes out. Why no webhook does: docs/decisions, number
 * 16.
 *
 * @see <a href="https://opensource.zalando.com/skipper/kubernetes/routegroup-crd/">the fields</a>
 */
final class RouteGroup {
  static final String GROUP = "zalando.org";
  static final String PLURAL = "routegroups";

  private static final CustomKind KIND =
      new CustomKind(
          GROUP,
          "v1",
          "RouteGroup",
          PLURAL,
          Scope.NAMESPACED,
          List.of("rg", "rgs"),
          new TreeMap<>(
              Map.of(
                  "Hosts",
                  ".spec.hosts",
                  "Address",
                  ".status.loadBalancer.routegroup[*].hostname")));

  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final String HOST = "^" + LABEL + "([.]" + LABEL + ")*$";

  /** A literal of eskip: text in one of two quotes, a regular expression, a number. */
  private static final String LITERAL =
      "(\"([^\"\\\\]|\\\\.)*\"|`([^`\\\\]|\\\\.)*`|/([^/\\\\]|\\\\.)*/|-?[0-9]+([.][0-9]+)?)";

  /** One filter or predicate: {@code setPath("/")}. */
  private static final String CALL =
      "^\\s*[A-Za-z_][A-Za-z0-9_]*\\(\\s*(" + LITERAL + "(\\s*,\\s*" + LITERAL + ")*)?\\s*\\)\\s*$";

  private static final String NETWORK_ADDRESS = "^(https?|fastcgi)://[^/?#@\\\\s]+$";

  /**
   * The proxy's own pod, and the metadata of EC2, are nobody's backend, however their addresses are
   * written: with octal or hexadecimal numbers, or with fewer than four. What a DNS name is the
   * address of is known only when it is asked. What a rule costs grows with this text's length.
   */
  static final String OWN_ADDRESS =
      "(?i)^([a-z]+://)?([^/]*@)?(localhost|127[.]|169[.]254[.]|\\[|0[0-9x.:/]"
          + "|[0-9]+([.][0-9]+){0,2}([:/]|$))";

  /** In a string of CEL a backslash is written twice. */
  private static final String IS_OWN = ".matches('" + OWN_ADDRESS.replace("\\", "\\\\") + "')";

  /** The API server takes a rule only if the largest object costs it little enough to check. */
  private static final long MOST_HOSTS = 100;

  private static final long MOST_BACKENDS = 40;
  private static final long MOST_ROUTES = 300;
  private static final long MOST_REFERENCES = 10;
  private static final long MOST_CALLS = 50;
  private static final long LONGEST_NAME = 128;
  private static final long LONGEST_ADDRESS = 256;

  private RouteGroup() {}

  /** Must be there before one of them is, and before Skipper asks for them. */
  static CustomResourceDefinition definition(Workload owner) {
    return KIND.definition(owner, spec(), status());
  }

  private static JSONSchemaProps spec() {
    var spec =
        object(
            Map.of(
                "hosts", hosts(),
                "backends", backends(),
                "defaultBackends", references(),
                "routes", routes(),
                "tls", list(tls())),
            "hosts",
            "backends");
    var referred = "r, self.backends.exists(b, b.name == r.backendName)";
    return where(
        where(
            where(
                spec,
                "!has(self.defaultBackends) || self.defaultBackends.all(" + referred + ")",
                "defaultBackends names a backend that backends has not"),
            "!has(self.routes) || self.routes.all(route, !has(route.backends) ||"
                + " route.backends.all("
                + referred
                + "))",
            "a route names a backend that backends has not"),
        "has(self.defaultBackends) && size(self.defaultBackends) > 0 || has(self.routes) &&"
            + " self.routes.all(route, has(route.backends) && size(route.backends) > 0)",
        "give defaultBackends, or backends to each of the routes");
  }

  /** Without a host it would be a route for the hosts of all others. */
  private static JSONSchemaProps hosts() {
    return set(host()).edit().withMinItems(1L).withMaxItems(MOST_HOSTS).build();
  }

  static JSONSchemaProps host() {
    return text().edit().withMaxLength(255L).withPattern(HOST).build();
  }

  /** Those that applications add themselves, too. */
  static JSONSchemaProps backends() {
    return listByKey("name", backend()).edit().withMinItems(1L).withMaxItems(MOST_BACKENDS).build();
  }

  private static JSONSchemaProps backend() {
    var backend =
        object(
            Map.of(
                "name", name(),
                "type", oneOf("service", "shunt", "loopback", "dynamic", "lb", "network"),
                "address", text().edit().withMaxLength(LONGEST_ADDRESS).build(),
                "algorithm", algorithm(),
                "endpoints", endpoints(),
                "serviceName", name(),
                "servicePort", port()),
            "name",
            "type");
    return where(
        where(
            where(
                where(
                    backend,
                    "self.type != 'service' || has(self.serviceName) && has(self.servicePort)",
                    "a backend of type service needs serviceName and servicePort"),
                "self.type != 'network' || has(self.address) && self.address.matches('"
                    + NETWORK_ADDRESS
                    + "')",
                "a backend of type network needs an address such as https://example.org"),
            "self.type != 'lb' || has(self.endpoints)",
            "a backend of type lb needs endpoints"),
        "!(has(self.address) && self.address"
            + IS_OWN
            + " || has(self.endpoints) && self.endpoints.exists(e, e"
            + IS_OWN
            + "))",
        "the proxy's own addresses and those of the metadata service are nobody's backend");
  }

  private static JSONSchemaProps endpoints() {
    return list(text().edit().withMaxLength(LONGEST_ADDRESS).build())
        .edit()
        .withMinItems(1L)
        .withMaxItems(MOST_BACKENDS)
        .build();
  }

  static JSONSchemaProps algorithm() {
    return oneOf(
        "roundRobin", "random", "consistentHash", "powerOfRandomNChoices", "weightedRoundRobin");
  }

  static JSONSchemaProps port() {
    return whole().edit().withMinimum(1.0).withMaximum(65535.0).build();
  }

  /** Of a backend or a Service. */
  private static JSONSchemaProps name() {
    return text().edit().withMinLength(1L).withMaxLength(LONGEST_NAME).build();
  }

  private static JSONSchemaProps references() {
    var weight = whole().edit().withMinimum(0.0).build();
    return listByKey(
            "backendName", object(Map.of("backendName", name(), "weight", weight), "backendName"))
        .edit()
        .withMaxItems(MOST_REFERENCES)
        .build();
  }

  static JSONSchemaProps routes() {
    return list(route()).edit().withMinItems(1L).withMaxItems(MOST_ROUTES).build();
  }

  private static JSONSchemaProps route() {
    var methods =
        oneOf("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE");
    return where(
        object(
            Map.of(
                "backends", references(),
                "filters", calls(),
                "methods", set(methods).edit().withMaxItems(9L).build(),
                "path", path(),
                "pathRegexp", text().edit().withMaxLength(1024L).build(),
                "pathSubtree", path(),
                "predicates", calls())),
        "!(has(self.path) && has(self.pathSubtree))",
        "a route has a path or a pathSubtree, not both");
  }

  static JSONSchemaProps path() {
    return text().edit().withMaxLength(1024L).withPattern("^/").build();
  }

  private static JSONSchemaProps calls() {
    var call = text().edit().withMaxLength(16_384L).withPattern(CALL).build();
    return list(call).edit().withMaxItems(MOST_CALLS).build();
  }

  private static JSONSchemaProps tls() {
    return object(Map.of("hosts", hosts(), "secretName", name()), "hosts", "secretName");
  }

  private static JSONSchemaProps status() {
    var balancer = object(Map.of("hostname", text(), "ip", text()));
    return object(
        Map.of("loadBalancer", object(Map.of("routegroup", list(balancer)), "routegroup")));
  }
}
