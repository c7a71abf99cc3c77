package dev.fairway.deploy.kubernetes;

import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Event;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Whether what a release runs does run, and if not, why not. */
public final class Health {
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final String STEP = "health";

  /** What is looked at. */
  public enum Scope {
    /** What can run while the masters are the only nodes. */
    BEFORE_WORKERS,
    ALL
  }

  private final ClusterApi api;
  private final Manifests manifests;

  public Health(ClusterApi api, Manifests manifests) {
    this.api = api;
    this.manifests = manifests;
  }

  /**
   * Looks until all is healthy.
   *
   * @param nodes that must be there and ready, by name; asked at each look, and an error of it ends
   *     the wait
   * @return what is healthy; errors: when the time is over, each thing that is not, and why
   */
  public Outcome<List<ObjectRef>> await(
      Scope scope, Supplier<Outcome<Set<String>>> nodes, Deadline deadline, Listener listener) {
    var watched =
        manifests.all().stream()
            .filter(manifest -> Workload.isIn(scope, manifest))
            .map(Manifest::ref)
            .toList();
    var told = new HashMap<String, String>();
    return deadline
        .poll(
            PAUSE,
            () -> {
              var wanted = nodes.get();
              var found = wanted.then(names -> look(watched, names, deadline));
              found.value().ifPresent(symptoms -> tell(symptoms, listener, told));
              return Optional.of(found).filter(_ -> wanted.value().isEmpty() || isFinal(found));
            })
        .orElseGet(() -> nodes.get().then(names -> look(watched, names, deadline)))
        .then(symptoms -> Outcome.unlessErrors(diagnostics(symptoms), () -> watched));
  }

  /** Nobody becomes allowed to ask by asking again; a server that is away comes back. */
  private static boolean isFinal(Outcome<List<Symptom>> found) {
    return found
        .value()
        .map(List::isEmpty)
        .orElseGet(() ->
            found.diagnostics().all().stream()
                .anyMatch(diagnostic ->
                    diagnostic.code() == Code.API_STRANGER
                        || diagnostic.code() == Code.API_FORBIDDEN));
  }

  private static Diagnostics diagnostics(List<Symptom> symptoms) {
    return new Diagnostics(symptoms.stream().map(Symptom::diagnostic).toList());
  }

  private Outcome<List<Symptom>> look(
      List<ObjectRef> watched, Set<String> nodes, Deadline deadline) {
    var workloads = new WorkloadHealth(api, deadline);
    var looks = new ArrayList<>(Parallel.map(watched, workloads::of));
    looks.add(new NodeHealth(api, deadline).of(nodes));
    return Outcomes.all(looks).map(found -> found.stream().flatMap(List::stream).toList());
  }

  /** Only what is new is told; what got well is told too. */
  private static void tell(List<Symptom> symptoms, Listener listener, Map<String, String> told) {
    var now = new HashMap<String, String>();
    symptoms.forEach(symptom -> now.put(symptom.name(), symptom.words()));
    told.keySet().stream()
        .filter(name -> !now.containsKey(name))
        .sorted()
        .forEach(name -> listener.told(new Event.Item(STEP, name, "healthy")));
    symptoms.stream()
        .filter(symptom -> !symptom.words().equals(told.get(symptom.name())))
        .forEach(symptom -> listener.told(new Event.Item(STEP, symptom.name(), symptom.words())));
    told.clear();
    told.putAll(now);
  }
}
