package dev.fairway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.deploy.aws.AwsResource;
import dev.fairway.deploy.aws.Estate;
import dev.fairway.deploy.aws.Layer;
import dev.fairway.deploy.aws.Reclaim;
import dev.fairway.deploy.aws.Retained;
import dev.fairway.deploy.aws.StackState;
import dev.fairway.deploy.aws.StackStatus;
import dev.fairway.deploy.kubernetes.Contents;
import dev.fairway.deploy.kubernetes.ObjectRef;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Cluster;
import dev.fairway.source.RandomClusters;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The order of a destruction, and what it refuses before it begins. */
class DestroyTest {
  private static final Cluster CLUSTER = RandomClusters.of(new Random(1), 1);
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  private final List<String> calls = new ArrayList<>();
  private final TreeMap<String, Optional<Reclaim>> volumes = new TreeMap<>();
  private final TreeMap<String, Boolean> known = new TreeMap<>();
  private Runnable duringClear = () -> {};
  private boolean isLockLost;
  private final List<StackState> stacks = new ArrayList<>(List.of(stack("control-plane", false)));

  @Test
  void whatStandsOnSomethingGoesBeforeIt() {
    var report = destroy(Optional.empty());

    assertThat(report.run().diagnostics()).isEqualTo(Diagnostics.NONE);
    assertThat(calls)
        .containsExactly(
            "enter",
            "clear",
            "empty pools",
            "delete pools",
            "empty control-plane",
            "delete control-plane",
            "leave",
            "sweep",
            "empty etcd",
            "delete etcd",
            "records",
            "empty foundation",
            "delete foundation",
            "empty network",
            "delete network");
    assertThat(report.run().changes()).contains(new Change("stack", "etcd", "deleted"));
  }

  @Test
  void aProtectedStackIsRefusedBeforeAnythingIsTouched() {
    stacks.add(stack("etcd", true));

    var report = destroy(Optional.empty());

    assertThat(codes(report)).containsExactly(Code.TERMINATION_PROTECTED);
    assertThat(calls).isEmpty();
  }

  @Test
  void aPlanChangesNothingAndWarnsOfWhatWouldBeRefused() {
    stacks.add(stack("etcd", true));
    volumes.put("vol-unknown", Optional.empty());

    var report = plan(Optional.empty());

    assertThat(report.run().succeeded()).isTrue();
    assertThat(codes(report))
        .containsExactly(Code.TERMINATION_PROTECTED, Code.UNKNOWN_RECLAIM_POLICY);
    assertThat(calls).containsExactly("look");
    assertThat(report.run().changes())
        .contains(new Change("stack", "network", "deleted"))
        .doesNotContain(new Change("AWS::EC2::Volume", "vol-unknown", "deleted"));
  }

  @Test
  void aVolumeOfWhichNobodyKnowsIsRefusedUntilSomebodyDecides() {
    volumes.put("vol-unknown", Optional.empty());

    assertThat(codes(destroy(Optional.empty()))).containsExactly(Code.UNKNOWN_RECLAIM_POLICY);
    assertThat(calls).containsExactly("enter");

    assertThat(destroy(Optional.of(Reclaim.DELETE)).run().succeeded()).isTrue();
    assertThat(calls).contains("delete vol-unknown");
  }

  @Test
  void whoeverSaysThatAVolumeIsToBeKeptIsBelieved() {
    volumes.put("vol-1-tag-and-volume-disagree", Optional.of(Reclaim.RETAIN));
    known.put("vol-1-tag-and-volume-disagree", false);
    volumes.put("vol-2-volume-says-keep", Optional.of(Reclaim.DELETE));
    known.put("vol-2-volume-says-keep", true);
    volumes.put("vol-3-delete", Optional.empty());
    known.put("vol-3-delete", false);
    volumes.put("vol-4-known-from-a-killed-run", Optional.of(Reclaim.DELETE));

    assertThat(destroy(Optional.empty()).run().succeeded()).isTrue();

    assertThat(calls)
        .containsSubsequence("retain vol-2-volume-says-keep", "delete vol-3-delete", "clear")
        .noneMatch(call -> call.contains("vol-1") || call.contains("vol-4"));
  }

  @Test
  void aVolumeThatIsClaimedWhileWorkloadsEndIsAskedAboutToo() {
    duringClear =
        () -> {
          volumes.put("vol-late", Optional.empty());
          known.put("vol-late", true);
        };

    assertThat(destroy(Optional.empty()).run().succeeded()).isTrue();

    assertThat(calls).containsSubsequence("clear", "retain vol-late", "delete control-plane");
  }

  @Test
  void aVolumeOfWhichNothingIsWrittenIsNotSweptAway() {
    duringClear = () -> volumes.put("vol-late", Optional.empty());

    assertThat(codes(destroy(Optional.empty()))).containsExactly(Code.UNKNOWN_RECLAIM_POLICY);
    assertThat(calls).contains("delete control-plane").doesNotContain("sweep");

    assertThat(destroy(Optional.of(Reclaim.RETAIN)).run().succeeded()).isTrue();
    assertThat(calls).containsSubsequence("retain vol-late", "sweep");
  }

  @Test
  void aPlanNamesVolumesThatWouldBeMarkedFirst() {
    volumes.put("vol-1-unwritten", Optional.empty());
    known.put("vol-1-unwritten", false);
    volumes.put("vol-2-kept-by-now", Optional.of(Reclaim.DELETE));
    known.put("vol-2-kept-by-now", true);

    assertThat(plan(Optional.empty()).run().changes())
        .contains(new Change("AWS::EC2::Volume", "vol-1-unwritten", "deleted"))
        .doesNotContain(new Change("AWS::EC2::Volume", "vol-2-kept-by-now", "deleted"));
  }

  @Test
  void whoeverLostTheLockDeletesNothingMore() {
    duringClear = () -> isLockLost = true;

    assertThat(codes(destroy(Optional.empty()))).containsExactly(Code.LEASE_LOST);
    assertThat(calls).containsExactly("enter", "clear");
  }

  @Test
  void withoutMastersNoApiIsAsked() {
    stacks.clear();

    assertThat(destroy(Optional.empty()).run().succeeded()).isTrue();

    assertThat(calls).doesNotContain("enter");
  }

  private DestroyReport destroy(Optional<Reclaim> unknown) {
    try (var destroy =
        new Destroy(
            CLUSTER,
            options(unknown),
            new RecordedEstate(),
            new RecordedContents(),
            Listener.SILENT,
            CLOCK)) {
      return destroy.run();
    }
  }

  private DestroyReport plan(Optional<Reclaim> unknown) {
    try (var plan =
        new DestroyPlan(
            CLUSTER,
            options(unknown),
            new RecordedEstate(),
            new RecordedContents(),
            Listener.SILENT,
            CLOCK)) {
      return plan.run();
    }
  }

  private static DestroyOptions options(Optional<Reclaim> unknown) {
    return new DestroyOptions("ada", Duration.ofHours(1), Duration.ZERO, unknown);
  }

  private static List<Code> codes(DestroyReport report) {
    return report.run().diagnostics().all().stream().map(Diagnostic::code).toList();
  }

  private static StackState stack(String name, boolean isProtected) {
    return new StackState(
        name,
        "x-" + name,
        "arn:" + name,
        StackStatus.CREATE_COMPLETE,
        Optional.empty(),
        isProtected,
        new TreeMap<>(),
        new TreeMap<>(),
        Instant.EPOCH);
  }

  private final class RecordedContents implements Contents {
    @Override
    public Outcome<Boolean> look(Deadline deadline) {
      return called("look", true);
    }

    @Override
    public Outcome<Boolean> enter(Deadline deadline) {
      return called("enter", true);
    }

    @Override
    public Outcome<Survey> survey(Deadline deadline) {
      return Outcome.of(new Survey(List.of(), known));
    }

    @Override
    public Outcome<List<ObjectRef>> clear(Deadline deadline) {
      duringClear.run();
      return called("clear", List.of());
    }

    @Override
    public Optional<Diagnostic> objection() {
      return isLockLost
          ? Optional.of(Diagnostic.general(Code.LEASE_LOST, "the lease is lost", "none"))
          : Optional.empty();
    }

    @Override
    public void leave() {
      calls.add("leave");
    }

    @Override
    public void close() {}
  }

  private <T> Outcome<T> called(String call, T answer) {
    calls.add(call);
    return Outcome.of(answer);
  }

  private final class RecordedEstate implements Estate {
    @Override
    public Estate guardedBy(Supplier<Optional<Diagnostic>> question) {
      return this;
    }

    @Override
    public Outcome<String> caller() {
      return Outcome.of("somebody");
    }

    @Override
    public Outcome<List<StackState>> stacks() {
      return Outcome.of(stacks);
    }

    @Override
    public Outcome<List<AwsResource>> stacks(Layer layer) {
      return Outcome.of(List.of(new AwsResource("stack", layer.word())));
    }

    @Override
    public Outcome<SortedMap<String, Optional<Reclaim>>> volumes() {
      return Outcome.of(volumes);
    }

    @Override
    public Outcome<List<String>> mark(Collection<String> ids, Reclaim reclaim) {
      ids.forEach(id -> calls.add(reclaim.word() + " " + id));
      ids.forEach(id -> volumes.put(id, Optional.of(reclaim)));
      return Outcome.of(List.copyOf(ids));
    }

    @Override
    public Outcome<List<AwsResource>> leftovers() {
      return Outcome.of(
          volumes.entrySet().stream()
              .filter(volume -> volume.getValue().equals(Optional.of(Reclaim.DELETE)))
              .map(volume -> new AwsResource("AWS::EC2::Volume", volume.getKey()))
              .toList());
    }

    @Override
    public Outcome<List<AwsResource>> memberRecords() {
      return Outcome.of(List.of());
    }

    @Override
    public Outcome<List<AwsResource>> fullBuckets(Layer layer) {
      return Outcome.of(List.of());
    }

    @Override
    public Outcome<List<AwsResource>> empty(Layer layer, Deadline deadline) {
      return called("empty " + layer.word(), List.of());
    }

    @Override
    public Outcome<List<AwsResource>> delete(Layer layer, Deadline deadline) {
      return called("delete " + layer.word(), List.of(new AwsResource("stack", layer.word())));
    }

    @Override
    public Outcome<List<AwsResource>> sweep(Deadline deadline) {
      return called("sweep", List.of());
    }

    @Override
    public Outcome<List<AwsResource>> deleteMemberRecords(Deadline deadline) {
      return called("records", List.of());
    }

    @Override
    public Outcome<List<Retained>> retained() {
      return Outcome.of(List.of());
    }

    @Override
    public void close() {}
  }
}
