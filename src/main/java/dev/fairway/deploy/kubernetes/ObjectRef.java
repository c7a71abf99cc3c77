package dev.fairway.deploy.kubernetes;

import dev.fairway.release.ObjectName;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Names one object of a cluster.
 *
 * @param apiVersion with its group, such as {@code apps/v1}; {@code v1} for the core group
 * @param namespace empty for objects of the whole cluster
 */
public record ObjectRef(String apiVersion, String kind, Optional<String> namespace, String name)
    implements Comparable<ObjectRef> {
  private static final Comparator<ObjectRef> ORDER =
      Comparator.comparing(ObjectRef::group)
          .thenComparing(ObjectRef::kind)
          .thenComparing(ref -> ref.namespace.orElse(""))
          .thenComparing(ObjectRef::name)
          .thenComparing(ObjectRef::apiVersion);

  /** What stands for no namespace in a line: no name may be that. */
  private static final String NO_NAMESPACE = "-";

  /** One of a namespace. */
  public static ObjectRef of(String apiVersion, String kind, String namespace, String name) {
    return new ObjectRef(apiVersion, kind, Optional.of(namespace), name);
  }

  /** One of the whole cluster. */
  public static ObjectRef ofCluster(String apiVersion, String kind, String name) {
    return new ObjectRef(apiVersion, kind, Optional.empty(), name);
  }

  /** The API group; empty for the core group. */
  public String group() {
    return ObjectName.groupOf(apiVersion);
  }

  public String version() {
    return apiVersion.substring(apiVersion.indexOf('/') + 1);
  }

  /** Such as {@code Deployment.apps}, and {@code ConfigMap} in the core group. */
  public String groupKind() {
    return group().isEmpty() ? kind : kind + "." + group();
  }

  public ObjectName identity() {
    return new ObjectName(group(), kind, namespace.orElse(""), name);
  }

  boolean is(String group, String kind) {
    return group().equals(group) && this.kind.equals(kind);
  }

  /** As an inventory has it: {@code apps/v1 Deployment kube-system coredns}. */
  String line() {
    return String.join(" ", apiVersion, kind, namespace.orElse(NO_NAMESPACE), name);
  }

  /** Reads a line of an inventory; empty when it is none. */
  static Optional<ObjectRef> parse(String line) {
    var parts = line.split(" ", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    var namespace = Optional.of(parts[2]).filter(text -> !text.equals(NO_NAMESPACE));
    return Optional.of(new ObjectRef(parts[0], parts[1], namespace, parts[3]));
  }

  /** As {@code kubectl} takes it: {@code deployment.apps/coredns -n kube-system}. */
  String kubectl() {
    return groupKind().toLowerCase(Locale.ROOT)
        + "/"
        + name
        + namespace.map(text -> " -n " + text).orElse("");
  }

  @Override
  public int compareTo(ObjectRef other) {
    return ORDER.compare(this, other);
  }

  /** Such as {@code Deployment/kube-system/coredns} and {@code Namespace/shop}. */
  @Override
  public String toString() {
    return kind + "/" + namespace.map(text -> text + "/").orElse("") + name;
  }
}
