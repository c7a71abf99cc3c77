package dev.fairway.check;

import dev.fairway.platform.Platform;
import dev.fairway.platform.Platform.Part;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What is asked of every Kubernetes object, and of the component that it belongs to. */
record Named<T extends HasMetadata>(Part part, T object) {

  /** The objects of this type in the whole platform. */
  static <T extends HasMetadata> Stream<Named<T>> all(Platform platform, Class<T> type) {
    return platform.parts().stream()
        .flatMap(part ->
            part.objects().stream()
                .filter(type::isInstance)
                .map(object -> new Named<>(part, type.cast(object))));
  }

  static Stream<Named<HasMetadata>> all(Platform platform) {
    return all(platform, HasMetadata.class);
  }

  String name() {
    return object.getMetadata().getName();
  }

  Map<String, String> annotations() {
    return Optional.ofNullable(object.getMetadata().getAnnotations()).orElse(Map.of());
  }

  Origin origin() {
    return Origin.of(part, name());
  }

  /** The namespace; empty for what belongs to none. */
  static String namespace(HasMetadata object) {
    return Optional.ofNullable(object.getMetadata().getNamespace()).orElse("");
  }

  static String toString(HasMetadata object) {
    return object.getKind() + " " + object.getMetadata().getName();
  }

  @Override
  public String toString() {
    return toString(object);
  }
}
