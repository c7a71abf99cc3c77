package dev.fairway.model;

import java.util.Optional;

/**
 * A container image by its tag, and by its digest where {@link ImageLock} has one: {@code
 * registry.k8s.io/coredns/coredns:v1.14.2@sha256:...}. With a digest, nodes run what was locked
 * whatever becomes of the tag.
 */
public record Image(String repository, String tag, Optional<Digest> digest) {
  public Image {
    if (repository.isBlank() || !repository.contains("/")) {
      throw new IllegalArgumentException("an image names its registry: " + repository);
    }
    if (!tag.matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}") || tag.equals("latest")) {
      throw new IllegalArgumentException("an image has a pinned tag: " + repository + ":" + tag);
    }
  }

  /**
   * The image with this tag, and with the digest that this program was built with. A tag without a
   * digit, such as {@code stable}, is no version but whatever was built last: it needs the digest.
   */
  public static Image of(String reference) {
    var image = ImageLock.ofFairway().pin(tagged(reference));
    if (image.digest().isEmpty() && image.tag().chars().noneMatch(Character::isDigit)) {
      throw new IllegalArgumentException(
          "an image has a version in its tag, or a digest in images.lock: " + reference);
    }
    return image;
  }

  /** The image with this tag, whatever it is today. */
  static Image tagged(String reference) {
    var colon = reference.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("an image has a pinned tag: " + reference);
    }
    return new Image(
        reference.substring(0, colon), reference.substring(colon + 1), Optional.empty());
  }

  /**
   * A setting for an image that nobody publishes, so that each fleet brings its own: with registry
   * and tag or digest, and empty until it is given.
   */
  public static Symbol setting(String key, String description) {
    return Symbol.setting(
        key,
        new SymbolType.Text(
            "([a-z0-9.-]+(:[0-9]+)?/[a-z0-9._/-]+(:[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(@sha256:[0-9a-f]{64})?)?",
            "an image with its registry and its tag or digest"),
        "",
        description);
  }

  /** Without the digest: what {@link ImageLock} knows it by. */
  public String name() {
    return repository + ":" + tag;
  }

  @Override
  public String toString() {
    return name() + digest.map(known -> "@sha256:" + known.hex()).orElse("");
  }
}
