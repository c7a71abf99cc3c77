package dev.fairway.link;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which labels a kubelet takes by {@code --node-labels}. Those of Kubernetes' own domains it
 * refuses, and does not start, but for a few: a node that could label itself at will would draw
 * pods to it that are meant for others. (Kubernetes' source: {@code
 * k8s.io/kubelet/pkg/apis/well_known_labels.go}.)
 */
final class KubeletLabels {
  private static final List<String> KUBERNETES = List.of("kubernetes.io", "k8s.io");
  private static final List<String> ALLOWED =
      List.of("kubelet.kubernetes.io", "node.kubernetes.io");

  /** The kubelet takes these, and then it or the cloud controller sets them as things are. */
  private static final Set<String> OBSERVED =
      Set.of(
          "beta.kubernetes.io/arch",
          "beta.kubernetes.io/instance-type",
          "beta.kubernetes.io/os",
          "failure-domain.beta.kubernetes.io/region",
          "failure-domain.beta.kubernetes.io/zone",
          "kubernetes.io/arch",
          "kubernetes.io/hostname",
          "kubernetes.io/os",
          "node.kubernetes.io/instance-type",
          "topology.kubernetes.io/region",
          "topology.kubernetes.io/zone");

  private KubeletLabels() {}

  /** Why a pool can't have a label of this key, to follow "which"; empty when it can. */
  static Optional<String> refusal(String key) {
    if (OBSERVED.contains(key)) {
      return Optional.of("Kubernetes itself sets as each node is");
    }
    var slash = key.indexOf('/');
    var domain = slash < 0 ? "" : key.substring(0, slash);
    return isOf(domain, KUBERNETES) && !isOf(domain, ALLOWED)
        ? Optional.of(
            "the kubelet refuses: of Kubernetes' domains it sets those of %s only"
                .formatted(String.join(" and ", ALLOWED)))
        : Optional.empty();
  }

  private static boolean isOf(String domain, List<String> parents) {
    return parents.stream()
        .anyMatch(parent -> domain.equals(parent) || domain.endsWith("." + parent));
  }
}
