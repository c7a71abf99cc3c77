package dev.fairway.compiler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.platform.Platform.Part;
import dev.fairway.release.CanonicalJson;
import java.util.List;

/** Holds what cdk8s synthesized against the declared objects: it may order them, nothing else. */
final class ManifestConfirmation {
  private ManifestConfirmation() {}

  static Diagnostics of(Part part, List<JsonNode> documents) {
    var declared = KubernetesObjects.of(part).stream().map(CanonicalJson::text).sorted().toList();
    var found = documents.stream().map(CanonicalJson::text).sorted().toList();
    if (declared.equals(found)) {
      return Diagnostics.NONE;
    }
    var lost = declared.stream().filter(object -> !found.contains(object)).findFirst();
    var other = found.stream().filter(object -> !declared.contains(object)).findFirst();
    return Diagnostics.of(
        Diagnostic.general(
            Code.NOT_CONFIRMED,
            "manifests/"
                + part.name()
                + ".yaml: declared is "
                + lost.orElse("nothing").strip()
                + ", but cdk8s made "
                + other.orElse("nothing").strip(),
            "declare the object in the form that survives cdk8s, without empty fields"));
  }
}
