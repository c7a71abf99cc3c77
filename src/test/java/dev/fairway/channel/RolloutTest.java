package dev.fairway.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.channel.CommitStatus.State;
import dev.fairway.channel.Rollout.Step;
import dev.fairway.model.Channel;
import dev.fairway.model.Cluster;
import dev.fairway.model.Gates;
import dev.fairway.model.LifecycleStatus;
import dev.fairway.model.Wave;
import dev.fairway.source.RandomClusters;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RolloutTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration PAUSE = Duration.ofHours(4);

  private final Batch first = batch("first", PAUSE, true);
  private final Batch second = batch("second", Duration.ZERO, false);
  private final Batch third = batch("third", Duration.ZERO, true);
  private final Rollout rollout = new Rollout("alpha", "alpha", List.of(first, second, third));

  /** Since noon. */
  private record Stands(Batch batch, State state) {}

  @Test
  void itBeginsWithTheFirstWave() {
    assertThat(rollout.next(Map.of(), NOON)).isEqualTo(new Step.Start(first));
  }

  @Test
  void nothingIsStartedTwice() {
    assertThat(next(NOON, stands(first, State.PENDING))).isEqualTo(new Step.UnderWay(first));
  }

  @Test
  void aPauseIsKeptToTheSecond() {
    var done = stands(first, State.SUCCESS);

    assertThat(next(NOON.plus(PAUSE).minusSeconds(1), done))
        .isEqualTo(new Step.Paused(second, NOON.plus(PAUSE)));
    assertThat(next(NOON.plus(PAUSE), done)).isEqualTo(new Step.Start(second));
  }

  @Test
  void aFailureStopsTheNextWaveWhereThePolicySaysSo() {
    assertThat(next(NOON, stands(first, State.FAILURE))).isEqualTo(new Step.Stopped(first));
    assertThat(next(NOON, stands(first, State.ERROR))).isEqualTo(new Step.Stopped(first));
    assertThat(next(NOON.plus(PAUSE), stands(first, State.SUCCESS), stands(second, State.FAILURE)))
        .isEqualTo(new Step.Start(third));
  }

  /** Whether its run is lost, GitHub knows. */
  @Test
  void aWaveMayTakeForDays() {
    assertThat(next(NOON.plus(Duration.ofDays(20)), stands(first, State.PENDING)))
        .isEqualTo(new Step.UnderWay(first));
  }

  @Test
  void itEnds() {
    assertThat(
            next(
                NOON.plus(PAUSE),
                stands(first, State.SUCCESS),
                stands(second, State.SUCCESS),
                stands(third, State.SUCCESS)))
        .isEqualTo(new Step.Finished());
    assertThat(new Rollout("dev", "dev", List.of()).next(Map.of(), NOON))
        .isEqualTo(new Step.Finished());
  }

  /** Statuses of another channel, or of a test, are none of its business. */
  @Test
  void otherContextsDoNotCount() {
    var others = Map.of("deploy/stable/first", new Standing(State.SUCCESS, NOON));

    assertThat(rollout.next(others, NOON)).isEqualTo(new Step.Start(first));
  }

  /** Whatever the fleet: each cluster that stands is deployed once, and no other. */
  @Test
  void theBatchesAreTheChannelsClustersEachOnce() {
    var random = new Random(7);
    for (int round = 0; round < 50; round++) {
      var fleet =
          IntStream.range(0, random.nextInt(40))
              .mapToObj(number -> RandomClusters.of(random, number))
              .toList();
      for (var name : List.of("dev", "alpha", "stable")) {
        var deployed =
            Batch.of(channel(name, wave("hurting", 1), wave("minor", 2)), fleet).stream()
                .flatMap(batch -> batch.clusters().stream())
                .toList();

        assertThat(deployed)
            .containsExactlyInAnyOrderElementsOf(
                fleet.stream()
                    .filter(cluster -> cluster.channel().equals(name))
                    .filter(cluster -> cluster.lifecycleStatus() == LifecycleStatus.READY)
                    .toList());
      }
    }
  }

  @Test
  void aClusterThatNoWaveSelectsComesLastAndAlone() {
    var batches = Batch.of(channel("alpha", wave("minor", 2)), clusters(3, 4));

    assertThat(batches)
        .singleElement()
        .satisfies(batch -> {
          assertThat(batch.name()).isEqualTo(Batch.REST);
          assertThat(batch.maxInFlight()).isEqualTo(1);
        });
  }

  /** As docs/operations/channels.md says of a policy that leaves them out. */
  @Test
  void allClustersOfAChannelWithoutWavesFollowAtOnce() {
    var batches = Batch.of(channel("alpha"), clusters(3, 300));

    assertThat(batches).extracting(Batch::name).containsExactly(".rest", ".rest.2");
    assertThat(batches).extracting(Batch::maxInFlight).containsExactly(256, 44);
  }

  @Test
  void aWaveOfMoreThanOneMatrixTakesIsSplitWithoutAPauseBetween() {
    var batches = Batch.of(channel("alpha", wave("minor", 2)), clusters(2, 600));

    assertThat(batches).extracting(Batch::name).containsExactly("minor", "minor.2", "minor.3");
    assertThat(batches).extracting(batch -> batch.clusters().size()).containsExactly(256, 256, 88);
    assertThat(batches)
        .extracting(Batch::pause)
        .containsExactly(Duration.ZERO, Duration.ZERO, PAUSE);
    var all = batches.stream().flatMap(batch -> batch.clusters().stream()).toList();
    assertThat(new HashSet<>(all)).hasSize(600);
  }

  /** Two of one name would be one to statuses, and one of them forgotten. */
  @Test
  void noNameOfAWaveIsAnotherBatchesName() {
    var channel = channel("alpha", wave("rest", 1), wave("main", 2), wave("main-2", 7));
    var fleet = Stream.of(clusters(1, 1), clusters(2, 300), clusters(3, 300)).flatMap(List::stream);

    assertThat(Batch.of(channel, fleet.toList()))
        .extracting(Batch::name)
        .hasSize(5)
        .doesNotHaveDuplicates();
    assertThat(Batch.of(channel("alpha", wave("main", 2), wave("main-2", 3)), clusters(2, 300)))
        .extracting(Batch::name)
        .doesNotContain("main-2");
  }

  private Step next(Instant now, Stands... standings) {
    var all = new TreeMap<String, Standing>();
    Arrays.stream(standings)
        .forEach(
            stands -> all.put(rollout.context(stands.batch), new Standing(stands.state, NOON)));
    return rollout.next(all, now);
  }

  private static Stands stands(Batch batch, State state) {
    return new Stands(batch, state);
  }

  private static Batch batch(String name, Duration pause, boolean stopOnFailure) {
    return new Batch(name, clusters(1, 1), 1, pause, stopOnFailure);
  }

  private static Channel channel(String name, Wave... waves) {
    return new Channel(name, name, Optional.empty(), Gates.NONE, List.of(), List.of(waves));
  }

  private static Wave wave(String name, int criticality) {
    var selector =
        new Wave.Selector(
            new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>(List.of(criticality)));
    return new Wave(name, selector, PAUSE, 5, true);
  }

  /** Of alpha, with this criticality, that stand. */
  private static List<Cluster> clusters(int criticality, int count) {
    var random = new Random(11);
    var clusters = new ArrayList<Cluster>();
    for (int number = 0; number < count; number++) {
      clusters.add(standing(RandomClusters.of(random, number), criticality));
    }
    return clusters;
  }

  private static Cluster standing(Cluster cluster, int criticality) {
    return new Cluster(
        cluster.id(),
        cluster.alias(),
        cluster.owner(),
        cluster.environment(),
        criticality,
        "alpha",
        LifecycleStatus.READY,
        cluster.api(),
        cluster.hostedZone(),
        cluster.zones(),
        cluster.vpc(),
        cluster.ami(),
        cluster.bootstrap(),
        cluster.configItems(),
        cluster.nodePools());
  }
}
