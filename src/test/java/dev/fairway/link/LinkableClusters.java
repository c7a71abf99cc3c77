package dev.fairway.link;

import dev.fairway.Compiled;
import dev.fairway.model.Cidr;
import dev.fairway.model.Cluster;
import dev.fairway.model.InstanceType;
import dev.fairway.model.LifecycleStatus;
import dev.fairway.model.NodePool;
import dev.fairway.model.Profile;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Bool;
import dev.fairway.model.SymbolType.Choice;
import dev.fairway.model.SymbolType.Whole;
import dev.fairway.model.Vpc;
import dev.fairway.source.ClusterSource;
import dev.fairway.source.RandomClusters;
import dev.fairway.source.Spans;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Clusters of chance in which nothing is wrong: settings have values that their types admit. */
public final class LinkableClusters {
  private LinkableClusters() {}

  public static List<ClusterSource> of(Random random, int count) {
    return IntStream.range(0, count).mapToObj(number -> cluster(random, 1 + number)).toList();
  }

  /** Each with the settings and pools of one of a few. */
  public static List<ClusterSource> alike(Random random, int count, int kinds) {
    var unlike = of(random, count);
    return unlike.stream()
        .map(source -> like(unlike.get(random.nextInt(kinds)).cluster(), source.cluster()))
        .toList();
  }

  private static ClusterSource like(Cluster model, Cluster cluster) {
    return source(
        new Cluster(
            cluster.id(),
            cluster.alias(),
            cluster.owner(),
            cluster.environment(),
            cluster.criticality(),
            cluster.channel(),
            LifecycleStatus.READY,
            cluster.api(),
            cluster.hostedZone(),
            cluster.zones(),
            cluster.vpc(),
            cluster.ami(),
            cluster.bootstrap(),
            model.configItems(),
            model.nodePools()));
  }

  private static ClusterSource cluster(Random random, int number) {
    var cluster = RandomClusters.of(random, number);
    return source(
        new Cluster(
            cluster.id(),
            cluster.alias(),
            cluster.owner(),
            cluster.environment(),
            cluster.criticality(),
            cluster.channel(),
            LifecycleStatus.READY,
            cluster.api(),
            cluster.hostedZone(),
            cluster.zones(),
            outsideOfPods(cluster.vpc()),
            cluster.ami(),
            cluster.bootstrap(),
            settings(random),
            cluster.nodePools().stream().map(pool -> pool(random, pool)).toList()));
  }

  static ClusterSource source(Cluster cluster) {
    return new ClusterSource(cluster, Spans.none("clusters/" + cluster.alias() + ".yaml"));
  }

  private static Vpc outsideOfPods(Vpc vpc) {
    return switch (vpc) {
      case Vpc.Own(var cidr) -> new Vpc.Own(outsideOfPods(cidr));
      case Vpc.Brought(var id, var cidr, var publicOnes, var privateOnes, var nat) ->
          new Vpc.Brought(id, outsideOfPods(cidr), publicOnes, privateOnes, nat);
    };
  }

  /** Into 172.0.0.0/8. */
  private static Cidr outsideOfPods(Cidr cidr) {
    return Cidr.around((172 << 24) | (cidr.address() & 0xffffff), cidr.prefix());
  }

  private static SortedMap<String, String> settings(Random random) {
    var items = new TreeMap<String, String>();
    for (var symbol : Compiled.release().manifest().symbols().values()) {
      if (symbol.isSetting() && (symbol.initial().isEmpty() || random.nextInt(3) == 0)) {
        items.put(symbol.key(), value(random, symbol));
      }
    }
    // One that is on needs them all, and what is in them no type can tell.
    for (var component : Compiled.release().manifest().components()) {
      var values = component.needs().stream().filter(need -> !isSwitch(need)).toList();
      if (!values.isEmpty()) {
        values.forEach(need -> items.remove(key(need)));
        component.enabledBy().ifPresent(toggle -> items.remove(key(toggle)));
      }
    }
    return items;
  }

  private static String key(String symbol) {
    return known(symbol).key();
  }

  /** Of another component, which may be on or off as it likes. */
  private static boolean isSwitch(String symbol) {
    return known(symbol).type() instanceof Bool;
  }

  private static Symbol known(String symbol) {
    return Compiled.platform().symbols().values().stream()
        .filter(known -> known.name().equals(symbol))
        .findFirst()
        .orElseThrow();
  }

  private static String value(Random random, Symbol symbol) {
    if (symbol.key().endsWith("_hash")) {
      return "sha512-" + Integer.toHexString(random.nextInt() | (1 << 31)).repeat(16);
    }
    // What the shape of machines says is judged together with their types.
    if (List.of("gpus_per_node", "instance_store_gb").contains(symbol.key())) {
      return symbol.initial().orElseThrow().inline();
    }
    return switch (symbol.type()) {
      case Whole(var min, var max) -> Long.toString(random.nextLong(min, max + 1));
      case Bool() -> Boolean.toString(random.nextBoolean());
      case Choice(var words) -> words.get(random.nextInt(words.size()));
      default ->
          symbol
              .initial()
              .orElseThrow(() -> new AssertionError("no value for " + symbol.name()))
              .inline();
    };
  }

  private static NodePool pool(Random random, NodePool pool) {
    var profile = Compiled.release().manifest().profile(pool.profile()).map(Profile::instanceTypes);
    var types = profile.orElse(List.of()).stream().limit(random.nextInt(2)).toList();
    var items = new TreeMap<String, String>();
    if (random.nextBoolean()) {
      items.put("node_labels", "team=t" + random.nextInt(9) + ",example.org/Tier=A.b_c");
      items.put("node_taints", "team=t" + random.nextInt(9) + ":NoExecute,lonely=:NoSchedule");
    }
    return new NodePool(
        pool.name(),
        pool.profile(),
        pool.discountStrategy(),
        types.stream().map(InstanceType::new).toList(),
        pool.minSize(),
        pool.maxSize(),
        items);
  }
}
