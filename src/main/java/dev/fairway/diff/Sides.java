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
    return Turned.of(
        old, new Conditions(file, old, was), fresh, new Conditions(file, fresh, becomes));
  }
}
