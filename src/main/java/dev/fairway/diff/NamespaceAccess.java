package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;

/** What the labels of a Namespace keep out of it, by Pod Security admission and by policies. */
final class NamespaceAccess {
  private static final String POD_SECURITY = "pod-security.kubernetes.io/";
  private static final String VERSION = POD_SECURITY + "enforce-version";

  /** They keep nothing out. */
  private static final String HARMLESS =
      "app\\.kubernetes\\.io/.*|pod-security\\.kubernetes\\.io/(audit|warn)(-version)?";

  private static final Tightness ENFORCED =
      new Tightness(
          "/pod-security.kubernetes.io~1enforce", "restricted<baseline<privileged", "privileged");

  private NamespaceAccess() {}

  static Stream<String> widened(JsonNode was, JsonNode becomes) {
    var old = was.at("/metadata/labels");
    var fresh = becomes.at("/metadata/labels");
    var found = Stream.<String>builder();
    if (ENFORCED.isLoosened(old, fresh)) {
      found.add("Pod Security lets more pods in");
    }
    if (version(fresh) < version(old)) {
      found.add("Pod Security lets in what an older Kubernetes did");
    }
    Trees.names(old, fresh).stream()
        .filter(label -> !label.matches(HARMLESS) && !label.startsWith(POD_SECURITY))
        .filter(label -> !old.path(label).equals(fresh.path(label)))
        .forEach(label -> found.add(label + " may decide which policies hold in it"));
    return found.build();
  }

  /** The minor version of Kubernetes; the latest where nothing is said. */
  private static int version(JsonNode labels) {
    var version = labels.path(VERSION).asText();
    return version.matches("v1\\.[0-9]{1,4}")
        ? Integer.parseInt(version.substring("v1.".length()))
        : Integer.MAX_VALUE;
  }
}
