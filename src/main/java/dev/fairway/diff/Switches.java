package dev.fairway.diff;

import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType;
import dev.fairway.model.SymbolValue;
import dev.fairway.release.ReleaseManifest;
import dev.fairway.release.ReleaseManifest.ComponentEntry;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a release's settings come to on a cluster that sets none of them. */
final class Switches {
  private static final String FALSE = "false";

  private final ReleaseManifest manifest;
  private final Set<String> off = new TreeSet<>();
  private final Map<String, Switch> components = new TreeMap<>();

  private Switches(ReleaseManifest manifest) {
    this.manifest = manifest;
  }

  static Switches of(ReleaseManifest manifest) {
    var switches = new Switches(manifest);
    manifest.symbols().values().stream()
        .filter(symbol -> initial(symbol).equals(Optional.of(FALSE)))
        .forEach(symbol -> switches.off.add(symbol.name()));
    switches.follow();
    manifest
        .components()
        .forEach(entry -> switches.components.put(entry.file(), switches.of(entry)));
    return switches;
  }

  private static Optional<String> initial(Symbol symbol) {
    return symbol.initial().map(SymbolValue::inline);
  }

  /** What is off takes along what needs it, which may be needed in turn, as the linker has it. */
  private void follow() {
    boolean grown;
    do {
      grown = false;
      for (var component : manifest.components()) {
        grown |= component.enabledBy().filter(_ -> lacks(component)).filter(off::add).isPresent();
      }
    } while (grown);
  }

  private boolean lacks(ComponentEntry component) {
    var given =
        component.needs().stream()
            .filter(need -> !isSwitch(need))
            .map(need -> value(need).orElse(""))
            .toList();
    return component.needs().stream().anyMatch(off::contains)
        || (!given.isEmpty() && given.stream().allMatch(String::isEmpty));
  }

  private boolean isSwitch(String symbol) {
    return symbol(symbol).filter(it -> it.type() instanceof SymbolType.Bool).isPresent();
  }

  private Optional<Symbol> symbol(String name) {
    return Optional.ofNullable(manifest.symbols().get(name));
  }

  private Switch of(ComponentEntry component) {
    var wires = new TreeSet<>(component.needs());
    component.enabledBy().ifPresent(wires::add);
    return wires.isEmpty()
        ? Switch.NONE
        : new Switch(
            "${%s}".formatted(String.join("} ${", wires)),
            component.enabledBy().map(this::value).orElse(Optional.of("true")).map("true"::equals));
  }

  /** Where a cluster says nothing; empty when it has to, or when it is a fact of the cluster. */
  Optional<String> value(String symbol) {
    return off.contains(symbol) ? Optional.of(FALSE) : symbol(symbol).flatMap(Switches::initial);
  }

  /** Whether each cluster has to say it, or it is a fact of the cluster. */
  boolean isRequired(String symbol) {
    return symbol(symbol).isPresent() && value(symbol).isEmpty();
  }

  /** Whether a text that names symbols comes to the same in all stacks of a cluster. */
  boolean isOfCluster(String wired) {
    return !wired.contains("AWS::Stack")
        && manifest.symbols().values().stream()
            .filter(symbol -> symbol.scope() != Symbol.Scope.CLUSTER)
            .noneMatch(symbol -> wired.contains("${" + symbol.name() + "}"));
  }

  /** On what the objects of a manifest hang. */
  Switch ofManifest(String file) {
    return components.getOrDefault(file, Switch.NONE);
  }

  /** The manifests of which the switches are others. */
  static SortedSet<String> turnedManifests(Switches before, Switches after) {
    var files = new TreeSet<>(before.components.keySet());
    files.retainAll(after.components.keySet());
    files.removeIf(file -> before.ofManifest(file).equals(after.ofManifest(file)));
    return files;
  }

  /** The templates that may come to something else than before where they are written alike. */
  static SortedSet<String> turnedTemplates(Switches before, Switches after) {
    var files = new TreeSet<String>();
    for (var template : after.manifest.templates()) {
      var wires = template.parameters();
      if (!wires.equals(before.parameters(template.file()))
          || wires.values().stream()
              .anyMatch(symbol -> !before.value(symbol).equals(after.value(symbol)))) {
        files.add(template.file());
      }
    }
    return files;
  }

  /** The symbols that the parameters of a template take their values from. */
  Map<String, String> parameters(String file) {
    return manifest.templates().stream()
        .filter(template -> template.file().equals(file))
        .findFirst()
        .<Map<String, String>>map(template -> template.parameters())
        .orElse(Map.of());
  }
}
