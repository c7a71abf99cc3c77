package dev.fairway.channel;

import dev.fairway.Compiled;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.diff.Edited;
import dev.fairway.release.Folders;
import dev.fairway.release.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.ObjectId;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A promotion from fetching to the end of the push, after thousands of others. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 20)
@Fork(1)
public class PromoteBenchmark {
  private static final int COMMITS = 5_000;

  /** Of how large a release. */
  public enum Size {
    TINY,
    /** With all components, one of which and one template are not as they were. */
    WHOLE,
    /** With all components, each file of which is another. */
    WHOLE_AND_ALL_CHANGED
  }

  @Param private Size size = Size.TINY;

  private Path folder = Path.of("");
  private Optional<Harbour> harbour = Optional.empty();
  private Map<String, ObjectId> before = Map.of();

  /** Minutes, most of it Git's own packing. */
  @Setup
  public void history() throws IOException {
    folder = Files.createTempDirectory("promote");
    var made =
        switch (size) {
          case TINY ->
              LongHistory.of(
                  folder,
                  COMMITS,
                  TinyReleases.of("the last but one"),
                  TinyReleases.of("the last one"));
          case WHOLE -> LongHistory.of(folder, COMMITS, Compiled.release(), littleChanged());
          case WHOLE_AND_ALL_CHANGED ->
              LongHistory.of(folder, COMMITS, Compiled.release(), Edited.everywhere());
        };
    harbour = Optional.of(made);
    try (var repository = made.open()) {
      before = repository.fetch().tips();
    }
  }

  private static Release littleChanged() {
    return Edited.compiled()
        .replace("manifests/coredns.yaml", "name: coredns", "name: coredns-again")
        .replace("templates/foundation.json", "Description\": \"", "Description\": \"Not ")
        .release();
  }

  @Setup(Level.Invocation)
  public void goBack() throws IOException {
    var made = harbour.orElseThrow();
    try (var forger = new Forger(made.remote);
        var clone = made.open()) {
      for (var branch : before.entrySet()) {
        forger.move(branch.getKey(), branch.getValue());
        var tracking = clone.git().updateRef("refs/remotes/origin/" + branch.getKey());
        tracking.setNewObjectId(branch.getValue());
        tracking.forceUpdate();
      }
      // A machine of CI has a new clone each time, which found nothing good yet.
      for (var found : clone.git().getRefDatabase().getRefsByPrefix("refs/fairway/")) {
        var update = clone.git().updateRef(found.getName());
        update.setForceUpdate(true);
        update.delete();
      }
    }
  }

  /** With a budget for what may be lost. */
  @Benchmark
  public ActReport promote() {
    return promote("alpha");
  }

  /** What is published and waits is looked through for the one that was tested. */
  @Benchmark
  public ActReport promoteToTheFirst() {
    return promote("dev");
  }

  private ActReport promote(String channel) {
    var made = harbour.orElseThrow();
    try (var repository = made.open()) {
      var report =
          new Promotions(
                  repository, Optional.of(made.ci), InstantSource.fixed(made.now), Losses::between)
              .promote(channel, Optional.empty(), false)
              .value()
              .orElseThrow();
      Harbour.mustMove(ActReport.State.MOVED, Outcome.of(report));
      return report;
    }
  }

  @TearDown
  public void clean() throws IOException {
    Folders.delete(folder);
  }
}
