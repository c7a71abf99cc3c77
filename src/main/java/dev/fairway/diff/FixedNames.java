package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Resources that take a name which another of their type has until it goes. CloudFormation makes
 * what is new before it removes what is old, and keeps what is retained: the name is taken.
 */
final class FixedNames {
  private FixedNames() {}

  /** A resource of a template, and the name that AWS knows it by. */
  private record Named(String file, String id, String name) {}

  /** What judges each of the differences that were found. */
  static UnaryOperator<Difference> of(Collection<Difference> found, Sides sides) {
    var files =
        found.stream()
            .filter(FixedNames::isNamed)
            .flatMap(it -> it.files().stream())
            .distinct()
            .toList();
    var was = files.stream().flatMap(file -> before(file, sides)).toList();
    var becomes = files.stream().flatMap(file -> after(file, sides)).toList();
    var gone =
        was.stream()
            .filter(it -> !becomes.contains(it))
            .collect(Collectors.toMap(Named::name, it -> it, (one, _) -> one, TreeMap::new));
    var taken = new TreeMap<String, Named>();
    becomes.stream()
        .filter(it -> !was.contains(it) && gone.containsKey(it.name()))
        .forEach(it -> taken.put(place(it.file(), it.id()), gone.get(it.name())));
    return change -> judged(change, taken);
  }

  private static Difference judged(Difference change, Map<String, Named> taken) {
    var place = place(change.files().getFirst(), change.subject());
    return isNamed(change) && taken.containsKey(place)
        ? change.because(
            Risk.REFUSED,
            "it takes the name of %s, which still has it when CloudFormation makes this one"
                .formatted(taken.get(place).id()))
        : change;
  }

  private static boolean isNamed(Difference change) {
    return change.area() == Area.STACKS && CreateOnly.table().isNamed(change.kind());
  }

  private static String place(String file, String id) {
    return file + " " + id;
  }

  private static Stream<Named> before(String file, Sides sides) {
    var old = sides.before(file);
    var turned = sides.turned(file, old, sides.after(file));
    return named(file, turned.before(old), sides.was());
  }

  private static Stream<Named> after(String file, Sides sides) {
    var fresh = sides.after(file);
    var turned = sides.turned(file, sides.before(file), fresh);
    return named(file, turned.after(fresh), sides.becomes());
  }

  private static Stream<Named> named(String file, JsonNode template, Switches switches) {
    var evaluation = new Evaluation(template, Sides.conditions(file, template, switches));
    return template.path("Resources").properties().stream()
        .flatMap(resource ->
            names(resource.getValue(), evaluation)
                .map(name -> new Named(file, resource.getKey(), scoped(name, file, switches))));
  }

  private static Stream<String> names(JsonNode resource, Evaluation evaluation) {
    var type = resource.path("Type").asText();
    return CreateOnly.table().names(type).stream()
        .filter(resource.path("Properties")::has)
        .map(name -> type + " " + evaluation.wired(resource.path("Properties").path(name)));
  }

  /** Each stack has another name where it comes from what pools and stacks have of their own. */
  private static String scoped(String name, String file, Switches switches) {
    return switches.isOfCluster(name) ? name : file + " " + name;
  }
}
