package dev.fairway.release;

import dev.fairway.model.Digest;
import dev.fairway.model.KubernetesVersion;
import dev.fairway.model.Profile;
import dev.fairway.model.Symbol;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code release.json} says: all that the linker needs to know of a release beside its bytes.
 *
 * @param files every other file and its digest
 * @param order of the components' manifests: each after what it refers to
 * @param symbols by name; those that a slot or a parameter takes, and every setting
 * @param defunct settings that once were, and what to do about them
 */
public record ReleaseManifest(
    KubernetesVersion kubernetes,
    SortedMap<String, Digest> files,
    List<ComponentEntry> components,
    List<String> order,
    List<Profile> profiles,
    SortedMap<String, Symbol> symbols,
    SortedMap<String, String> defunct,
    List<Slot> slots,
    List<TemplateEntry> templates) {

  /** The version of the format that this code reads and writes. */
  public static final int FORMAT = 1;

  /** Where the manifest stands in a release. */
  public static final String FILE = "release.json";

  /**
   * A system component.
   *
   * @param enabledBy the setting that switches it off
   * @param needs the settings without which it is off
   */
  public record ComponentEntry(String name, Optional<String> enabledBy, List<String> needs) {
    public ComponentEntry {
      needs = List.copyOf(needs);
    }

    public String file() {
      return "manifests/" + name + ".yaml";
    }
  }

  /**
   * A CloudFormation template.
   *
   * @param nodeConfig what the instances of its Auto Scaling group boot with, where it has one
   * @param parameters the symbol that each takes its value from
   */
  public record TemplateEntry(
      String name, Optional<String> nodeConfig, SortedMap<String, String> parameters) {
    public TemplateEntry {
      parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }

    public String file() {
      return "templates/" + name + ".json";
    }
  }

  public ReleaseManifest {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    components = List.copyOf(components);
    order = List.copyOf(order);
    profiles = List.copyOf(profiles);
    symbols = Collections.unmodifiableSortedMap(new TreeMap<>(symbols));
    defunct = Collections.unmodifiableSortedMap(new TreeMap<>(defunct));
    slots = List.copyOf(slots);
    templates = List.copyOf(templates);
  }

  public static String nodeFile(String nodeConfig) {
    return "nodes/" + nodeConfig + ".json";
  }

  public Optional<TemplateEntry> template(String name) {
    return templates.stream().filter(template -> template.name().equals(name)).findFirst();
  }

  public Optional<Profile> profile(String name) {
    return profiles.stream().filter(profile -> profile.name().equals(name)).findFirst();
  }
}
