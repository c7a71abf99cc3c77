package dev.fairway.platform.component.base;

import com.google.auto.service.AutoService;
import dev.fairway.model.Role;
import dev.fairway.model.Symbol;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.PodSecurity;
import dev.fairway.platform.component.Switch;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.List;
import java.util.Optional;

/**
 * The namespaces that every cluster begins with, each with its Pod Security Standard. A component
 * that needs one of its own has it among its objects.
 */
@AutoService(Component.class)
public final class Namespaces implements Component {
  private static final Symbol ENABLED =
      Switch.of(
          "namespaces",
          "Whether Fairway labels the first namespaces; without it pods of kube-system get no IAM"
              + " role, and no Pod Security Standard holds in default");

  @Override
  public String name() {
    return "namespaces";
  }

  @Override
  public Optional<Symbol> enabledBy() {
    return Optional.of(ENABLED);
  }

  @Override
  public List<HasMetadata> objects() {
    return List.of(kubeSystem(), kubePublic(), kubeNodeLease(), defaultNamespace());
  }

  /** Node agents run here. Its pods alone may assume the roles of components. */
  private static Namespace kubeSystem() {
    return PodSecurity.PRIVILEGED.namespace("kube-system", List.of(Role.arnPrefixToken() + "*"));
  }

  /** Holds what anybody may read, and no pods. */
  private static Namespace kubePublic() {
    return PodSecurity.RESTRICTED.namespace("kube-public", List.of());
  }

  /** Holds the heartbeats of nodes, and no pods. */
  private static Namespace kubeNodeLease() {
    return PodSecurity.RESTRICTED.namespace("kube-node-lease", List.of());
  }

  /** As namespaces of applications are: nothing of the node's, and a warning on the way to more. */
  private static Namespace defaultNamespace() {
    return PodSecurity.BASELINE.namespace("default", List.of());
  }
}
