package dev.fairway.check;

import com.google.auto.service.AutoService;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.DidYouMean;
import dev.fairway.model.Symbol;
import dev.fairway.platform.Platform;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An object names others, and Kubernetes says nothing when they are not there: the pod waits, the
 * binding grants nothing.
 */
@AutoService(Rule.class)
public final class NamesResolve implements Rule {
  /** What every cluster has before the first manifest. */
  private static final Set<String> BUILT_IN =
      Set.of(
          "ClusterRole cluster-admin",
          "ClusterRole admin",
          "ClusterRole edit",
          "ClusterRole view",
          "ConfigMap kube-system/kube-root-ca.crt",
          "Namespace default",
          "Namespace kube-node-lease",
          "Namespace kube-public",
          "Namespace kube-system",
          "PriorityClass system-cluster-critical",
          "PriorityClass system-node-critical",
          "Role kube-system/extension-apiserver-authentication-reader",
          "Service default/kubernetes");

  @Override
  public Code code() {
    return Code.UNRESOLVED_NAME;
  }

  @Override
  public Stream<Finding> check(Platform platform) {
    var objects = Named.all(platform).map(Named::object).toList();
    return Stream.of(
            Reference.of(platform)
                .filter(reference -> objects.stream().noneMatch(it -> is(reference, it)))
                .filter(reference -> !isBuiltIn(reference))
                .map(reference -> unresolved(objects, reference)),
            ServiceTarget.of(platform),
            ScaleTarget.containers(platform),
            OwnKind.of(platform))
        .flatMap(findings -> findings);
  }

  private static boolean is(Reference reference, HasMetadata object) {
    return object.getKind().equals(reference.kind())
        && object.getMetadata().getName().equals(reference.name())
        && Named.namespace(object).equals(reference.namespace());
  }

  /** The roles that Kubernetes keeps for its own parts begin with {@code system:}. */
  private static boolean isBuiltIn(Reference reference) {
    return BUILT_IN.contains(reference.toString())
        || isOfTheFleet(reference)
        || (reference.kind().endsWith("Role") && reference.name().startsWith("system:"));
  }

  /** A Secret that a setting names is made by whoever gives the setting. */
  private static boolean isOfTheFleet(Reference reference) {
    return reference.kind().equals("Secret") && Symbol.tokens(reference.name()).find();
  }

  private static Finding unresolved(List<HasMetadata> objects, Reference reference) {
    var others =
        objects.stream()
            .filter(object -> object.getKind().equals(reference.kind()))
            .map(object -> object.getMetadata().getName())
            .distinct()
            .sorted()
            .toList();
    return Finding.at(
        reference.origin(),
        "%s names %s, which no component has".formatted(reference.by(), reference),
        others.isEmpty()
            ? "add it to the component's objects()"
            : DidYouMean.remedy(reference.name(), others));
  }
}
