package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The ways to and from pods that a NetworkPolicy lets open. Policies add up, and a pod that none
 * selects is open to all.
 */
final class PodWays {
  private static final String INGRESS = "Ingress";
  private static final String EGRESS = "Egress";

  /** What stands for each peer, and for each port: a rule that names none. */
  private static final JsonNode ANY = JsonNodeFactory.instance.missingNode();

  private PodWays() {}

  private record Way(JsonNode peer, JsonNode port) {
    boolean holds(Way other) {
      return holdsPeer(other.peer) && holdsPort(other.port);
    }

    private boolean holdsPeer(JsonNode other) {
      if (peer.isMissingNode() || peer.equals(other)) {
        return true;
      }
      if (other.isMissingNode() || peer.has("ipBlock") || other.has("ipBlock")) {
        return isRange(other) && isRange(peer) && Ranges.holds(cidr(peer), cidr(other));
      }
      var spaces = selector(peer.path("namespaceSelector"));
      // Who names no namespaces means the policy's own.
      var sameSpaces =
          peer.has("namespaceSelector")
              ? spaces.selector().isEmpty()
                  || (other.has("namespaceSelector")
                      && spaces.covers(selector(other.path("namespaceSelector"))))
              : !other.has("namespaceSelector");
      return sameSpaces
          && selector(peer.path("podSelector")).covers(selector(other.path("podSelector")));
    }

    /** Of ranges without holes, of which one may hold the other. */
    private static boolean isRange(JsonNode peer) {
      return peer.has("ipBlock") && peer.at("/ipBlock/except").isEmpty();
    }

    private static String cidr(JsonNode peer) {
      return peer.at("/ipBlock/cidr").asText();
    }

    private boolean holdsPort(JsonNode other) {
      if (port.isMissingNode() || port.equals(other)) {
        return true;
      }
      if (other.isMissingNode() || !protocol(port).equals(protocol(other))) {
        return false;
      }
      return !port.has("port")
          || (port.path("port").equals(other.path("port")) && !other.has("endPort"))
          || (first(port) <= first(other) && last(other) <= last(port) && first(port) >= 0);
    }

    private static String protocol(JsonNode port) {
      return port.path("protocol").asText("TCP");
    }

    private static int first(JsonNode port) {
      return port.path("port").asInt(-1);
    }

    private static int last(JsonNode port) {
      return port.path("endPort").asInt(port.path("port").asInt(Integer.MAX_VALUE));
    }
  }

  private static LabelSelector selector(JsonNode selector) {
    return new LabelSelector(selector);
  }

  static Stream<String> widened(JsonNode was, JsonNode becomes) {
    var found = new ArrayList<String>();
    var old = was.path("spec");
    var fresh = becomes.path("spec");
    if (!selector(fresh.path("podSelector")).covers(selector(old.path("podSelector")))
        || !selector(old.path("podSelector")).covers(selector(fresh.path("podSelector")))) {
      found.add("it selects other pods");
    }
    for (var direction : types(old)) {
      if (!types(fresh).contains(direction)) {
        found.add("it no longer closes the pods' " + direction.toLowerCase(Locale.ROOT));
      } else if (opens(ways(old, direction), ways(fresh, direction))) {
        found.add("it opens a way more of the pods' " + direction.toLowerCase(Locale.ROOT));
      }
    }
    return found.stream();
  }

  /** One that is new closes more than it opens, unless it opens all. */
  static Stream<String> added(JsonNode policy) {
    return types(policy.path("spec")).stream()
        .filter(direction ->
            opens(
                List.of(),
                ways(policy.path("spec"), direction).stream()
                    .filter(way -> way.peer().isMissingNode() && way.port().isMissingNode())
                    .toList()))
        .map(direction -> "it opens each way of the pods' " + direction.toLowerCase(Locale.ROOT));
  }

  private static Set<String> types(JsonNode spec) {
    var types = new TreeSet<String>();
    spec.path("policyTypes").forEach(type -> types.add(type.asText()));
    if (types.isEmpty()) {
      types.add(INGRESS);
      if (!spec.path("egress").isEmpty()) {
        types.add(EGRESS);
      }
    }
    return types;
  }

  private static boolean opens(List<Way> was, List<Way> becomes) {
    return becomes.stream().anyMatch(way -> was.stream().noneMatch(it -> it.holds(way)));
  }

  private static List<Way> ways(JsonNode spec, String direction) {
    var isIngress = direction.equals(INGRESS);
    var ways = new ArrayList<Way>();
    for (var rule : spec.path(isIngress ? "ingress" : "egress")) {
      for (var peer : orAny(rule.path(isIngress ? "from" : "to"))) {
        orAny(rule.path("ports")).forEach(port -> ways.add(new Way(peer, port)));
      }
    }
    return ways;
  }

  private static List<JsonNode> orAny(JsonNode list) {
    return list.isEmpty() ? List.of(ANY) : list.valueStream().toList();
  }
}
