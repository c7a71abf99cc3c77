package dev.fairway.link;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.InstanceType;
import dev.fairway.model.SymbolValue;
import dev.fairway.platform.cloud.Addresses;
import dev.fairway.platform.cloud.InstanceTypes;
import dev.fairway.platform.cloud.InstanceTypes.Architecture;
import dev.fairway.release.ReleaseManifest.ComponentEntry;
import dev.fairway.source.BrokenRecord;
import dev.fairway.source.ClusterSource;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Links clusters to one release. May be used by several threads. */
public final class Linker {
  /** The settings that say what machines run the control plane. */
  private static final List<String> MACHINES =
      List.of("etcd_instance_type", "master_instance_type");

  private final Linkable release;
  private final Settings settings;

  public Linker(Linkable release) {
    this.release = release;
    this.settings = new Settings(release.manifest());
  }

  /** The assembly of a cluster, or everything that keeps the release from being linked to it. */
  public Outcome<Assembly> link(ClusterSource source) {
    var diagnostics = new Diagnostics.Collector();
    var values = Values.of(source.at("id"), diagnostics);
    settings.cluster(source.configItems(), values, diagnostics);
    new Needs(release.manifest()).judge(source, values, diagnostics);
    FactValues.cluster(source.cluster(), values);
    requireOwnAddresses(source, diagnostics);
    MACHINES.forEach(setting -> requireAmd64(setting, source, values, diagnostics));
    var files = new TreeMap<String, Content>(release.constants());
    manifests(values, files);
    var stacks = new StackPlan(release, settings, source, values, diagnostics).stacks(files);
    keepUsed(stacks, files);
    requireExports(source, stacks, diagnostics);
    new CloudAssembly(release, source.cluster(), stacks).write(files);
    return Outcome.unlessErrors(
        diagnostics.diagnostics(),
        () ->
            new Assembly(
                source.cluster().id(),
                release.digest(),
                stacks,
                release.manifest().order().stream()
                    .filter(name -> files.containsKey("manifests/" + name + ".yaml"))
                    .toList(),
                files));
  }

  /**
   * The components that are on in a cluster, which takes a fraction of the time that linking does;
   * or what is wrong with its settings.
   */
  public Outcome<List<String>> components(ClusterSource source) {
    var diagnostics = new Diagnostics.Collector();
    var values = Values.of(source.at("id"), diagnostics);
    settings.cluster(source.configItems(), values, diagnostics);
    new Needs(release.manifest()).judge(source, values, diagnostics);
    return Outcome.unlessErrors(
        diagnostics.diagnostics(),
        () ->
            release.manifest().components().stream()
                .filter(component -> isOn(component, values))
                .map(ComponentEntry::name)
                .toList());
  }

  /** What is wrong with the settings of a record that can't be linked. */
  Diagnostics judge(BrokenRecord broken) {
    var diagnostics = new Diagnostics.Collector();
    var values = Values.of(broken.span(), diagnostics);
    settings.cluster(broken.configItems(), values, diagnostics);
    for (var pool : broken.pools()) {
      settings.pool(pool.name(), pool.configItems(), values.narrowed(), diagnostics);
    }
    return diagnostics.diagnostics();
  }

  /** Nodes would take a pod's or a Service's address for one of the VPC's. */
  private static void requireOwnAddresses(ClusterSource source, Diagnostics.Collector diagnostics) {
    var vpc = source.cluster().vpc().cidr();
    for (var taken : List.of(Addresses.PODS, Addresses.SERVICES)) {
      if (vpc.overlaps(taken)) {
        diagnostics.add(
            Diagnostic.at(
                source.at("vpc_cidr"),
                Code.OVERLAPPING_ADDRESSES,
                "vpc_cidr is %s, which overlaps %s, the range of pods or Services"
                    .formatted(vpc, taken),
                "give the VPC a range outside %s and %s"
                    .formatted(Addresses.PODS, Addresses.SERVICES)));
      }
    }
  }

  /** All nodes boot one image. A type that Fairway's table lacks is not judged. */
  private static void requireAmd64(
      String key, ClusterSource source, Values values, Diagnostics.Collector diagnostics) {
    source.configItems().stream()
        .filter(item -> item.key().equals(key))
        .filter(item -> isForeign(values.get("setting." + key).inline()))
        .forEach(item ->
            diagnostics.add(
                Diagnostic.at(
                    item.span(),
                    Code.UNFIT_INSTANCE_TYPE,
                    "%s is %s, which is of another architecture than the node image"
                        .formatted(key, item.value()),
                    "name an amd64 type")));
  }

  private static boolean isForeign(String type) {
    return InstanceTypes.find(new InstanceType(type))
        .filter(size -> size.architecture() != Architecture.AMD64)
        .isPresent();
  }

  /** A component that is switched off leaves no object behind. */
  private void manifests(Values values, SortedMap<String, Content> files) {
    for (var component : release.manifest().components()) {
      var program = release.manifests().get(component.name());
      if (program != null && isOn(component, values)) {
        files.put(component.file(), program.run(values));
      }
    }
  }

  private static boolean isOn(ComponentEntry component, Values values) {
    return component
        .enabledBy()
        .map(symbol -> values.get(symbol).equals(new SymbolValue.Bool(true)))
        .orElse(true);
  }

  /** The templates and policies of this cluster's stacks only. */
  private void keepUsed(List<Stack> stacks, SortedMap<String, Content> files) {
    var used = new TreeSet<String>();
    stacks.forEach(stack -> {
      used.add("templates/" + stack.template() + ".json");
      used.add("policies/" + stack.template() + ".json");
    });
    files.keySet().removeIf(path -> release.constants().containsKey(path) && !used.contains(path));
  }

  /** Each import finds its export in a stack before it. */
  private void requireExports(
      ClusterSource source, List<Stack> stacks, Diagnostics.Collector diagnostics) {
    var exported = new TreeSet<String>();
    for (var stack : stacks) {
      var links = release.templates().get(stack.template());
      if (links == null) {
        continue;
      }
      for (var name : TemplateLinks.resolved(links.imports(), stack.parameters())) {
        if (!exported.contains(name)) {
          diagnostics.add(
              Diagnostic.at(
                  source.at("id"),
                  Code.DANGLING_IMPORT,
                  "stack %s imports %s, which no stack before it exports"
                      .formatted(stack.stackName(), name),
                  "compile the release again: its templates do not fit together"));
        }
      }
      exported.addAll(TemplateLinks.resolved(links.exports(), stack.parameters()));
    }
  }
}
