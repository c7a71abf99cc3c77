package dev.fairway.e2e;

import dev.fairway.diagnostic.Code;
import dev.fairway.e2e.FairwayProcess.Ended;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two identical clusters at the same time, as a deploy leaves a core idle. On the quiet one nothing
 * is killed until it is known what a deploy comes to; on the other everything is, from its creation
 * on. What is killed at random is then shared by both.
 */
final class KillCampaign implements AutoCloseable {
  static final int CHAINS_OF_CHANCE = 10;

  private final long seed;
  private final Wanted before = Wanted.before();
  private final Wanted after = Wanted.after();
  private final CompletableFuture<Quiet> quiet = new CompletableFuture<>();
  private final CompletableFuture<KillChain> creation = new CompletableFuture<>();
  private final CompletableFuture<List<KillChain>> changes = new CompletableFuture<>();
  private final CompletableFuture<Void> quietLane = new CompletableFuture<>();
  private final CompletableFuture<Void> killedLane = new CompletableFuture<>();
  private final List<KillChain> chance = new CopyOnWriteArrayList<>();
  private final List<KilledDeploys> opened = new CopyOnWriteArrayList<>();
  private final AtomicInteger chains = new AtomicInteger();
  private final ExecutorService lanes = Executors.newFixedThreadPool(2);

  /**
   * What an undisturbed cluster comes to.
   *
   * @param change what its change said
   */
  record Quiet(EndState created, EndState changed, EndState changedBack, Ended change) {}

  private KillCampaign(long seed) {
    this.seed = seed;
  }

  static KillCampaign start(long seed) {
    var campaign = new KillCampaign(seed);
    campaign.lanes.execute(campaign::onTheQuietOne);
    campaign.lanes.execute(campaign::onTheOther);
    return campaign;
  }

  CompletableFuture<Quiet> quiet() {
    return quiet;
  }

  /** A cluster that was made by deploys which were killed between each step and the next. */
  CompletableFuture<KillChain> creation() {
    return creation;
  }

  /** Changes there and back, killed at the same places. */
  CompletableFuture<List<KillChain>> changes() {
    return changes;
  }

  /** The same, killed at any moment. */
  CompletableFuture<List<KillChain>> chance() {
    return CompletableFuture.allOf(quietLane, killedLane).thenApply(_ -> List.copyOf(chance));
  }

  /** What the last deploy on each told, by the cluster's name. */
  SortedMap<String, Path> lastLogs() {
    var logs = new TreeMap<String, Path>();
    opened.forEach(deploys -> logs.put(deploys.name(), deploys.lastLog()));
    return logs;
  }

  private KilledDeploys open(String name) {
    var deploys = new KilledDeploys(World.of("e2e", name), name);
    opened.add(deploys);
    return deploys;
  }

  private void onTheQuietOne() {
    try (var deploys = open("quiet")) {
      quiet.complete(undisturbed(deploys));
      atRandom(deploys);
      quietLane.complete(null);
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private void onTheOther() {
    try (var deploys = open("killed")) {
      creation.complete(killedCreation(deploys));
      changes.complete(killedChanges(deploys));
      atRandom(deploys);
      killedLane.complete(null);
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private void fail(Throwable cause) {
    for (var result : List.of(quiet, creation, changes, quietLane, killedLane)) {
      result.completeExceptionally(cause);
    }
  }

  private Quiet undisturbed(KilledDeploys deploys) {
    requireEmptySecrets(deploys.toItsEnd(before));
    deploys.fillSecrets();
    deploys.toItsEnd(before).succeeded();
    var created = EndState.settled(deploys.world());
    var change = deploys.toItsEnd(after).succeeded();
    var changed = EndState.settled(deploys.world());
    deploys.toItsEnd(before).succeeded();
    return new Quiet(created, changed, EndState.settled(deploys.world()), change);
  }

  private KillChain killedCreation(KilledDeploys deploys) {
    var start = Instant.now();
    var deaths = new ArrayList<String>();
    var refused = killEachStep(deploys, before, 0, Integer.MAX_VALUE, deaths);
    requireEmptySecrets(refused.orElseThrow());
    deploys.fillSecrets();
    killEachStep(deploys, before, deaths.size() - 1, Integer.MAX_VALUE, deaths)
        .orElseThrow()
        .succeeded();
    deploys.requireNoOrphans();
    quiet.join().created().requireOf(deploys.world(), "after a creation that was killed");
    return new KillChain("creation", deaths, Duration.between(start, Instant.now()));
  }

  private static void requireEmptySecrets(Ended ended) {
    if (ended.code() != 1 || !ended.err().contains(Code.EMPTY_SECRET.id())) {
      throw new AssertionError("not stopped at empty secrets: %s".formatted(ended));
    }
  }

  private List<KillChain> killedChanges(KilledDeploys deploys) {
    var done = new ArrayList<KillChain>();
    var steps = 0;
    for (var isOver = false; !isOver; steps += KillChain.LENGTH) {
      var start = Instant.now();
      var deaths = new ArrayList<String>();
      var ended = killEachStep(deploys, next(deploys), steps, steps + KillChain.LENGTH, deaths);
      isOver = ended.isPresent();
      done.add(finish(deploys, "change " + (done.size() + 1), deaths, start));
    }
    return done;
  }

  /** Each deploy comes a step further than the one before; empty when all of them were killed. */
  private static Optional<Ended> killEachStep(
      KilledDeploys deploys, Wanted wanted, int from, int to, List<String> deaths) {
    for (int ended = from; ended < to; ended++) {
      var killed = deploys.betweenSteps(wanted, ended);
      if (!killed.isDead()) {
        return killed.ended();
      }
      deaths.add(killed.step());
    }
    return Optional.empty();
  }

  private void atRandom(KilledDeploys deploys) {
    quiet.join();
    for (int chain = chains.getAndIncrement();
        chain < CHAINS_OF_CHANCE;
        chain = chains.getAndIncrement()) {
      var start = Instant.now();
      var deaths = killAnyTime(deploys, next(deploys), new Random(seed + chain));
      chance.add(finish(deploys, "chance " + (chain + 1), deaths, start));
    }
  }

  /** What a chain has done already takes no time again, so its deploys get shorter and shorter. */
  private List<String> killAnyTime(KilledDeploys deploys, Wanted wanted, Random random) {
    var longest = quiet.join().change().took();
    var deaths = new ArrayList<String>();
    while (deaths.size() < KillChain.LENGTH) {
      var moment = longest.multipliedBy(random.nextInt(1000)).dividedBy(1000);
      var killed = deploys.after(wanted, moment);
      if (killed.isDead()) {
        deaths.add(killed.step());
      } else {
        killed.ended().orElseThrow().succeeded();
        longest = killed.lasted();
      }
    }
    return deaths;
  }

  /** The record turns to the other state with every chain. */
  private Wanted next(KilledDeploys deploys) {
    return deploys.wanted().equals(before) ? after : before;
  }

  private KillChain finish(KilledDeploys deploys, String name, List<String> deaths, Instant start) {
    var wanted = deploys.wanted();
    deploys.toItsEnd(wanted).succeeded();
    deploys.requireNoOrphans();
    var expected = wanted.equals(after) ? quiet.join().changed() : quiet.join().changedBack();
    expected.requireOf(
        deploys.world(), "%s to '%s', killed at %s".formatted(name, wanted.name(), deaths));
    return new KillChain(name, deaths, Duration.between(start, Instant.now()));
  }

  @Override
  public void close() {
    lanes.shutdownNow();
    try {
      // The engines of what was interrupted are ended on the way out.
      lanes.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
