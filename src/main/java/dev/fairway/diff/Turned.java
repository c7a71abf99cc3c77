package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Resources that both states of a template have, and that clusters get or lose nevertheless,
 * because their conditions come to something else.
 *
 * @param on on each cluster that says nothing
 * @param off likewise
 * @param maybeOn on some clusters
 * @param maybeOff likewise
 */
record Turned(Set<String> on, Set<String> off, Set<String> maybeOn, Set<String> maybeOff) {
  static Turned of(JsonNode before, Conditions was, JsonNode after, Conditions becomes) {
    var turned = new Turned(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    for (var id : Trees.names(before.path("Resources"), after.path("Resources"))) {
      if (before.path("Resources").has(id) && after.path("Resources").has(id)) {
        turned.add(id, was.of(id), becomes.of(id));
      }
    }
    return turned;
  }

  private void add(String id, Switch was, Switch becomes) {
    if (was.turnsOff(becomes)) {
      off.add(id);
    } else if (becomes.turnsOff(was)) {
      on.add(id);
    } else {
      if (was.mayTurnOff(becomes)) {
        maybeOff.add(id);
      }
      if (becomes.mayTurnOff(was)) {
        maybeOn.add(id);
      }
    }
  }

  JsonNode before(JsonNode template) {
    return Conditions.without(template, on);
  }

  JsonNode after(JsonNode template) {
    return Conditions.without(template, off);
  }

  /** Without what some clusters have only now: what it opens and grants, it does so anew. */
  JsonNode surelyBefore(JsonNode template) {
    return Conditions.without(before(template), maybeOn);
  }

  /** Why the resource is added or removed that stands in both; empty when it is not. */
  Optional<String> why(String id) {
    if (off.contains(id)) {
      return Optional.of("its condition no longer holds where a cluster sets nothing");
    }
    return on.contains(id)
        ? Optional.of("its condition holds now where a cluster sets nothing")
        : Optional.empty();
  }
}
