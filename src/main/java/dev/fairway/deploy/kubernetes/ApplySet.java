package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.model.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What marks an object as Fairway's, after the ApplySet specification (KEP-3659), so that other
 * tools see whose it is. The set's parent is the inventory.
 */
final class ApplySet {
  /** The manager of every field that a release sets. */
  static final String FIELD_MANAGER = "fairway";

  static final ObjectRef PARENT =
      ObjectRef.of("v1", "ConfigMap", "kube-system", "fairway-inventory");

  static final String ID_LABEL = "applyset.kubernetes.io/id";
  static final String MEMBER_LABEL = "applyset.kubernetes.io/part-of";
  static final String TOOLING = "applyset.kubernetes.io/tooling";
  static final String GROUP_KINDS = "applyset.kubernetes.io/contains-group-kinds";
  static final String NAMESPACES = "applyset.kubernetes.io/additional-namespaces";

  /** The tool and the version of what it keeps, not of itself: a new build changes no object. */
  static final String TOOL = "fairway/v1";

  /** By the specification a digest of the parent's name, namespace, kind and group. */
  static final String ID = "applyset-" + digest() + "-v1";

  private ApplySet() {}

  private static String digest() {
    var parent =
        String.join(
            ".", PARENT.name(), PARENT.namespace().orElse(""), PARENT.kind(), PARENT.group());
    var sha256 = Digest.sha256().digest(parent.getBytes(StandardCharsets.UTF_8));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256);
  }

  /** The object as it goes to the cluster: every object of a release passes here. */
  static ObjectNode member(Manifest manifest) {
    var object = manifest.object().deepCopy();
    object.withObjectProperty("metadata").withObjectProperty("labels").put(MEMBER_LABEL, ID);
    return object;
  }

  static boolean isMember(JsonNode live) {
    return live.path("metadata").path("labels").path(MEMBER_LABEL).asText().equals(ID);
  }
}
