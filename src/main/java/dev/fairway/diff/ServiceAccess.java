package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** From where else a Service can be reached than before. */
final class ServiceAccess {
  private static final Tightness TYPE =
      new Tightness("/spec/type", "ClusterIP<NodePort<LoadBalancer", "ClusterIP");

  /** Before whom, and behind what, a load balancer stands. */
  private static final Pattern OF_BALANCER =
      Pattern.compile("service\\.beta\\.kubernetes\\.io/aws-load-balancer-.*");

  private ServiceAccess() {}

  /**
   * @param was a missing node where it is new
   */
  static Stream<String> widened(JsonNode was, JsonNode becomes) {
    var found = Stream.<String>builder();
    if (TYPE.isLoosened(was, becomes)) {
      found.add("it is a " + becomes.at("/spec/type").asText());
    } else if (isOutside(becomes) && opensMore(was, becomes)) {
      found.add("more of it may be reached from outside the cluster, or by more");
    }
    if (hasMore(was, becomes, "/spec/externalIPs")) {
      found.add("it takes what is sent to an address more");
    }
    return found.build();
  }

  private static boolean isOutside(JsonNode service) {
    return Set.of("LoadBalancer", "NodePort").contains(service.at("/spec/type").asText());
  }

  private static boolean opensMore(JsonNode was, JsonNode becomes) {
    var sources = "/spec/loadBalancerSourceRanges";
    return hasMore(was, becomes, "/spec/ports")
        || (was.at(sources).isEmpty() != becomes.at(sources).isEmpty()
            ? becomes.at(sources).isEmpty()
            : opensRange(items(was, sources), items(becomes, sources)))
        || !ofBalancer(was).equals(ofBalancer(becomes));
  }

  private static boolean opensRange(List<JsonNode> was, List<JsonNode> becomes) {
    return becomes.stream()
        .anyMatch(range -> was.stream().noneMatch(it -> Ranges.holds(it.asText(), range.asText())));
  }

  private static boolean hasMore(JsonNode was, JsonNode becomes, String pointer) {
    return !items(was, pointer).containsAll(items(becomes, pointer));
  }

  private static List<JsonNode> items(JsonNode service, String pointer) {
    return service.at(pointer).valueStream().toList();
  }

  private static Map<String, JsonNode> ofBalancer(JsonNode service) {
    var found = new TreeMap<String, JsonNode>();
    service.at("/metadata/annotations").properties().stream()
        .filter(it -> OF_BALANCER.matcher(it.getKey()).matches())
        .forEach(it -> found.put(it.getKey(), it.getValue()));
    return found;
  }
}
