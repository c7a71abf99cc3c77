package dev.fairway.workload;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.LifecycleBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import java.util.List;
import java.util.Map;

/** The pods of a JVM service. */
record JvmPods(JvmServiceProps props) {
  /** What the Service, the budget and the spread select, whatever the version is. */
  static final String APPLICATION = "application";

  static final String HTTP = "http";

  private static final String SCRATCH = "tmp";

  /** Five minutes: a large application that starts on a busy node. */
  private static final int STARTUP_FAILURES = 60;

  Map<String, String> labels() {
    return Map.of(APPLICATION, props.name());
  }

  PodTemplateSpec template() {
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(labels())
        .endMetadata()
        .withNewSpec()
        .withServiceAccountName(props.name())
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withTerminationGracePeriodSeconds(
            props.ending().drain().plus(props.ending().shutdown()).toSeconds())
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .withTopologySpreadConstraints(overZones())
        .withContainers(container())
        .addNewVolume()
        .withName(SCRATCH)
        .withNewEmptyDir()
        .endEmptyDir()
        .endVolume()
        .endSpec()
        .build();
  }

  /** A zone that is full or gone must not keep pods from the others. */
  private TopologySpreadConstraint overZones() {
    return new TopologySpreadConstraintBuilder()
        .withMaxSkew(1)
        .withTopologyKey("topology.kubernetes.io/zone")
        .withWhenUnsatisfiable("ScheduleAnyway")
        .withNewLabelSelector()
        .withMatchLabels(labels())
        .endLabelSelector()
        .withMatchLabelKeys("pod-template-hash")
        .build();
  }

  private Container container() {
    return new ContainerBuilder()
        .withName(props.name())
        .withImage(props.image().toString())
        .withEnv(environment())
        .addNewPort()
        .withName(HTTP)
        .withContainerPort(props.door().port())
        .withProtocol("TCP")
        .endPort()
        .withResources(resources())
        .withSecurityContext(restricted())
        .withStartupProbe(probe().edit().withFailureThreshold(STARTUP_FAILURES).build())
        .withReadinessProbe(probe())
        .withLifecycle(
            new LifecycleBuilder()
                .withNewPreStop()
                .withNewSleep(props.ending().drain().toSeconds())
                .endPreStop()
                .build())
        .addNewVolumeMount()
        .withName(SCRATCH)
        .withMountPath("/tmp")
        .endVolumeMount()
        .build();
  }

  /**
   * The heap follows the memory limit. {@code MEM_TOTAL_KB} is for images whose own script computes
   * the JVM's options from it; the last option makes a JVM that ran out of memory end, where
   * otherwise it would go on without the thread that failed.
   */
  private List<EnvVar> environment() {
    return List.of(
        new EnvVarBuilder()
            .withName("MEM_TOTAL_KB")
            .withNewValueFrom()
            .withNewResourceFieldRef()
            .withResource("limits.memory")
            .withNewDivisor("1Ki")
            .endResourceFieldRef()
            .endValueFrom()
            .build(),
        new EnvVarBuilder()
            .withName("JAVA_TOOL_OPTIONS")
            .withValue(
                "-XX:MaxRAMPercentage="
                    + props.size().heapPercent()
                    + " -XX:+ExitOnOutOfMemoryError")
            .build());
  }

  private ResourceRequirements resources() {
    var memory = Quantity.parse(props.size().memory().toString());
    return new ResourceRequirementsBuilder()
        .addToRequests("cpu", Quantity.parse(props.size().cpu().toString()))
        .addToRequests("memory", memory)
        .addToLimits("memory", memory)
        .build();
  }

  private static SecurityContext restricted() {
    return new SecurityContextBuilder()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .build();
  }

  /** No liveness probe: a service that is slow under load must not be restarted for it. */
  private Probe probe() {
    return new ProbeBuilder()
        .withPeriodSeconds(5)
        .withTimeoutSeconds(5)
        .withFailureThreshold(3)
        .withNewHttpGet()
        .withPath(props.door().healthPath())
        .withNewPort(HTTP)
        .endHttpGet()
        .build();
  }
}
