package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the rules of an RBAC role allow, in whatever order and however they are put together. */
record Grants(List<Grant> grants) {
  private static final String ANY = "*";

  /**
   * One thing that is allowed.
   *
   * @param what of the API, or a path of the server
   * @param name of the object; empty for any, where the rule names none: a star is a name
   */
  private record Grant(String group, String what, Optional<String> name, String verb) {
    boolean holds(Grant other) {
      return holds(group, other.group)
          && holds(what, other.what)
          && (name.isEmpty() || name.equals(other.name))
          && holds(verb, other.verb);
    }

    private static boolean holds(String wide, String narrow) {
      return wide.equals(ANY) || wide.equals(narrow);
    }
  }

  static Grants of(JsonNode rules) {
    var grants = new ArrayList<Grant>();
    for (var rule : rules) {
      var names = names(rule.path("resourceNames"));
      for (var verb : words(rule.path("verbs"))) {
        for (var name : names) {
          for (var group : words(rule.path("apiGroups"))) {
            words(rule.path("resources"))
                .forEach(what -> grants.add(new Grant(group, what, name, verb)));
          }
        }
        words(rule.path("nonResourceURLs"))
            .forEach(path -> grants.add(new Grant("(server)", path, Optional.empty(), verb)));
      }
    }
    return new Grants(grants);
  }

  private static List<Optional<String>> names(JsonNode list) {
    var names = words(list);
    return names.isEmpty()
        ? List.of(Optional.empty())
        : names.stream().map(name -> Optional.of(name)).toList();
  }

  private static Set<String> words(JsonNode list) {
    var words = new TreeSet<String>();
    list.forEach(word -> words.add(word.asText()));
    return words;
  }

  /** Whether they allow all that the others do. */
  boolean hold(Grants others) {
    return others.grants.stream()
        .allMatch(other -> grants.stream().anyMatch(grant -> grant.holds(other)));
  }
}
