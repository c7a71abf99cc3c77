package dev.fairway.platform.component;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A kind of object that a component brings to the API, of one version.
 *
 * @param group {@code zalando.org}
 * @param kind {@code RouteGroup}
 * @param plural {@code routegroups}
 * @param columns what {@code kubectl get} shows beside the name: titles, and where each value
 *     stands
 */
public record CustomKind(
    String group,
    String version,
    String kind,
    String plural,
    Scope scope,
    List<String> shortNames,
    SortedMap<String, String> columns) {

  /** Whether objects belong to a namespace. */
  public enum Scope {
    NAMESPACED("Namespaced"),
    CLUSTER("Cluster");

    private final String word;

    Scope(String word) {
      this.word = word;
    }
  }

  public CustomKind {
    shortNames = List.copyOf(shortNames);
    columns = Collections.unmodifiableSortedMap(new TreeMap<>(columns));
  }

  public String apiVersion() {
    return group + "/" + version;
  }

  /** Tells the API of the kind, and must be there before an object of it is. */
  public CustomResourceDefinition definition(
      Workload owner, JSONSchemaProps spec, JSONSchemaProps status) {
    return new CustomResourceDefinitionBuilder()
        .withMetadata(owner.clusterMetadata().edit().withName(plural + "." + group).build())
        .withNewSpec()
        .withGroup(group)
        .withScope(scope.word)
        .withNewNames()
        .withKind(kind)
        .withListKind(kind + "List")
        .withPlural(plural)
        .withSingular(kind.toLowerCase(Locale.ROOT))
        .withShortNames(shortNames)
        .endNames()
        .withVersions(versionOf(spec, status))
        .endSpec()
        .build();
  }

  private CustomResourceDefinitionVersion versionOf(JSONSchemaProps spec, JSONSchemaProps status) {
    return new CustomResourceDefinitionVersionBuilder()
        .withName(version)
        .withServed(true)
        .withStorage(true)
        .withNewSchema()
        .withOpenAPIV3Schema(Schema.object(Map.of("spec", spec, "status", status), "spec"))
        .endSchema()
        .withNewSubresources()
        .withNewStatus()
        .endStatus()
        .endSubresources()
        .withAdditionalPrinterColumns(
            columns.entrySet().stream()
                .map(column -> column(column.getKey(), column.getValue()))
                .toList())
        .build();
  }

  private static CustomResourceColumnDefinition column(String name, String path) {
    return new CustomResourceColumnDefinitionBuilder()
        .withName(name)
        .withType("string")
        .withJsonPath(path)
        .build();
  }

  /**
   * An object of the kind.
   *
   * @param spec a record, a map or a tree, as Jackson writes them
   */
  public GenericKubernetesResource object(ObjectMeta metadata, Object spec) {
    return new GenericKubernetesResourceBuilder()
        .withApiVersion(apiVersion())
        .withKind(kind)
        .withMetadata(metadata)
        .addToAdditionalProperties("spec", spec)
        .build();
  }
}
