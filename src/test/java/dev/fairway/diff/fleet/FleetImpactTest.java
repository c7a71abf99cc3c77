package dev.fairway.diff.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Compiled;
import dev.fairway.Seeds;
import dev.fairway.diff.Act;
import dev.fairway.diff.Edited;
import dev.fairway.link.LinkableClusters;
import dev.fairway.model.Channel;
import dev.fairway.model.Cluster;
import dev.fairway.model.Environment;
import dev.fairway.model.Gates;
import dev.fairway.model.LifecycleStatus;
import dev.fairway.model.Symbol;
import dev.fairway.model.Wave;
import dev.fairway.release.Release;
import dev.fairway.source.ClusterSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** On the example fleet, and for clusters of chance. */
class FleetImpactTest {
  /** Each is what a commit may do; the last ones make what happens depend on the cluster. */
  private static final List<Consumer<Edited>> EDITS =
      List.of(
          release -> release.replaceAll("nodes/worker-", "maxPods: 64", "maxPods: 65"),
          release -> release.replace("nodes/worker-gpu.json", "readOnlyPort: 0", "readOnlyPort: 1"),
          release ->
              release.replace("nodes/master.json", "rotateCertificates", "rotateCertificate"),
          release -> release.replace("nodes/etcd.json", "\"enabled\": true", "\"enabled\": false"),
          release -> release.replace("manifests/coredns.yaml", "200m", "201m"),
          release -> release.replace("manifests/external-dns.yaml", "25m", "26m"),
          release ->
              release.replace(
                  "templates/pool-spot.json",
                  "\"HeartbeatTimeout\": 1800",
                  "\"HeartbeatTimeout\": 900"),
          release ->
              release.replace(
                  "templates/network.json", "\"Domain\": \"vpc\"", "\"Domain\": \"standard\""),
          release -> release.symbol(defaulting("root_volume_gb", 120)),
          release -> release.symbol(defaulting("elb_log_days", 14)),
          release -> release.fill("cluster.region", "'eu-central-1'"),
          release -> release.fill("cluster.local_id", "'kube-1'"));

  /** How many of the edits leave every symbol where it is. */
  private static final int STEADY = 8;

  /** In a file that only some masters have. */
  private static void tokenWebhook(Edited release) {
    release.replace("nodes/master.json", "1021/tokenreviews", "1022/tokenreviews");
  }

  private static Symbol defaulting(String setting, int value) {
    var symbols = Compiled.release().manifest().symbols();
    var symbol = Objects.requireNonNull(symbols.get("setting." + setting));
    var given = symbol.type().parse(Integer.toString(value));
    return new Symbol(symbol.name(), symbol.scope(), symbol.type(), symbol.description(), given);
  }

  private static Release edited(Consumer<Edited> edit) {
    var edited = Edited.compiled();
    edit.accept(edited);
    return edited.release();
  }

  private static FleetImpact impact(Release after) {
    return FleetImpact.between(Compiled.release(), after, Compiled.fleet().clusters(), Map.of());
  }

  private static EffectClass only(FleetImpact impact) {
    assertThat(impact.classes()).hasSize(1);
    return impact.classes().getFirst();
  }

  @Test
  void anEqualReleaseChangesNobody() {
    var impact = impact(Edited.compiled().release());

    assertThat(impact.classes()).isEmpty();
    assertThat(impact.unchanged()).isEqualTo(impact.clusters());
  }

  private static List<ClusterSource> ready() {
    return Compiled.fleet().clusters().stream()
        .filter(it -> it.cluster().lifecycleStatus() == LifecycleStatus.READY)
        .toList();
  }

  /** One of the example fleet is still to be created: nothing is deployed to it. */
  @Test
  void clustersThatAreNotReadyAreLeftOutAndCounted() {
    var impact = impact(edited(EDITS.getFirst()));

    var all = Compiled.fleet().clusters().size();
    assertThat(impact.notReady()).isEqualTo(all - ready().size()).isPositive();
    assertThat(impact.clusters()).isEqualTo(ready().size());
    assertThat(only(impact).clusters()).doesNotContain("e2e");
    assertThat(impact.waves().stream().mapToInt(WaveImpact::clusters).sum())
        .isEqualTo(ready().size());
  }

  @Test
  void whatAllPoolsAreGivenIsOneEffectWhicheverPoolsThereAre() {
    var effects = only(impact(edited(EDITS.getFirst())));

    assertThat(effects.clusters()).hasSameSizeAs(ready());
    assertThat(effects.effect().stacks())
        .containsExactly(new StackEffect("pools", Act.CHANGED, false, true, new TreeSet<>(), true));
    var pools = ready().stream().flatMap(source -> source.cluster().nodePools().stream()).toList();
    assertThat(effects.allNodes())
        .isEqualTo(
            new NodeSpan(
                pools.stream().mapToInt(pool -> pool.minSize()).sum(),
                pools.stream().mapToInt(pool -> pool.maxSize()).sum()));
    assertThat(effects.budgets())
        .anySatisfy(budget -> {
          assertThat(budget.name()).isEqualTo("kube-system/coredns");
          assertThat(budget.replicas()).contains(3);
          assertThat(budget.allowed()).isEqualTo(1);
          assertThat(budget.longest()).isEqualTo(Duration.ofSeconds(90));
        });
  }

  @Test
  void onlyClustersWithSuchPoolsFeelIt() {
    var impact = impact(edited(EDITS.get(1)));

    assertThat(only(impact).clusters()).containsExactly("data");
    assertThat(impact.unchanged()).isEqualTo(impact.clusters() - 1);
    assertThat(only(impact).nodes()).containsOnlyKeys("pool-gpu");
  }

  @Test
  void mastersAreReplacedOneByOneWithinTheirTimeouts() {
    var effects = only(impact(edited(EDITS.get(2))));

    assertThat(effects.effect().isRollingControlPlane()).isTrue();
    var clusters = effects.clusters().size();
    assertThat(effects.nodes())
        .containsExactly(Map.entry("control-plane", new NodeSpan(2 * clusters, 2 * clusters)));
    // Two, each 10 min to drain and 15 to come up.
    assertThat(effects.longest().most()).isEqualTo(Duration.ofMinutes(50));
  }

  @Test
  void etcdDrainsNothing() {
    var effects = only(impact(edited(EDITS.get(3))));

    assertThat(effects.budgets()).isEmpty();
    assertThat(effects.longest())
        .isEqualTo(new TimeSpan(Duration.ofMinutes(15), Duration.ofMinutes(75)));
  }

  @Test
  void aTemplateThatStartsNodesAsBeforeReplacesNone() {
    var effects = only(impact(edited(EDITS.get(6))));

    assertThat(effects.effect().isRolling()).isFalse();
    assertThat(effects.allNodes()).isEqualTo(NodeSpan.NONE);
    assertThat(effects.effect().stacks()).extracting(StackEffect::template).contains("pool-spot");
  }

  @Test
  void aDefaultChangesThoseThatDoNotOverrideIt() {
    var impact = impact(edited(EDITS.get(8)));

    assertThat(impact.classes())
        .allSatisfy(effects ->
            assertThat(effects.effect().stacks())
                .allSatisfy(
                    stack -> assertThat(stack.parameters()).contains("SettingRootVolumeGb")));
  }

  @Test
  void aClusterThatTheNewReleaseCannotBeLinkedToIsNamed() {
    var after = edited(release -> release.withoutSymbol("setting.kubernetes_sysext_hash"));

    assertThat(impact(after).unlinked())
        .hasSameSizeAs(ready())
        .allSatisfy(it -> {
          assertThat(it.isNew()).isTrue();
          assertThat(it.why()).contains("kubernetes_sysext_hash");
        });
  }

  /** The shapes save time, and nothing else. */
  @Test
  void clustersOfOneShapeFeelTheSame() {
    Seeds.check(
        12,
        random -> {
          var fleet = fleet(random);
          var after = changed(random);
          assertThat(FleetImpact.between(Compiled.release(), after, fleet, Map.of(), Shapes.none()))
              .isEqualTo(FleetImpact.between(Compiled.release(), after, fleet, Map.of()));
        });
  }

  /** However many switches there are, those that parts of a node config hang on are heard. */
  @Test
  void onlyClustersOfWhichAFileDiffersThatHangsOnASwitchFeelIt() {
    var after = edited(FleetImpactTest::tokenWebhook);
    var fleet =
        Compiled.fleet().clusters().stream()
            .map(it -> it.cluster().alias().startsWith("shop-") ? withTokenWebhook(it) : it)
            .toList();

    var impact = FleetImpact.between(Compiled.release(), after, fleet, Map.of());

    assertThat(only(impact).clusters()).containsExactly("shop-test", "shop-west");
    assertThat(only(impact).nodes()).containsOnlyKeys("control-plane");
    assertThat(impact(after).classes()).isEmpty();
  }

  /** The component is off without any of them. */
  private static ClusterSource withTokenWebhook(ClusterSource source) {
    var items = new TreeMap<>(source.cluster().configItems());
    items.put("token_webhook_image", "registry.example.org/token-webhook:1");
    items.put("token_webhook_issuer", "https://login.example.org/");
    items.put("token_webhook_audience", "kubernetes");
    items.put("token_webhook_verification_url", "https://login.example.org/keys");
    items.put("token_webhook_roles_url", "https://roles.example.org/{user}");
    var cluster = with(source.cluster(), source.cluster().channel(), items);
    return new ClusterSource(cluster, source.spans());
  }

  /** What was the region everywhere is now right in one region only. */
  @Test
  void whatDependsOnWhoAClusterIsIsAskedOfEach() {
    var fleet = LinkableClusters.alike(new Random(6), 24, 1);
    var after = edited(release -> release.fill("cluster.region", "'eu-central-1'"));

    var impact = FleetImpact.between(Compiled.release(), after, fleet, Map.of());

    var there =
        fleet.stream().filter(it -> it.cluster().region().name().equals("eu-central-1")).count();
    assertThat(there).isBetween(1L, 23L);
    assertThat(impact.unchanged()).isEqualTo((int) there);
  }

  private static List<ClusterSource> fleet(Random random) {
    var fleet = new ArrayList<>(Compiled.fleet().clusters());
    fleet.addAll(LinkableClusters.alike(random, 12, 2));
    LinkableClusters.of(random, 6).stream()
        .map(it -> random.nextBoolean() ? withTokenWebhook(it) : it)
        .forEach(fleet::add);
    return fleet;
  }

  private static Release changed(Random random) {
    var edited = Edited.compiled();
    var edits = random.nextInt(3) == 0 ? EDITS : EDITS.subList(0, STEADY);
    if (random.nextBoolean()) {
      tokenWebhook(edited);
    }
    edits.stream().filter(_ -> random.nextInt(3) == 0).forEach(edit -> edit.accept(edited));
    return edited.release();
  }

  @Test
  void clustersChangeInTheWavesOfTheirChannel() {
    var waves =
        List.of(
            wave("first", new TreeSet<>(List.of("shop-west")), Duration.ofHours(4)),
            wave("rest", new TreeSet<>(), Duration.ZERO));
    var stable = channel("stable", waves);

    var impact =
        FleetImpact.between(
            Compiled.release(),
            edited(EDITS.getFirst()),
            Compiled.fleet().clusters(),
            Map.of("stable", stable));

    assertThat(impact.waves())
        .filteredOn(wave -> wave.channel().equals("stable"))
        .extracting(WaveImpact::name)
        .containsExactly("stable/first", "stable/rest");
    var rest = impact.waves().getLast();
    assertLater(rest.time(), only(impact).longest());
    assertThat(impact.waves().get(impact.waves().size() - 2).pause())
        .isEqualTo(Duration.ofHours(4));
  }

  /** As the workflow does it: nobody said that they may go together. */
  @Test
  void clustersInNoWaveComeLastAndOneAtATime() {
    var first = List.of(wave("first", new TreeSet<>(List.of("shop-west")), Duration.ZERO));

    var impact =
        FleetImpact.between(
            Compiled.release(),
            edited(EDITS.getFirst()),
            Compiled.fleet().clusters(),
            Map.of("stable", channel("stable", first)));

    var rest = impact.waves().getLast();
    assertThat(rest.wave()).isEmpty();
    assertThat(rest.clusters()).isGreaterThan(1);
    assertThat(rest.inFlight()).isEqualTo(1);
    assertLater(rest.time(), only(impact).longest());
  }

  /** More than the longest alone. */
  private static void assertLater(TimeSpan time, TimeSpan longest) {
    assertThat(time.least()).isGreaterThan(longest.least());
    assertThat(time.most()).isGreaterThan(longest.most());
  }

  @Test
  void theNextClusterStartsWhenOneIsDone() {
    var hours = List.of(1, 4, 2, 1);
    var clusters =
        ready().stream()
            .map(ClusterSource::cluster)
            .sorted(Comparator.comparing(Cluster::alias))
            .toList();
    var impacts =
        IntStream.range(0, hours.size())
            .mapToObj(at -> lasting(clusters.get(at), Duration.ofHours(hours.get(at))))
            .toList();

    assertThat(waves(impacts, 1)).isEqualTo(Duration.ofHours(8));
    assertThat(waves(impacts, 2)).isEqualTo(Duration.ofHours(4));
    assertThat(waves(impacts, 4)).isEqualTo(Duration.ofHours(4));
    assertThat(new Waves(Map.of()).of(impacts))
        .as("a channel without waves")
        .allSatisfy(wave -> assertThat(wave.inFlight()).isEqualTo(impacts.size()));
  }

  private static ClusterImpact lasting(Cluster cluster, Duration time) {
    var effect = new Effect(new TreeSet<>(), new TreeSet<>());
    return new ClusterImpact(
        with(cluster, "stable", cluster.configItems()),
        effect,
        new TreeMap<>(),
        new TimeSpan(time, time),
        List.of());
  }

  private static Cluster with(Cluster cluster, String channel, SortedMap<String, String> items) {
    return new Cluster(
        cluster.id(),
        cluster.alias(),
        cluster.owner(),
        cluster.environment(),
        cluster.criticality(),
        channel,
        cluster.lifecycleStatus(),
        cluster.api(),
        cluster.hostedZone(),
        cluster.zones(),
        cluster.vpc(),
        cluster.ami(),
        cluster.bootstrap(),
        items,
        cluster.nodePools());
  }

  private static Duration waves(List<ClusterImpact> impacts, int inFlight) {
    var all = wave("all", new TreeSet<>(), Duration.ZERO, inFlight);
    var found = new Waves(Map.of("stable", channel("stable", List.of(all)))).of(impacts);
    assertThat(found).hasSize(1);
    return found.getFirst().time().most();
  }

  private static Wave wave(String name, SortedSet<String> aliases, Duration pause) {
    return wave(name, aliases, pause, 1);
  }

  private static Wave wave(String name, SortedSet<String> aliases, Duration pause, int inFlight) {
    return new Wave(
        name,
        new Wave.Selector(aliases, new TreeSet<Environment>(), new TreeSet<>(), new TreeSet<>()),
        pause,
        inFlight,
        true);
  }

  private static Channel channel(String name, List<Wave> waves) {
    return new Channel(name, name, Optional.empty(), Gates.NONE, List.of(), waves);
  }
}
