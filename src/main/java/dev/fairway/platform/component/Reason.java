package dev.fairway.platform.component;

import java.util.Locale;

/**
 * A rule of the checklist that a component may break if it says why. The reason stands in the
 * annotation {@link #annotation()} of the object that breaks the rule, so that rules, and people on
 * a cluster, can read it.
 */
public enum Reason {
  /** A container runs as root. */
  ROOT,
  /** A container's root file system can be written. */
  WRITABLE_ROOT,
  /** A container has capabilities. */
  CAPABILITIES,
  /** A container is privileged. */
  PRIVILEGED,
  /** A pod shares the node's network. */
  HOST_NETWORK,
  /** A pod mounts folders or files of the node. */
  HOST_PATH,
  /** A pod runs without a seccomp profile. */
  SECCOMP,
  /** A container has no liveness or no readiness probe. */
  PROBES,
  /** A Deployment or StatefulSet has one replica. */
  SINGLE_REPLICA,
  /** A replicated program is not spread over zones. */
  ZONES,
  /** A ClusterRole or Role holds a {@code *}. */
  RBAC_WILDCARD,
  /** The API server calls a Service whose certificate it does not check. */
  INSECURE_TLS;

  /** {@code fairway.dev/reason-writable-root}, whose value is a sentence. */
  public String annotation() {
    return "fairway.dev/reason-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
