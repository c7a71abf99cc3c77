package dev.fairway.platform.component;

import dev.fairway.platform.cloud.Profiles;
import java.util.Map;

/** On which nodes a pod may run, by the labels that their kubelets register. */
public final class NodeSelectors {
  /**
   * For what must work while there is no worker, and for what may change the cluster or its AWS
   * account: applications never run there. Kubelets may not set Kubernetes' own role labels.
   */
  public static final Map<String, String> MASTERS = Map.of(Profiles.ROLE_LABEL, "master");

  /** For what serves applications, on all their nodes and on no master. */
  public static final Map<String, String> WORKERS = Map.of(Profiles.ROLE_LABEL, "worker");

  private NodeSelectors() {}
}
