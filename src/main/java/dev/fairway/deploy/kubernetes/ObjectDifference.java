package dev.fairway.deploy.kubernetes;

import java.util.Optional;

/** Where a cluster differs from a release in something that is Fairway's to say. */
public sealed interface ObjectDifference {

  ObjectRef ref();

  /** The release has it, the cluster does not. */
  record Missing(ObjectRef ref) implements ObjectDifference {
    @Override
    public String toString() {
      return "is missing";
    }
  }

  /** The inventory owns it, the release does not have it, and it is still there. */
  record Leftover(ObjectRef ref) implements ObjectDifference {
    @Override
    public String toString() {
      return "is in no release any more";
    }
  }

  /** The inventory owns it and the release does not have it; who asks may not see whether it is. */
  record Unread(ObjectRef ref, String why) implements ObjectDifference {
    @Override
    public String toString() {
      return "is in no release any more, and nobody says whether it is still there: " + why;
    }
  }

  /**
   * A field has another value.
   *
   * @param path such as {@code .spec.replicas}
   * @param ours JSON, shortened; hidden where it is a Secret's
   * @param live the same of what is there
   * @param holder the field manager that set it, when anybody says so
   */
  record Field(ObjectRef ref, String path, String ours, String live, Optional<String> holder)
      implements ObjectDifference {
    @Override
    public String toString() {
      return "%s is %s%s, and the release says %s"
          .formatted(path, live, holder.map(who -> ", set by " + who).orElse(""), ours);
    }
  }
}
