package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.release.Release;
import java.util.Optional;
import java.util.SortedSet;

/** Two releases, and what is on in each of them on a cluster that sets nothing. */
record Sides(Release before, Release after, Switches was, Switches becomes) {
  static Sides of(Release before, Release after) {
    return new Sides(before, after, Switches.of(before.manifest()), Switches.of(after.manifest()));
  }

  /** A missing node for a file that is not there, or is no JSON. */
  JsonNode before(String file) {
    return json(before, file);
  }

  JsonNode after(String file) {
    return json(after, file);
  }

  private static JsonNode json(Release release, String file) {
    return Trees.json(Optional.ofNullable(release.files().get(file)));
  }

  SortedSet<String> turnedTemplates() {
    return Switches.turnedTemplates(was, becomes);
  }

  Turned turned(String file, JsonNode old, JsonNode fresh) {
    return Turned.of(old, conditions(file, old, was), fresh, conditions(file, fresh, becomes));
  }

  static Conditions conditions(String file, JsonNode template, Switches switches) {
    return new Conditions(template, switches.parameters(file), switches::value);
  }

  /** A default where there was none changes nothing: each cluster has said something else. */
  Values values(String file, JsonNode old, JsonNode fresh) {
    var later =
        new Conditions(
            fresh,
            becomes.parameters(file),
            symbol -> was.isRequired(symbol) ? Optional.empty() : becomes.value(symbol));
    return new Values(
        new Evaluation(old, conditions(file, old, was)), new Evaluation(fresh, later));
  }

  /** As who may do what is judged by. */
  JsonNode grantingBefore(String file, JsonNode template) {
    return new Evaluation(template, conditions(file, template, was)).granting(template);
  }

  JsonNode grantingAfter(String file, JsonNode template) {
    return new Evaluation(template, conditions(file, template, becomes)).granting(template);
  }
}
