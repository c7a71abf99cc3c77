package dev.fairway.platform.component.autoscaling;

import dev.fairway.model.Quantity;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Bool;
import dev.fairway.platform.component.CustomKind;
import dev.fairway.platform.component.CustomKind.Scope;
import dev.fairway.platform.component.Field;
import dev.fairway.platform.component.Resources;
import dev.fairway.platform.component.Workload;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The {@code spec} of a VerticalPodAutoscaler: which containers of a workload are given the CPU and
 * memory that they are seen to use, and within which bounds. A component makes the object so:
 *
 * <pre>{@code
 * VerticalPodAutoscaler.of(statefulSet(), Updates.RECREATE)
 *     .sizing("prometheus", Range.of(CPU), Range.of(MEMORY))
 *     .object(PROMETHEUS)
 * }</pre>
 *
 * <p>What a cluster sets is the least that the workload is given, never undone by the autoscaler:
 * {@link #leastFields}.
 *
 * <p>The kind is there only while the vertical pod autoscaler is. So the object stands in a
 * component of its own, which has {@link #ENABLED} and the switch of the workload's component in
 * its {@code needs()}, and is off when either is.
 *
 * @param targetRef what makes the pods
 * @see <a href="https://github.com/kubernetes/autoscaler/tree/master/vertical-pod-autoscaler">the
 *     autoscaler</a>
 */
public record VerticalPodAutoscaler(
    Target targetRef, UpdatePolicy updatePolicy, ResourcePolicy resourcePolicy) {

  /** The switch of the whole vertical pod autoscaler: its kinds and its three programs. */
  public static final Symbol ENABLED =
      Symbol.setting(
          "vertical_pod_autoscaler_enabled",
          new Bool(),
          "true",
          "Whether the vertical pod autoscaler runs; without it pods keep the requests that they"
              + " are given, and every VerticalPodAutoscaler goes with the kind");

  static final CustomKind KIND =
      new CustomKind(
          "autoscaling.k8s.io",
          "v1",
          "VerticalPodAutoscaler",
          "verticalpodautoscalers",
          Scope.NAMESPACED,
          List.of("vpa"),
          new TreeMap<>(
              Map.of(
                  "Mode", ".spec.updatePolicy.updateMode",
                  "CPU", ".status.recommendation.containerRecommendations[0].target.cpu",
                  "Memory", ".status.recommendation.containerRecommendations[0].target.memory")));

  /** Stands for all containers that are not named. */
  private static final ContainerPolicy OTHERS =
      new ContainerPolicy("*", "Off", new TreeMap<>(), new TreeMap<>());

  private static final int REPLICAS_TO_EVICT_ONE = 2;

  /** What the recommender keeps over its restarts. */
  private static final CustomKind CHECKPOINT =
      new CustomKind(
          KIND.group(),
          "v1",
          "VerticalPodAutoscalerCheckpoint",
          "verticalpodautoscalercheckpoints",
          Scope.NAMESPACED,
          List.of("vpacheckpoint"),
          new TreeMap<>());

  /** When a pod comes to its new size. */
  public enum Updates {
    /** Never: what it should be stands in the object's status, for people to read. */
    OFF("Off"),
    /** When it is created the next time, for whatever reason. */
    INITIAL("Initial"),
    /** Soon, evicted as disruption budgets allow. */
    RECREATE("Recreate"),
    /** Soon, without a restart where its node has room, else evicted. */
    IN_PLACE_OR_RECREATE("InPlaceOrRecreate");

    private final String mode;

    Updates(String mode) {
      this.mode = mode;
    }
  }

  /** The object that makes the pods, in the same namespace. */
  public record Target(String apiVersion, String kind, String name) {}

  /**
   * When pods are changed.
   *
   * @param minReplicas of fewer pods that are alive none is evicted
   */
  public record UpdatePolicy(String updateMode, int minReplicas) {}

  public record ResourcePolicy(List<ContainerPolicy> containerPolicies) {
    public ResourcePolicy {
      containerPolicies = List.copyOf(containerPolicies);
    }
  }

  /**
   * What one container is given, or all that are not named.
   *
   * @param mode {@code Auto} or {@code Off}
   * @param minAllowed quantities by resource
   */
  public record ContainerPolicy(
      String containerName,
      String mode,
      SortedMap<String, String> minAllowed,
      SortedMap<String, String> maxAllowed) {
    public ContainerPolicy {
      minAllowed = Collections.unmodifiableSortedMap(new TreeMap<>(minAllowed));
      maxAllowed = Collections.unmodifiableSortedMap(new TreeMap<>(maxAllowed));
    }
  }

  /** From the least to the most that a container is given. */
  public record Range(Quantity least, Quantity most) {
    public Range {
      if (least.compareTo(most) > 0) {
        throw new IllegalArgumentException("least " + least + " is above most " + most);
      }
    }

    public static Range of(String least, String most) {
      return new Range(Quantity.of(least), Quantity.of(most));
    }

    /** From a setting's initial value to the most that a cluster can set. */
    public static Range of(Symbol setting) {
      return of(setting.initial().orElseThrow().inline(), Resources.most(setting));
    }
  }

  /** Of this Deployment, StatefulSet or DaemonSet; it leaves all containers as they are. */
  public static VerticalPodAutoscaler of(HasMetadata workload, Updates updates) {
    return new VerticalPodAutoscaler(
        new Target(workload.getApiVersion(), workload.getKind(), workload.getMetadata().getName()),
        new UpdatePolicy(updates.mode, Math.min(replicas(workload), REPLICAS_TO_EVICT_ONE)),
        new ResourcePolicy(List.of(OTHERS)));
  }

  /** Of a program with one pod that pod must go, or it would never be given what it needs. */
  private static int replicas(HasMetadata workload) {
    return switch (workload) {
      case Deployment it -> it.getSpec().getReplicas();
      case StatefulSet it -> it.getSpec().getReplicas();
      default -> REPLICAS_TO_EVICT_ONE;
    };
  }

  /**
   * The same, this container sized too. A limit of memory moves with its request, so that it stays
   * equal to it; of CPU there is none.
   */
  public VerticalPodAutoscaler sizing(String container, Range cpu, Range memory) {
    var policy =
        new ContainerPolicy(
            container,
            "Auto",
            resources(cpu.least(), memory.least()),
            resources(cpu.most(), memory.most()));
    return new VerticalPodAutoscaler(
        targetRef,
        updatePolicy,
        new ResourcePolicy(
            Stream.concat(Stream.of(policy), resourcePolicy.containerPolicies().stream())
                .toList()));
  }

  /** Where the settings stand in the object of a workload of which one container is sized. */
  public static List<Field> leastFields(HasMetadata workload, Symbol cpu, Symbol memory) {
    var name = workload.getMetadata().getName();
    var least = "/spec/resourcePolicy/containerPolicies/0/minAllowed";
    return List.of(
        new Field(KIND.kind(), name, least + "/cpu", cpu),
        new Field(KIND.kind(), name, least + "/memory", memory));
  }

  private static SortedMap<String, String> resources(Quantity cpu, Quantity memory) {
    return new TreeMap<>(Map.of("cpu", cpu.toString(), "memory", memory.toString()));
  }

  /** The object, of the same name as its target. */
  public GenericKubernetesResource object(Workload owner) {
    return KIND.object(owner.metadata(targetRef.name()), this);
  }

  /** Both must be there before an object of either is. */
  public static List<HasMetadata> definitions(Workload owner) {
    return List.of(
        approved(KIND.definition(owner, VerticalSchemas.spec(), VerticalSchemas.status())),
        approved(
            withoutStatusApart(
                CHECKPOINT.definition(
                    owner, VerticalSchemas.checkpointSpec(), VerticalSchemas.checkpointStatus()))));
  }

  /** The recommender writes a checkpoint's two halves at once: one of them would be dropped. */
  private static CustomResourceDefinition withoutStatusApart(CustomResourceDefinition definition) {
    return definition
        .edit()
        .editSpec()
        .editFirstVersion()
        .withSubresources(null)
        .endVersion()
        .endSpec()
        .build();
  }

  /** Groups of Kubernetes' own take only kinds that name the review of their API. */
  private static CustomResourceDefinition approved(CustomResourceDefinition definition) {
    return definition
        .edit()
        .editMetadata()
        .addToAnnotations(
            "api-approved.kubernetes.io", "https://github.com/kubernetes/kubernetes/pull/63797")
        .endMetadata()
        .build();
  }
}
