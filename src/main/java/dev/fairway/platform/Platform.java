package dev.fairway.platform;

import dev.fairway.model.Facts;
import dev.fairway.model.Image;
import dev.fairway.model.KubernetesVersion;
import dev.fairway.model.Profile;
import dev.fairway.model.Reach;
import dev.fairway.model.Role;
import dev.fairway.model.Symbol;
import dev.fairway.platform.cloud.ControlPlane;
import dev.fairway.platform.cloud.Etcd;
import dev.fairway.platform.cloud.ExistingNetwork;
import dev.fairway.platform.cloud.Foundation;
import dev.fairway.platform.cloud.Network;
import dev.fairway.platform.cloud.Pool;
import dev.fairway.platform.cloud.Profiles;
import dev.fairway.platform.cloud.Template;
import dev.fairway.platform.cloud.Versions;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.Components;
import dev.fairway.platform.component.Field;
import dev.fairway.platform.node.NodeConfig;
import dev.fairway.platform.node.NodeConfigs;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Everything that a release is compiled from.
 *
 * @param symbols by name: the built-in facts and every declared setting
 * @param defunct settings that once were, by key, and what to do where a cluster still has them
 * @param nodeImages the images that nodes run without Kubernetes' asking: static pods, etcd
 */
public record Platform(
    KubernetesVersion kubernetes,
    List<Profile> profiles,
    List<Template> templates,
    List<NodeConfig> nodes,
    List<Image> nodeImages,
    List<Part> parts,
    SortedMap<String, Symbol> symbols,
    SortedMap<String, String> defunct) {

  /**
   * A component, evaluated once.
   *
   * @param source the file that declares it, for diagnostics
   */
  public record Part(
      String name,
      String source,
      Optional<Symbol> enabledBy,
      List<Symbol> settings,
      List<Symbol> needs,
      List<Image> images,
      Optional<Role> role,
      List<Reach> reach,
      List<HasMetadata> objects,
      List<Field> fields) {
    public Part {
      settings = List.copyOf(settings);
      needs = List.copyOf(needs);
      images = List.copyOf(images);
      reach = List.copyOf(reach);
      objects = List.copyOf(objects);
      fields = List.copyOf(fields);
    }

    static Part of(Component component) {
      return new Part(
          component.name(),
          Platform.source(component.getClass()),
          component.enabledBy(),
          component.settings(),
          component.needs(),
          component.images(),
          component.role(),
          component.reach(),
          component.objects(),
          component.fields());
    }
  }

  public Platform {
    profiles = List.copyOf(profiles);
    templates = List.copyOf(templates);
    nodes = List.copyOf(nodes);
    nodeImages = List.copyOf(nodeImages);
    parts = List.copyOf(parts);
    symbols = Collections.unmodifiableSortedMap(new TreeMap<>(symbols));
    defunct = Collections.unmodifiableSortedMap(new TreeMap<>(defunct));
  }

  /** The platform as this program declares it. */
  public static Platform declare() {
    var parts = Components.all().stream().map(Part::of).toList();
    var templates =
        Stream.<Template>concat(
                Stream.of(
                    Network.declare(),
                    new ExistingNetwork(),
                    Foundation.declare(podRoles(parts), reach(parts)),
                    Etcd.declare(),
                    ControlPlane.declare()),
                Pool.declare().stream())
            .toList();
    var nodes = NodeConfigs.all(Profiles.all());
    var settings =
        Stream.of(
                templates.stream().flatMap(template -> template.settings().stream()),
                NodeConfigs.settings().stream(),
                parts.stream().flatMap(part -> part.settings().stream()),
                parts.stream().flatMap(part -> part.needs().stream()),
                parts.stream().flatMap(part -> part.enabledBy().stream()))
            .flatMap(Function.identity());
    return new Platform(
        Versions.KUBERNETES,
        Profiles.all(),
        templates,
        nodes,
        NodeConfigs.images(),
        parts,
        byName(Stream.concat(Facts.all().stream(), settings)),
        new TreeMap<>());
  }

  /** All that nodes pull, but for what a cluster itself gives. */
  public List<Image> images() {
    return Stream.concat(
            nodeImages.stream(), parts.stream().flatMap(part -> part.images().stream()))
        .distinct()
        .toList();
  }

  /** The file that a top-level class of ours is written in, from the root of the checkout. */
  public static String source(Class<?> type) {
    return "src/main/java/" + type.getName().replace('.', '/') + ".java";
  }

  /** A component that is switched off takes its role with it. */
  private static List<Role> podRoles(List<Part> parts) {
    return parts.stream()
        .flatMap(part ->
            part.role().stream().map(role -> part.enabledBy().map(role::enabledBy).orElse(role)))
        .toList();
  }

  private static List<Reach> reach(List<Part> parts) {
    return parts.stream()
        .flatMap(part ->
            part.reach().stream()
                .map(reach -> part.enabledBy().map(on -> reach.when(on, "true")).orElse(reach)))
        .toList();
  }

  /** Two parts may read one setting, but must agree on what it is. */
  private static SortedMap<String, Symbol> byName(Stream<Symbol> symbols) {
    SortedMap<String, Symbol> byName = new TreeMap<>();
    symbols.forEach(symbol -> {
      var other = byName.putIfAbsent(symbol.name(), symbol);
      if (other != null && !other.equals(symbol)) {
        throw new IllegalStateException("two declarations of " + symbol.name());
      }
    });
    return byName;
  }
}
