package dev.fairway.platform.component;

import dev.fairway.model.Image;
import dev.fairway.model.Reach;
import dev.fairway.model.Role;
import dev.fairway.model.Symbol;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/**
 * A system add-on: what it runs, what it may do, and what it needs of the cluster around it. An
 * implementation is annotated with {@code @AutoService(Component.class)}, is stateless, and answers
 * the same at every call.
 */
public interface Component {
  /** A DNS label: the name of its manifest, its IAM role and its objects. */
  String name();

  /** The setting of type {@code Bool} that switches it off, where a cluster may do without it. */
  default Optional<Symbol> enabledBy() {
    return Optional.empty();
  }

  /** The settings that it reads, the switch left out. */
  default List<Symbol> settings() {
    return List.of();
  }

  /**
   * Settings that have no good value of their own, such as an image that only a fleet has;
   * initially empty. Until a cluster gives any of them the component is off; once it gives one, all
   * the others must be given too. Such a component has a switch of its own.
   *
   * <p>And the switches of other components without which it is nothing, such as the one that
   * brings the kind of its objects: it is off when one of those is.
   */
  default List<Symbol> needs() {
    return List.of();
  }

  default List<Image> images() {
    return List.of();
  }

  /** The IAM role that its pods assume through kube2iam, by the annotation on the pod. */
  default Optional<Role> role() {
    return Optional.empty();
  }

  /** Ports that it opens between security groups, beside those that every cluster has. */
  default List<Reach> reach() {
    return List.of();
  }

  /** The Kubernetes objects, with {@link Symbol#token()} within strings. */
  List<HasMetadata> objects();

  /** Where a symbol stands for a value that is no string. */
  default List<Field> fields() {
    return List.of();
  }
}
