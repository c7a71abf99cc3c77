package dev.fairway.release;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;

/**
 * What one Kubernetes object of a cluster is known by, whatever version of its group it is spoken
 * of in.
 *
 * @param group of the API; empty for the core group
 * @param namespace empty for objects of the whole cluster
 */
public record ObjectName(String group, String kind, String namespace, String name)
    implements Comparable<ObjectName> {
  private static final Comparator<ObjectName> ORDER =
      Comparator.comparing(ObjectName::group)
          .thenComparing(ObjectName::kind)
          .thenComparing(ObjectName::namespace)
          .thenComparing(ObjectName::name);

  public static ObjectName of(JsonNode object) {
    var metadata = object.path("metadata");
    return new ObjectName(
        groupOf(object.path("apiVersion").asText()),
        object.path("kind").asText(),
        metadata.path("namespace").asText(""),
        metadata.path("name").asText());
  }

  /** The group of a version such as {@code apps/v1}. */
  public static String groupOf(String apiVersion) {
    var slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }

  @Override
  public int compareTo(ObjectName other) {
    return ORDER.compare(this, other);
  }

  /** Such as {@code Deployment kube-system/coredns} and {@code Namespace shop}. */
  @Override
  public String toString() {
    return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
  }
}
