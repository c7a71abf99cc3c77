package dev.fairway.check;

import static dev.fairway.check.Example.AGENT;
import static dev.fairway.check.Example.APP;
import static dev.fairway.check.Example.CONTROLLER;
import static dev.fairway.check.Example.container;
import static dev.fairway.check.Example.good;
import static dev.fairway.check.Example.part;
import static dev.fairway.check.Example.pod;
import static dev.fairway.platform.cloud.Reachability.WORKER;

import dev.fairway.model.Ports;
import dev.fairway.model.Reach;
import dev.fairway.model.Role;
import dev.fairway.platform.component.Containers;
import dev.fairway.platform.component.PodSecurity;
import dev.fairway.platform.component.Priority;
import dev.fairway.platform.component.Probes;
import dev.fairway.platform.component.Rbac;
import dev.fairway.platform.component.Reason;
import dev.fairway.platform.component.Resources;
import dev.fairway.platform.component.Tolerations;
import dev.fairway.platform.component.Volumes;
import dev.fairway.platform.component.Workload;
import dev.fairway.platform.component.autoscaling.VerticalPodAutoscaler;
import dev.fairway.platform.component.autoscaling.VerticalPodAutoscaler.Range;
import dev.fairway.platform.component.autoscaling.VerticalPodAutoscaler.Updates;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The failing fixtures that are about pods. */
final class FailingPods {
  private FailingPods() {}

  /** An unknown role, one that is not used, the node's network, masters, and the namespace. */
  static SmallPlatform roles() {
    var unknown = Workload.inKubeSystem("unknown").assuming(Role.ofPods("nobody", List.of()));
    var powerful = Role.ofMasterPods("powerful", List.of());
    var astray = Workload.inKubeSystem("astray").assuming(powerful);
    var both = APP.pod(Priority.NODE).editSpec().withTolerations(Tolerations.CONTROL_PLANE);
    return good()
        .part(
            Example.with(
                part("unknown", unknown.deployment(2, pod(unknown.pod(Priority.NODE), main()))),
                Role.ofPods("idle", List.of())),
            Example.with(
                part(
                    "astray",
                    astray.deployment(2, pod(astray.hostPod(Priority.NODE), main())),
                    PodSecurity.PRIVILEGED.namespace("kube-system", List.of("arn:*:other"))),
                powerful),
            part("both", APP.deployment(2, pod(both.endSpec(), main()))));
  }

  /** Ports that are closed, and one that is open for nothing. */
  static SmallPlatform ports() {
    var host = Workload.inKubeSystem("host");
    var exposed =
        container()
            .withPorts(new ContainerPortBuilder().withContainerPort(80).withHostPort(9080).build())
            .build();
    var api = Workload.inKubeSystem("api");
    var led = Workload.inKubeSystem("led");
    var prometheus = Workload.inKubeSystem("prometheus");
    var measured = Workload.inKubeSystem("measured");
    var metrics = container().withPorts(Containers.tcp("metrics", 9101)).build();
    return good()
        .node(Example.master("--secure-port=7443", "--etcd-servers=https://a:4001"))
        .node(
            Example.node(
                "worker-worker",
                Example.kubelet("port: 10260\nregisterWithTaints: \"⟦=pool.taints⟧\"\n")))
        .reach(Reach.tcp(WORKER, WORKER, Ports.of(9999), "nobody knows any more"))
        .part(
            part(
                "prometheus", prometheus.deployment(2, pod(prometheus.pod(Priority.NODE), main()))),
            part("measured", measured.daemonSet(pod(measured.hostPod(Priority.NODE), metrics))),
            part("host", host.deployment(2, pod(host.pod(Priority.NODE), exposed))),
            part(
                "api",
                api.deployment(
                    2,
                    pod(
                        api.hostPod(Priority.NODE),
                        container().withPorts(Containers.tcp("https", 9443)).build())),
                Example.service(api),
                Example.apiService(api)),
            part(
                "led",
                led.daemonSet(pod(led.hostPod(Priority.NODE), main())),
                Example.service(led),
                led.configMap(
                    "net-conf.json", "{\"Backend\": {\"Type\": \"vxlan\", \"Port\": 4789}}")));
  }

  static SmallPlatform taints() {
    var partial = Workload.inKubeSystem("partial");
    var tolerant =
        partial
            .pod(Priority.NODE)
            .editSpec()
            .withTolerations(Tolerations.STARTUP, Tolerations.CONTROL_PLANE);
    return good()
        .node(Example.node("worker-worker", Example.kubelet("registerWithTaints: []\n")))
        .part(
            part("agent", AGENT.daemonSet(pod(AGENT.pod(Priority.NODE), main()))),
            part("partial", partial.daemonSet(pod(tolerant.endSpec(), main()))),
            part(
                "controller",
                CONTROLLER.deployment(
                    2,
                    Example.onMasters(CONTROLLER, container())
                        .edit()
                        .editSpec()
                        .withTolerations(Tolerations.STARTUP)
                        .editFirstContainer()
                        .withArgs()
                        .endContainer()
                        .endSpec()
                        .build())));
  }

  static SmallPlatform names() {
    return good()
        .part(
            part(
                "agent",
                AGENT.serviceAccount(),
                lost(),
                AGENT.clusterRoleBinding("misled", "agnt"),
                AGENT.roleBinding("also-misled", "agnt"),
                lone().clusterRoleBinding("lone", "view"),
                Example.service(lone()),
                misnamed(),
                sized(APP.deployment(2, APP.pod(Priority.NODE).build()), "mian"),
                sized(lone().statefulSet(1, APP.pod(Priority.NODE).build()), "main"),
                counted(),
                AGENT.clusterRole(
                    Rbac.allow("autoscaling.k8s.io", List.of("verticalpodautoscalers"), "list")),
                AGENT.clusterRoleBinding(),
                Example.apiService(Workload.inKubeSystem("gone"))));
  }

  /** Its component does not go with the kind's. */
  private static HasMetadata sized(HasMetadata workload, String container) {
    return VerticalPodAutoscaler.of(workload, Updates.OFF)
        .sizing(container, Range.of("10m", "1"), Range.of("64Mi", "1Gi"))
        .object(AGENT);
  }

  private static HasMetadata counted() {
    return new HorizontalPodAutoscalerBuilder()
        .withMetadata(APP.metadata("none"))
        .withNewSpec()
        .withMaxReplicas(3)
        .withNewScaleTargetRef("apps/v1", "Deployment", "apq")
        .endSpec()
        .build();
  }

  private static Workload lone() {
    return Workload.inKubeSystem("lone");
  }

  /** The Secret may be missing, all else may not. */
  private static HasMetadata lost() {
    var lost = new Workload("lost", "nowhere", Optional.empty(), Map.of());
    return lost.deployment(
        2,
        pod(
                lost.pod(Priority.NODE),
                container().withLivenessProbe(Probes.http("/", "htps")).build())
            .edit()
            .editSpec()
            .withPriorityClassName("urgent")
            .withVolumes(Volumes.configMap("config", "lost"))
            .editFirstContainer()
            .addNewEnv()
            .withNewValueFrom()
            .withNewSecretKeyRef("key", "of-variable", false)
            .endValueFrom()
            .endEnv()
            .addNewEnvFrom()
            .withNewConfigMapRef("of-variables", false)
            .endEnvFrom()
            .endContainer()
            .addNewVolume()
            .withNewProjected()
            .addNewSource()
            .withNewConfigMap()
            .withName("of-projection")
            .endConfigMap()
            .endSource()
            .endProjected()
            .endVolume()
            .addNewVolume()
            .withName("secret")
            .withNewSecret()
            .withSecretName("lost")
            .withOptional(true)
            .endSecret()
            .endVolume()
            .endSpec()
            .build());
  }

  private static HasMetadata misnamed() {
    return Example.service(APP)
        .edit()
        .editSpec()
        .editFirstPort()
        .withNewTargetPort("htps")
        .endPort()
        .endSpec()
        .build();
  }

  static SmallPlatform policy() {
    var bare = Workload.inKubeSystem("bare").because(Reason.HOST_PATH, "it had one once");
    var pods =
        bare.pod(Priority.NODE)
            .editSpec()
            .withPriorityClassName(null)
            .withSecurityContext(null)
            .withHostNetwork(true)
            .withContainers(
                new ContainerBuilder()
                    .withName("main")
                    .withImage("docker.io/library/example:latest")
                    .withNewResources()
                    .addToLimits("cpu", Quantity.parse("1"))
                    .addToLimits("memory", Quantity.parse("1Gi"))
                    .endResources()
                    .build())
            .endSpec()
            .build();
    return good()
        .part(
            part(
                "bare",
                bare.deployment(1, pods),
                bare.clusterRole(Rbac.allow(Rbac.CORE, List.of("*"), "get")),
                huddled(),
                Example.apiService(bare)
                    .edit()
                    .editSpec()
                    .withInsecureSkipTLSVerify(true)
                    .endSpec()
                    .build()));
  }

  private static HasMetadata huddled() {
    return APP.deployment(2, pod(APP.pod(Priority.CLUSTER), main()))
        .edit()
        .editMetadata()
        .withName("huddled")
        .endMetadata()
        .editSpec()
        .editTemplate()
        .editSpec()
        .withTopologySpreadConstraints()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  /** Too much on workers and on masters, too many pods, and budgets of three kinds. */
  static SmallPlatform capacity() {
    var large = Workload.inKubeSystem("large");
    var heavy = Workload.inKubeSystem("heavy");
    return good()
        .node(
            Example.node(
                "worker-worker",
                Example.yaml(
                    "/etc/kubernetes/kubelet.yaml",
                    """
                    apiVersion: kubelet.config.k8s.io/v1beta1
                    kind: KubeletConfiguration
                    maxPods: 126
                    """)))
        .part(
            part(
                "large",
                large.daemonSet(requesting(large.pod(Priority.NODE).build(), "1", "64Mi"))),
            part(
                "heavy",
                heavy.deployment(
                    4, requesting(Example.onMasters(heavy, container()), "100m", "8Gi")),
                budget(heavy, "none", null, new IntOrString("0%")),
                budget(heavy, "all", new IntOrString(4), null),
                budget(lone(), "lone", null, new IntOrString(1))));
  }

  private static PodTemplateSpec requesting(PodTemplateSpec pod, String cpu, String memory) {
    return pod.edit()
        .editSpec()
        .withContainers(container().withResources(Resources.of(cpu, memory)).build())
        .withTolerations(Tolerations.EVERYTHING)
        .endSpec()
        .build();
  }

  private static PodDisruptionBudget budget(
      Workload workload, String name, @Nullable IntOrString least, @Nullable IntOrString most) {
    return workload
        .disruptionBudget()
        .edit()
        .editMetadata()
        .withName(name)
        .endMetadata()
        .editSpec()
        .withMinAvailable(least)
        .withMaxUnavailable(most)
        .endSpec()
        .build();
  }

  private static Container main() {
    return container().withPorts(Containers.tcp("https", 8443)).build();
  }
}
