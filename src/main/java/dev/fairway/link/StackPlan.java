package dev.fairway.link;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.model.Cluster;
import dev.fairway.model.Digest;
import dev.fairway.model.Facts;
import dev.fairway.model.NodePool;
import dev.fairway.model.Profile;
import dev.fairway.model.SymbolValue;
import dev.fairway.model.Vpc;
import dev.fairway.release.ReleaseManifest.TemplateEntry;
import dev.fairway.source.ClusterSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which stacks a cluster has, in deploy order, and what each is given. */
final class StackPlan {
  private final Linkable release;
  private final Settings settings;
  private final ClusterSource source;
  private final Cluster cluster;
  private final Values values;
  private final Diagnostics.Collector diagnostics;
  private final List<Stack> stacks = new ArrayList<>();

  /** Of node configs, by path: the stacks of a pool that is split by zone share theirs. */
  private final Map<String, String> sha512s = new HashMap<>();

  StackPlan(
      Linkable release,
      Settings settings,
      ClusterSource source,
      Values values,
      Diagnostics.Collector diagnostics) {
    this.release = release;
    this.settings = settings;
    this.source = source;
    this.cluster = source.cluster();
    this.values = values;
    this.diagnostics = diagnostics;
  }

  /** The stacks; their node configs are linked on the way and put among the files. */
  List<Stack> stacks(SortedMap<String, Content> files) {
    add("network", cluster.vpc() instanceof Vpc.Own ? "network" : "network-existing", files);
    add("foundation", "foundation", files);
    add("etcd", "etcd", files);
    add("control-plane", "control-plane", files);
    var before = List.of(stacks.getLast().stackName());
    cluster.nodePools().forEach(pool -> pool(pool, before, files));
    return List.copyOf(stacks);
  }

  private void add(String name, String template, SortedMap<String, Content> files) {
    var after = stacks.isEmpty() ? List.<String>of() : List.of(stacks.getLast().stackName());
    stack(name, template, values, new TreeMap<>(), after, name, files);
  }

  private void pool(NodePool pool, List<String> after, SortedMap<String, Content> files) {
    var known = release.manifest().profile(pool.profile());
    if (known.isEmpty()) {
      diagnostics.add(
          Diagnostic.at(
              source.inPool(pool.name(), "profile"),
              Code.UNKNOWN_PROFILE,
              "profile is %s, which this release does not have".formatted(pool.profile()),
              "write one of "
                  + String.join(
                      ", ", release.manifest().profiles().stream().map(Profile::name).toList())));
      return;
    }
    var profile = known.get();
    var narrowed = values.narrowed();
    settings.pool(pool.name(), source.configItems(pool), narrowed, diagnostics);
    FactValues.pool(pool, profile, narrowed);
    new PoolChecks(source, pool, profile, narrowed, diagnostics).run();
    var template = "pool-" + profile.name();
    var tags =
        new PoolTags(source, pool, narrowed, diagnostics)
            .fitting(release.templates().get(template));
    var name = "pool-" + pool.name();
    if (!profile.splitByZone()) {
      stack(name, template, narrowed, tags, after, name, files);
      return;
    }
    for (var zone = 1; zone <= Facts.ZONES; zone++) {
      var ofZone = narrowed.narrowed();
      FactValues.zone(cluster, zone, ofZone);
      var stackName = name + "-" + cluster.zones().get(zone - 1);
      stack(stackName, template, ofZone, tags, after, name, files);
    }
  }

  /**
   * Adds a stack.
   *
   * @param config the name of its linked node config: stacks of one pool share one file
   */
  private void stack(
      String name,
      String template,
      Values values,
      SortedMap<String, String> tags,
      List<String> after,
      String config,
      SortedMap<String, Content> files) {
    var links = Optional.ofNullable(release.templates().get(template));
    if (links.isEmpty()) {
      diagnostics.add(
          Diagnostic.at(
              source.at("id"),
              Code.DANGLING_IMPORT,
              "the release has no template " + template,
              "compile the release again"));
      return;
    }
    var entry = links.get().entry();
    var narrowed = values.narrowed();
    var nodeConfig = entry.nodeConfig().map(node -> nodeConfig(node, config, narrowed, files));
    var all = new TreeMap<>(tags);
    all.put(Stack.CLUSTER_TAG, FactValues.tag(cluster));
    all.put(Stack.STACK_TAG, name);
    nodeConfig.ifPresent(
        _ -> all.put(PoolTags.NODE_CONFIG, narrowed.get(Facts.NODE_CONFIG_KEY.name()).inline()));
    stacks.add(
        new Stack(
            name,
            cluster.localId() + "-" + name,
            template,
            nodeConfig,
            parameters(entry, narrowed),
            all,
            after));
  }

  private String nodeConfig(
      String node, String config, Values values, SortedMap<String, Content> files) {
    var path = "nodes/" + config + ".ign";
    var content =
        files.computeIfAbsent(
            path, _ -> Objects.requireNonNull(release.nodes().get(node)).run(values));
    var sha512 =
        sha512s.computeIfAbsent(
            path, _ -> HexFormat.of().formatHex(Digest.sha512().digest(content.bytes())));
    values.put(Facts.NODE_CONFIG_KEY, new SymbolValue.Text(content.digest().hex() + ".ign"));
    values.put(Facts.NODE_CONFIG_SHA512, new SymbolValue.Text(sha512));
    return path;
  }

  private static SortedMap<String, String> parameters(TemplateEntry entry, Values values) {
    SortedMap<String, String> parameters = new TreeMap<>();
    for (Map.Entry<String, String> parameter : entry.parameters().entrySet()) {
      parameters.put(parameter.getKey(), values.get(parameter.getValue()).inline());
    }
    return parameters;
  }
}
