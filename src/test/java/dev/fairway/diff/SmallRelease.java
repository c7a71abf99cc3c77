package dev.fairway.diff;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairway.model.Digest;
import dev.fairway.model.KubernetesVersion;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType;
import dev.fairway.release.Release;
import dev.fairway.release.ReleaseManifest;
import dev.fairway.release.ReleaseManifest.ComponentEntry;
import dev.fairway.release.ReleaseManifest.TemplateEntry;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A release of one template {@code t}, one component {@code c} and one node config {@code n}. */
final class SmallRelease {
  private SmallRelease() {}

  /** Resources of the template, as JSON. */
  static Release template(String resources) {
    return of("{\"Resources\": %s}".formatted(resources), "", "{}", "{}");
  }

  static Release manifest(String yaml) {
    return of("{}", yaml, "{}", "{}");
  }

  static Release node(String json) {
    return of("{}", "", json, "{}");
  }

  static Release inventory(String json) {
    return of("{}", "", "{}", json);
  }

  static Release of(String template, String manifest, String node, String inventory) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put("templates/t.json", template.getBytes(UTF_8));
    files.put("manifests/c.yaml", manifest.getBytes(UTF_8));
    files.put("nodes/n.json", node.getBytes(UTF_8));
    files.put("inventory.json", inventory.getBytes(UTF_8));
    files.put("assembly/manifest.json", "{}".getBytes(UTF_8));
    var digests = new TreeMap<String, Digest>();
    files.forEach((path, bytes) -> digests.put(path, Digest.of(bytes)));
    return new Release(
        new ReleaseManifest(
            new KubernetesVersion(1, 36, 2),
            digests,
            List.of(new ComponentEntry("c", Optional.empty(), List.of())),
            List.of("c"),
            List.of(),
            new TreeMap<>(),
            new TreeMap<>(),
            List.of(),
            List.of(new TemplateEntry("t", Optional.of("n"), new TreeMap<>()))),
        files);
  }

  /**
   * The component needs the settings, and hangs on the first of the symbols if that is a switch.
   */
  static Release with(Release release, List<String> needs, Symbol... symbols) {
    return with(release, needs, new TreeMap<>(), symbols);
  }

  /**
   * @param parameters of the template, and the symbols that they get their values from
   */
  static Release with(
      Release release,
      List<String> needs,
      SortedMap<String, String> parameters,
      Symbol... symbols) {
    var table = new TreeMap<String, Symbol>();
    List.of(symbols).forEach(symbol -> table.put(symbol.name(), symbol));
    var toggle =
        Optional.of(symbols[0])
            .filter(it -> it.type() instanceof SymbolType.Bool)
            .map(Symbol::name);
    var of = release.manifest();
    return new Release(
        new ReleaseManifest(
            of.kubernetes(),
            of.files(),
            List.of(new ComponentEntry("c", toggle, needs)),
            of.order(),
            of.profiles(),
            table,
            of.defunct(),
            of.slots(),
            List.of(new TemplateEntry("t", Optional.of("n"), parameters))),
        release.files());
  }
}
