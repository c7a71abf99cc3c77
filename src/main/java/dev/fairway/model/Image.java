package dev.fairway.model;

/** A container image by its tag: {@code registry.k8s.io/coredns/coredns:v1.14.2}. */
public record Image(String repository, String tag) {
  public Image {
    if (repository.isBlank() || !repository.contains("/")) {
      throw new IllegalArgumentException("an image names its registry: " + repository);
    }
    if (!tag.matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}") || tag.equals("latest")) {
      throw new IllegalArgumentException("an image has a pinned tag: " + repository + ":" + tag);
    }
  }

  public static Image of(String reference) {
    var colon = reference.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("an image has a pinned tag: " + reference);
    }
    return new Image(reference.substring(0, colon), reference.substring(colon + 1));
  }

  @Override
  public String toString() {
    return repository + ":" + tag;
  }
}
