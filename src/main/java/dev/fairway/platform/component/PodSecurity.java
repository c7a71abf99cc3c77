package dev.fairway.platform.component;

import dev.fairway.platform.cloud.Versions;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The Pod Security Standards, which the API server holds pods to by their namespace's labels.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/security/pod-security-standards/">what each
 *     forbids</a>
 */
public enum PodSecurity {
  PRIVILEGED,
  BASELINE,
  RESTRICTED;

  private static final String LABEL = "pod-security.kubernetes.io/";

  /**
   * A namespace that refuses pods below this standard. The standard is that of our own version of
   * Kubernetes: with {@code latest}, a newer control plane would refuse pods that ran yesterday.
   *
   * @param roles the ARNs of the IAM roles that its pods may assume, {@code *} for any characters;
   *     kube2iam refuses all others
   */
  public Namespace namespace(String name, List<String> roles) {
    return new NamespaceBuilder()
        .withNewMetadata()
        .withName(name)
        .withLabels(labels(name))
        .withAnnotations(allowed(roles))
        .endMetadata()
        .build();
  }

  private Map<String, String> labels(String name) {
    var labels = new TreeMap<>(Labels.of(name));
    var version = "v" + Versions.KUBERNETES.major() + "." + Versions.KUBERNETES.minor();
    labels.put(LABEL + "enforce", name().toLowerCase(Locale.ROOT));
    labels.put(LABEL + "enforce-version", version);
    if (this == BASELINE) {
      labels.put(LABEL + "warn", "restricted");
      labels.put(LABEL + "warn-version", version);
    }
    return labels;
  }

  private static Map<String, String> allowed(List<String> roles) {
    return roles.isEmpty()
        ? Map.of()
        : Map.of(
            "iam.amazonaws.com/allowed-roles",
            roles.stream()
                .map(role -> '"' + role + '"')
                .collect(Collectors.joining(",", "[", "]")));
  }
}
