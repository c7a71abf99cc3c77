package dev.fairway.model;

/** A version of Kubernetes such as 1.36.2. */
public record KubernetesVersion(int major, int minor, int patch) {
  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }

  /** The next minor version, which rules look ahead to. */
  public KubernetesVersion next() {
    return new KubernetesVersion(major, minor + 1, 0);
  }
}
