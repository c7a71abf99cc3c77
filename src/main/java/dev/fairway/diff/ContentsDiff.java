package dev.fairway.diff;

import dev.fairway.model.KubernetesVersion;
import dev.fairway.model.Profile;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolValue;
import dev.fairway.release.ReleaseManifest;
import dev.fairway.release.ReleaseManifest.ComponentEntry;
import dev.fairway.release.ReleaseManifest.TemplateEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Two {@code release.json}: versions, components, profiles and symbols. */
final class ContentsDiff {
  private static final String FILE = ReleaseManifest.FILE;

  private static final Comparator<KubernetesVersion> AGE =
      Comparator.comparingInt(KubernetesVersion::major).thenComparingInt(KubernetesVersion::minor);

  private final ReleaseManifest before;
  private final ReleaseManifest after;

  private ContentsDiff(ReleaseManifest before, ReleaseManifest after) {
    this.before = before;
    this.after = after;
  }

  static List<Difference> between(ReleaseManifest before, ReleaseManifest after) {
    var diff = new ContentsDiff(before, after);
    return Stream.of(
            diff.kubernetes(),
            diff.components(),
            diff.profiles(),
            diff.templates(),
            diff.symbols(),
            diff.defunct())
        .flatMap(stream -> stream)
        .toList();
  }

  private Stream<Difference> kubernetes() {
    return named(
            Area.KUBERNETES,
            "version",
            Map.of("Kubernetes", before.kubernetes().toString()),
            Map.of("Kubernetes", after.kubernetes().toString()))
        .map(this::upgraded);
  }

  /** A server writes what an older one may not read, but for those of the same minor. */
  private Difference upgraded(Difference change) {
    return AGE.compare(after.kubernetes(), before.kubernetes()) < 0
        ? change.because(
            Risk.DATA_LOSS, "Kubernetes is not made to go back to an older minor version")
        : change;
  }

  private Stream<Difference> components() {
    return Stream.concat(
        entries(
            Area.COMPONENTS,
            "component",
            described(before.components(), ComponentEntry::name, ContentsDiff::component),
            described(after.components(), ComponentEntry::name, ContentsDiff::component)),
        before.order().equals(after.order()) || !sameComponents()
            ? Stream.of()
            : named(
                Area.COMPONENTS,
                "order",
                Map.of("order", String.join(", ", before.order())),
                Map.of("order", String.join(", ", after.order()))));
  }

  private boolean sameComponents() {
    return new TreeSet<>(before.order()).equals(new TreeSet<>(after.order()));
  }

  private static SortedMap<String, String> component(ComponentEntry entry) {
    var parts = new TreeMap<String, String>();
    entry.enabledBy().ifPresent(symbol -> parts.put("enabledBy", symbol));
    parts.put("needs", String.join(", ", entry.needs()));
    return parts;
  }

  private Stream<Difference> profiles() {
    return entries(
        Area.COMPONENTS,
        "profile",
        described(before.profiles(), Profile::name, ContentsDiff::profile),
        described(after.profiles(), Profile::name, ContentsDiff::profile));
  }

  private static SortedMap<String, String> profile(Profile profile) {
    var parts = new TreeMap<String, String>();
    parts.put("purpose", profile.purpose());
    parts.put("splitByZone", Boolean.toString(profile.splitByZone()));
    parts.put("spot", Boolean.toString(profile.spot()));
    parts.put("instanceStore", Boolean.toString(profile.instanceStore()));
    parts.put("gpu", Boolean.toString(profile.gpu()));
    parts.put("instanceTypes", String.join(", ", profile.instanceTypes()));
    parts.put("labels", profile.labels().toString());
    parts.put("taints", profile.taints().toString());
    return parts;
  }

  private Stream<Difference> templates() {
    return entries(
        Area.STACKS,
        "template",
        described(before.templates(), TemplateEntry::name, ContentsDiff::template),
        described(after.templates(), TemplateEntry::name, ContentsDiff::template));
  }

  private static SortedMap<String, String> template(TemplateEntry entry) {
    var parts = new TreeMap<String, String>(entry.parameters());
    entry.nodeConfig().ifPresent(config -> parts.put("node config", config));
    return parts;
  }

  private Stream<Difference> symbols() {
    return entries(
            Area.SYMBOLS,
            "symbol",
            described(before.symbols().values(), Symbol::name, ContentsDiff::symbol),
            described(after.symbols().values(), Symbol::name, ContentsDiff::symbol))
        .map(this::judged);
  }

  private static SortedMap<String, String> symbol(Symbol symbol) {
    var parts = new TreeMap<String, String>();
    parts.put("scope", symbol.scope().name());
    parts.put("type", symbol.type().expectation());
    parts.put("pattern", symbol.type().pattern());
    parts.put("description", symbol.description());
    symbol.initial().map(SymbolValue::inline).ifPresent(value -> parts.put("default", value));
    return parts;
  }

  /** Nothing of the component changes in the release, and everything on its clusters. */
  private boolean isSwitchedOff(Difference change) {
    return change.act() == Act.CHANGED
        && !switchedBy(change.subject()).isEmpty()
        && change.fields().stream()
            .anyMatch(field ->
                field.path().equals("default") && field.becomes().equals(Optional.of("false")));
  }

  private static boolean hasLostDefault(Difference change) {
    return change.subject().startsWith("setting.")
        && change.fields().stream()
            .anyMatch(field -> field.path().equals("default") && field.becomes().isEmpty());
  }

  private String switchedBy(String symbol) {
    return after.components().stream()
        .filter(component -> component.enabledBy().equals(Optional.of(symbol)))
        .map(ComponentEntry::name)
        .collect(Collectors.joining(", "));
  }

  /** A cluster that still sets what is gone can't be linked; one must set what has no default. */
  private Difference judged(Difference change) {
    var setting = change.subject().replaceFirst("^setting\\.", "");
    if (change.act() == Act.REMOVED && change.subject().startsWith("setting.")) {
      return after.defunct().containsKey(setting)
          ? change.noting("defunct: clusters that set it are warned")
          : change.risking(Risk.REFUSED).noting("clusters that set it can't be linked");
    }
    if (isSwitchedOff(change)) {
      return change
          .risking(Risk.REMOVAL)
          .noting("each cluster that does not set it loses " + switchedBy(change.subject()));
    }
    if (change.act() == Act.CHANGED && hasLostDefault(change)) {
      return change.because(
          Risk.REFUSED, "it has no default any more: clusters that do not set it can't be linked");
    }
    if (change.act() == Act.CHANGED) {
      return Ranges.judged(change, "default");
    }
    var symbol = after.symbols().get(change.subject());
    var required = symbol != null && symbol.isSetting() && symbol.initial().isEmpty();
    return change.act() == Act.ADDED && required
        ? change.noting("it has no default: each cluster that needs it must set it")
        : change;
  }

  private Stream<Difference> defunct() {
    return named(Area.SYMBOLS, "defunct setting", before.defunct(), after.defunct());
  }

  private static Stream<Difference> named(
      Area area, String kind, Map<String, String> was, Map<String, String> becomes) {
    return NamedChanges.between(area, FILE, kind, was, becomes);
  }

  private static <T> SortedMap<String, SortedMap<String, String>> described(
      Collection<T> things,
      Function<T, String> name,
      Function<T, SortedMap<String, String>> parts) {
    var described = new TreeMap<String, SortedMap<String, String>>();
    things.forEach(thing -> described.put(name.apply(thing), parts.apply(thing)));
    return described;
  }

  private static Stream<Difference> entries(
      Area area,
      String kind,
      SortedMap<String, SortedMap<String, String>> was,
      SortedMap<String, SortedMap<String, String>> becomes) {
    var names = new TreeSet<>(was.keySet());
    names.addAll(becomes.keySet());
    var found = new ArrayList<Difference>();
    for (var name : names) {
      var left = was.get(name);
      var right = becomes.get(name);
      if (!Objects.equals(left, right)) {
        found.add(entry(area, kind, name, left, right));
      }
    }
    return found.stream();
  }

  private static Difference entry(
      Area area,
      String kind,
      String name,
      @Nullable SortedMap<String, String> left,
      @Nullable SortedMap<String, String> right) {
    if (left == null || right == null) {
      return Difference.of(area, left == null ? Act.ADDED : Act.REMOVED, FILE, name, kind);
    }
    var fields = new ArrayList<FieldChange>();
    NamedChanges.between(area, FILE, kind, left, right)
        .forEach(
            change -> change.fields().forEach(field -> fields.add(field.below(change.subject()))));
    return Difference.changed(area, FILE, name, kind, fields);
  }
}
