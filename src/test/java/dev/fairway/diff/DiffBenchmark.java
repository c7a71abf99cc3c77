package dev.fairway.diff;

import dev.fairway.Compiled;
import dev.fairway.diff.fleet.FleetImpact;
import dev.fairway.link.LinkableClusters;
import dev.fairway.release.Release;
import dev.fairway.source.ClusterSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Two releases with all components, every file of which differs, in under 1 s; what that changes
 * about 1,000 clusters in under 3 s. Nothing is warm at a command's first and only call.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(5)
public class DiffBenchmark {
  private Release before = Compiled.release();
  private Release after = before;
  private List<ClusterSource> fleet = List.of();
  private List<ClusterSource> unlike = List.of();

  @Setup
  public void change() {
    after = Edited.everywhere();
    unlike = LinkableClusters.of(new Random(6), 1_000);
    fleet = LinkableClusters.alike(new Random(6), 1_000, 25);
  }

  @Benchmark
  public ReleaseDiff releases() {
    return ReleaseDiff.between(before, after);
  }

  @Benchmark
  public FleetImpact thousandClusters() {
    return FleetImpact.between(before, after, fleet, Map.of());
  }

  /** No two have the same settings, and hardly two the same components. */
  @Benchmark
  public FleetImpact thousandUnlikeClusters() {
    return FleetImpact.between(before, after, unlike, Map.of());
  }
}
