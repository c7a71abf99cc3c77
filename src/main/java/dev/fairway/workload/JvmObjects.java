package dev.fairway.workload;

import dev.fairway.workload.Rollout.Rolling;
import dev.fairway.workload.Rollout.Stacks;
import dev.fairway.workload.Scaling.Cpu;
import dev.fairway.workload.Scaling.RequestsPerSecond;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpecBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRuleBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The objects of a JVM service. With stacks, the StackSet controller makes most of them. */
record JvmObjects(JvmServiceProps props) {
  /** How long a stack keeps its pods after its last request. */
  private static final int SCALED_DOWN_AFTER_SECONDS = 300;

  private static final int SERVICE_PORT = 80;

  List<HasMetadata> all() {
    var objects = new ArrayList<HasMetadata>(List.of(serviceAccount(), budget()));
    switch (props.rollout()) {
      case Rolling _ -> {
        objects.addAll(List.of(deployment(), service(), autoscaler()));
        if (!props.door().hosts().isEmpty()) {
          objects.add(ingress());
        }
      }
      case Stacks stacks -> objects.add(stackSet(stacks));
    }
    return objects;
  }

  private JvmPods pods() {
    return new JvmPods(props);
  }

  private ObjectMeta metadata() {
    return new ObjectMetaBuilder()
        .withName(props.name())
        .withNamespace(props.namespace())
        .withLabels(pods().labels())
        .build();
  }

  private ServiceAccount serviceAccount() {
    return new ServiceAccountBuilder()
        .withMetadata(metadata())
        .withAutomountServiceAccountToken(false)
        .build();
  }

  /** Over all versions: what is drained is counted by what serves. */
  private PodDisruptionBudget budget() {
    return new PodDisruptionBudgetBuilder()
        .withMetadata(metadata())
        .withNewSpec()
        .withNewMaxUnavailable(1)
        .withUnhealthyPodEvictionPolicy("AlwaysAllow")
        .withNewSelector()
        .withMatchLabels(pods().labels())
        .endSelector()
        .endSpec()
        .build();
  }

  /** Without a number of replicas, which is the autoscaler's. */
  private Deployment deployment() {
    return new DeploymentBuilder()
        .withMetadata(metadata())
        .withNewSpec()
        .withNewStrategy()
        .withType("RollingUpdate")
        .withNewRollingUpdate()
        .withNewMaxSurge("25%")
        .withNewMaxUnavailable(0)
        .endRollingUpdate()
        .endStrategy()
        .withNewSelector()
        .withMatchLabels(pods().labels())
        .endSelector()
        .withTemplate(pods().template())
        .endSpec()
        .build();
  }

  private Service service() {
    return new ServiceBuilder()
        .withMetadata(metadata())
        .withNewSpec()
        .withSelector(pods().labels())
        .addNewPort()
        .withName(JvmPods.HTTP)
        .withPort(SERVICE_PORT)
        .withProtocol("TCP")
        .withNewTargetPort(JvmPods.HTTP)
        .endPort()
        .endSpec()
        .build();
  }

  private Ingress ingress() {
    return new IngressBuilder()
        .withMetadata(metadata())
        .withNewSpec()
        .withRules(props.door().hosts().stream().map(this::rule).toList())
        .endSpec()
        .build();
  }

  private IngressRule rule(String host) {
    return new IngressRuleBuilder()
        .withHost(host)
        .withNewHttp()
        .addNewPath()
        .withPath("/")
        .withPathType("Prefix")
        .withNewBackend()
        .withNewService()
        .withName(props.name())
        .withNewPort()
        .withName(JvmPods.HTTP)
        .endPort()
        .endService()
        .endBackend()
        .endPath()
        .endHttp()
        .build();
  }

  private HorizontalPodAutoscaler autoscaler() {
    return new HorizontalPodAutoscalerBuilder()
        .withMetadata(metadata())
        .withNewSpec()
        .withNewScaleTargetRef("apps/v1", "Deployment", props.name())
        .withMinReplicas(props.scaling().min())
        .withMaxReplicas(props.scaling().max())
        .withMetrics(metric())
        .endSpec()
        .build();
  }

  private MetricSpec metric() {
    return switch (props.scaling().measure()) {
      case Cpu cpu ->
          new MetricSpecBuilder()
              .withType("Resource")
              .withNewResource()
              .withName("cpu")
              .withNewTarget()
              .withType("Utilization")
              .withAverageUtilization(cpu.percent())
              .endTarget()
              .endResource()
              .build();
      case RequestsPerSecond requests ->
          new MetricSpecBuilder()
              .withType("Object")
              .withNewObject()
              .withNewDescribedObject("networking.k8s.io/v1", "Ingress", props.name())
              .withNewMetric()
              .withName("requests-per-second")
              .endMetric()
              .withNewTarget()
              .withType("AverageValue")
              .withAverageValue(Quantity.parse(Integer.toString(requests.perPod())))
              .endTarget()
              .endObject()
              .build();
    };
  }

  private HasMetadata stackSet(Stacks stacks) {
    Map<String, Object> spec = new TreeMap<>();
    if (!props.door().hosts().isEmpty()) {
      spec.put("ingress", Map.of("hosts", props.door().hosts(), "backendPort", SERVICE_PORT));
    }
    spec.put(
        "stackLifecycle",
        Map.of("limit", stacks.stacks(), "scaledownTTLSeconds", SCALED_DOWN_AFTER_SECONDS));
    spec.put("stackTemplate", Map.of("spec", stack(stacks)));
    return new GenericKubernetesResourceBuilder()
        .withApiVersion("zalando.org/v1")
        .withKind("StackSet")
        .withMetadata(metadata())
        .addToAdditionalProperties("spec", spec)
        .build();
  }

  private Map<String, Object> stack(Stacks stacks) {
    var port =
        Map.of(
            "name",
            JvmPods.HTTP,
            "port",
            SERVICE_PORT,
            "protocol",
            "TCP",
            "targetPort",
            JvmPods.HTTP);
    return Map.of(
        "version",
        stacks.version(),
        "replicas",
        props.scaling().min(),
        "autoscaler",
        Map.of(
            "minReplicas", props.scaling().min(),
            "maxReplicas", props.scaling().max(),
            "metrics", List.of(stackMetric())),
        "service",
        Map.of("ports", List.of(port)),
        "podTemplate",
        pods().template());
  }

  private Map<String, Object> stackMetric() {
    return switch (props.scaling().measure()) {
      case Cpu cpu -> Map.of("type", "CPU", "averageUtilization", cpu.percent());
      case RequestsPerSecond requests ->
          Map.of("type", "Ingress", "average", Integer.toString(requests.perPod()));
    };
  }
}
