package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;

/** A field's value as people may see it. */
final class ShownValue {
  private static final int LENGTH = 120;
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private ShownValue() {}

  static String of(ObjectRef ref, String path, JsonNode value) {
    if (value.isMissingNode()) {
      return "nothing";
    }
    if (isSecret(ref, path)) {
      return "(hidden)";
    }
    var text = value.toString();
    return text.length() <= LENGTH ? text : text.substring(0, LENGTH) + "...";
  }

  /** What is not known to be harmless in a Secret is hidden. */
  static boolean isSecret(ObjectRef ref, String path) {
    return ref.is("", "Secret") && (!path.startsWith(".metadata.") || path.contains(LAST_APPLIED));
  }
}
