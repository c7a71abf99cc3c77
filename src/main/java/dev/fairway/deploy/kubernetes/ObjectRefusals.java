package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What is to say when an API server does not take an object. */
final class ObjectRefusals {
  private static final Pattern HOLDER = Pattern.compile("conflict with \"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern NOT_ALLOWED = Pattern.compile("(?s).*User \".*\" cannot .*");
  private static final Pattern IMMUTABLE =
      Pattern.compile(
          "(?is).*(immutable|can't be changed|may not be changed|updates to .* forbidden).*");

  private ObjectRefusals() {}

  /**
   * @param live as it was found; a missing node when it was not
   */
  static Diagnostics of(ClusterApi api, Manifest manifest, JsonNode live, Answer answer) {
    if (!(answer instanceof Answer.Refused refused) || isAboutTheCaller(refused)) {
      return Diagnostics.of(Refusals.of(api, "apply " + manifest.ref(), answer));
    }
    var conflicts = conflicts(manifest, live, refused);
    if (!conflicts.isEmpty()) {
      return new Diagnostics(conflicts);
    }
    return Diagnostics.of(
        IMMUTABLE.matcher(refused.message()).matches()
            ? immutable(manifest, refused)
            : refused(manifest, refused));
  }

  private static boolean isAboutTheCaller(Answer.Refused refused) {
    return refused.status() == 401
        || refused.passes()
        || (refused.status() == 403 && NOT_ALLOWED.matcher(refused.message()).matches());
  }

  private static List<Diagnostic> conflicts(
      Manifest manifest, JsonNode live, Answer.Refused refused) {
    return causes(refused)
        .filter(cause -> cause.path("reason").asText().equals("FieldManagerConflict"))
        .map(cause -> conflict(manifest, live, cause))
        .toList();
  }

  private static Diagnostic conflict(Manifest manifest, JsonNode live, JsonNode cause) {
    var ref = manifest.ref();
    var path = cause.path("field").asText();
    var holder = HOLDER.matcher(cause.path("message").asText());
    var who = holder.find() ? holder.group(1) : "somebody else";
    return Diagnostic.general(
        Code.FIELD_CONFLICT,
        "%s: %s is held by %s: it says %s, the release says %s"
            .formatted(ref, path, who, shown(ref, path, live), shown(ref, path, manifest.object())),
        "if the release is right, set the field to the release's value, kubectl edit "
            + ref.kubectl()
            + ", and deploy again; if they are right, take the field out of the release");
  }

  private static String shown(ObjectRef ref, String path, JsonNode object) {
    return ShownValue.of(ref, path, FieldPath.value(object, path));
  }

  private static Diagnostic immutable(Manifest manifest, Answer.Refused refused) {
    var ref = manifest.ref();
    return Diagnostic.general(
        Code.IMMUTABLE_FIELD,
        "%s (%s): %s".formatted(ref, manifest.file(), words(ref, refused)),
        "give the object another name in the release, so that the old one is pruned; or delete it"
            + " by hand, and the deploy creates it anew: kubectl delete "
            + ref.kubectl()
            + " --cascade=orphan");
  }

  private static Diagnostic refused(Manifest manifest, Answer.Refused refused) {
    var ref = manifest.ref();
    return Diagnostic.general(
        Code.OBJECT_REFUSED,
        "%s (%s): %s".formatted(ref, manifest.file(), words(ref, refused)),
        "change the component so that its object is valid for this API server and its policies");
  }

  /** What the server says; of a Secret only where it is wrong, for its words may quote values. */
  private static String words(ObjectRef ref, Answer.Refused refused) {
    if (!ref.is("", "Secret")) {
      return refused.message().strip();
    }
    var places =
        causes(refused)
            .map(cause -> cause.path("field").asText() + " " + cause.path("reason").asText())
            .toList();
    return refused.reason() + (places.isEmpty() ? "" : ": " + String.join(", ", places));
  }

  private static Stream<JsonNode> causes(Answer.Refused refused) {
    return StreamSupport.stream(refused.body().path("details").path("causes").spliterator(), false);
  }
}
