package dev.fairway.platform.cloud;

import dev.fairway.model.KubernetesVersion;

/** The versions that several parts must agree on: images, node configs and rules alike. */
public final class Versions {
  public static final KubernetesVersion KUBERNETES = new KubernetesVersion(1, 36, 2);

  private Versions() {}
}
