package dev.fairway.check;

import dev.fairway.model.Facts;
import dev.fairway.model.Image;
import dev.fairway.model.KubernetesVersion;
import dev.fairway.model.Profile;
import dev.fairway.model.Reach;
import dev.fairway.model.Symbol;
import dev.fairway.platform.Platform;
import dev.fairway.platform.Platform.Part;
import dev.fairway.platform.cloud.ControlPlane;
import dev.fairway.platform.cloud.Foundation;
import dev.fairway.platform.cloud.Pool;
import dev.fairway.platform.cloud.Profiles;
import dev.fairway.platform.cloud.Template;
import dev.fairway.platform.cloud.Versions;
import dev.fairway.platform.node.NodeConfig;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A platform of a few lines, as a fixture is built from. Each method gives the same with something
 * more, or with something else in the place of what has that name.
 *
 * @param reach beside that of every cluster
 */
record SmallPlatform(
    KubernetesVersion kubernetes,
    List<Profile> profiles,
    List<Reach> reach,
    List<Template> templates,
    List<NodeConfig> nodes,
    List<Image> nodeImages,
    List<Part> parts,
    List<Symbol> settings) {

  static final SmallPlatform EMPTY =
      new SmallPlatform(
          Versions.KUBERNETES,
          List.of(Profiles.WORKER),
          List.of(),
          List.of(ControlPlane.declare(), Pool.of(Profiles.WORKER)),
          List.of(),
          List.of(),
          List.of(),
          List.of());

  SmallPlatform kubernetes(KubernetesVersion version) {
    return new SmallPlatform(
        version, profiles, reach, templates, nodes, nodeImages, parts, settings);
  }

  SmallPlatform reach(Reach... more) {
    return new SmallPlatform(
        kubernetes,
        profiles,
        join(reach, List.of(more)),
        templates,
        nodes,
        nodeImages,
        parts,
        settings);
  }

  SmallPlatform template(Template... more) {
    return new SmallPlatform(
        kubernetes,
        profiles,
        reach,
        join(templates, List.of(more)),
        nodes,
        nodeImages,
        parts,
        settings);
  }

  SmallPlatform node(NodeConfig node) {
    var others = nodes.stream().filter(it -> !it.name().equals(node.name())).toList();
    return new SmallPlatform(
        kubernetes,
        profiles,
        reach,
        templates,
        join(others, List.of(node)),
        nodeImages,
        parts,
        settings);
  }

  SmallPlatform nodeImage(Image image) {
    return new SmallPlatform(
        kubernetes,
        profiles,
        reach,
        templates,
        nodes,
        join(nodeImages, List.of(image)),
        parts,
        settings);
  }

  SmallPlatform part(Part... more) {
    var names = Stream.of(more).map(Part::name).toList();
    var others = parts.stream().filter(it -> !names.contains(it.name())).toList();
    return new SmallPlatform(
        kubernetes,
        profiles,
        reach,
        templates,
        nodes,
        nodeImages,
        join(others, List.of(more)),
        settings);
  }

  SmallPlatform without(String part) {
    var others = parts.stream().filter(it -> !it.name().equals(part)).toList();
    return new SmallPlatform(
        kubernetes, profiles, reach, templates, nodes, nodeImages, others, settings);
  }

  SmallPlatform setting(Symbol... more) {
    return new SmallPlatform(
        kubernetes,
        profiles,
        reach,
        templates,
        nodes,
        nodeImages,
        parts,
        join(settings, List.of(more)));
  }

  Platform platform() {
    var symbols = new TreeMap<String, Symbol>();
    Stream.of(
            Facts.all().stream(),
            settings.stream(),
            templates.stream().flatMap(template -> template.settings().stream()),
            parts.stream().flatMap(part -> part.settings().stream()))
        .flatMap(all -> all)
        .forEach(symbol -> symbols.put(symbol.name(), symbol));
    return new Platform(
        kubernetes,
        profiles,
        join(List.of(foundation()), templates),
        nodes,
        nodeImages,
        parts,
        symbols,
        new TreeMap<>());
  }

  private Template foundation() {
    var roles =
        parts.stream()
            .flatMap(part ->
                part.role().stream()
                    .map(role -> part.enabledBy().map(role::enabledBy).orElse(role)))
            .toList();
    var base = Foundation.declare(roles, List.<Reach>of());
    var ofParts = parts.stream().flatMap(part -> part.reach().stream()).toList();
    return new Foundation(
        base.backupDays(),
        base.elbLogDays(),
        base.nodeRoles(),
        base.podRoles(),
        base.secrets(),
        join(join(base.reach(), ofParts), reach));
  }

  private static <T> List<T> join(List<? extends T> first, List<? extends T> second) {
    return Stream.<T>concat(first.stream(), second.stream()).toList();
  }
}
