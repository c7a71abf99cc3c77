package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.model.Symbol;
import dev.fairway.release.Release;
import dev.fairway.release.ReleaseManifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The pods of a release that draining evicts, and the budgets that it honours. */
public final class Workloads {
  private static final Set<String> EVICTED = Set.of("Deployment", "StatefulSet");

  /** What Kubernetes gives a pod that says nothing. */
  private static final int DEFAULT_GRACE = 30;

  private final ReleaseManifest manifest;
  private final List<Pods> pods = new ArrayList<>();
  private final List<Guard> guards = new ArrayList<>();

  private Workloads(ReleaseManifest manifest) {
    this.manifest = manifest;
  }

  /** What a workload runs. */
  private record Pods(
      String component,
      String namespace,
      JsonNode labels,
      Optional<Integer> count,
      Duration grace) {}

  /** A budget as it stands in a manifest. */
  private record Guard(String component, String namespace, String name, JsonNode spec) {}

  public static Workloads of(Release release) {
    var workloads = new Workloads(release.manifest());
    for (var component : release.manifest().components()) {
      release.objects(component.file()).forEach(object -> workloads.add(component.name(), object));
    }
    return workloads;
  }

  private void add(String component, JsonNode object) {
    var kind = object.path("kind").asText();
    var metadata = object.path("metadata");
    var namespace = metadata.path("namespace").asText();
    if (EVICTED.contains(kind)) {
      pods.add(pods(component, namespace, object.path("spec")));
    } else if (kind.equals("PodDisruptionBudget")) {
      guards.add(
          new Guard(component, namespace, metadata.path("name").asText(), object.path("spec")));
    }
  }

  private Pods pods(String component, String namespace, JsonNode spec) {
    var template = spec.path("template");
    return new Pods(
        component,
        namespace,
        template.path("metadata").path("labels"),
        count(spec.path("replicas")),
        Duration.ofSeconds(
            template.path("spec").path("terminationGracePeriodSeconds").asLong(DEFAULT_GRACE)));
  }

  /** A symbol counts as what it is where a cluster says nothing. */
  private Optional<Integer> count(JsonNode replicas) {
    if (replicas.isMissingNode()) {
      return Optional.of(1);
    }
    var token = Symbol.tokens(replicas.asText());
    var text =
        token.matches()
            ? Optional.ofNullable(manifest.symbols().get(token.group(2)))
                .flatMap(Symbol::initial)
                .map(value -> value.inline())
                .orElse("")
            : replicas.asText();
    return text.matches("[0-9]{1,6}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
  }

  /** The longest that a pod takes to end which draining evicts. */
  public Duration grace() {
    return pods.stream()
        .map(Pods::grace)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ofSeconds(DEFAULT_GRACE));
  }

  /** Those that slow down or block a node that drains. */
  public List<Budget> budgets() {
    return guards.stream().flatMap(guard -> budget(guard).stream()).sorted().toList();
  }

  private Optional<Budget> budget(Guard guard) {
    var guarded = pods.stream().filter(it -> isGuarded(it, guard)).toList();
    if (guarded.isEmpty()) {
      return Optional.empty();
    }
    var known = guarded.stream().allMatch(it -> it.count().isPresent());
    var replicas = guarded.stream().mapToInt(it -> it.count().orElse(1)).sum();
    var grace =
        guarded.stream().map(Pods::grace).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    var allowed = allowed(guard.spec(), replicas);
    return allowed >= replicas && allowed > 0
        ? Optional.empty()
        : Optional.of(
            new Budget(
                guard.component(),
                guard.namespace() + "/" + guard.name(),
                known ? Optional.of(replicas) : Optional.empty(),
                allowed,
                grace));
  }

  /** In {@code policy/v1} an empty selector selects all, and none at all selects none. */
  private static boolean isGuarded(Pods pods, Guard guard) {
    var selector = guard.spec().path("selector");
    return pods.namespace().equals(guard.namespace())
        && selector.isObject()
        && new LabelSelector(selector).selects(pods.labels());
  }

  private static int allowed(JsonNode spec, int replicas) {
    return spec.has("maxUnavailable")
        ? amount(spec.path("maxUnavailable"), replicas)
        : replicas - amount(spec.path("minAvailable"), replicas);
  }

  /** Kubernetes rounds a percentage up, of either kind. */
  private static int amount(JsonNode amount, int replicas) {
    var text = amount.asText();
    if (text.matches("[0-9]{1,3}%")) {
      return Math.ceilDiv(Integer.parseInt(text.replace("%", "")) * replicas, 100);
    }
    return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
  }
}
