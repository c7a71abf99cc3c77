package dev.fairway.check;

import static dev.fairway.platform.cloud.Reachability.MASTER;
import static dev.fairway.platform.cloud.Reachability.WORKER;

import dev.fairway.model.Image;
import dev.fairway.model.Ports;
import dev.fairway.model.Reach;
import dev.fairway.model.Role;
import dev.fairway.model.Statement;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Bool;
import dev.fairway.model.Taint;
import dev.fairway.model.Value;
import dev.fairway.platform.Platform.Part;
import dev.fairway.platform.cloud.Addresses;
import dev.fairway.platform.component.Containers;
import dev.fairway.platform.component.NodeSelectors;
import dev.fairway.platform.component.PodSecurity;
import dev.fairway.platform.component.Priority;
import dev.fairway.platform.component.Probes;
import dev.fairway.platform.component.Rbac;
import dev.fairway.platform.component.Reason;
import dev.fairway.platform.component.Resources;
import dev.fairway.platform.component.Tolerations;
import dev.fairway.platform.component.Workload;
import dev.fairway.platform.component.autoscaling.VerticalPodAutoscaler;
import dev.fairway.platform.component.autoscaling.VerticalPodAutoscaler.Range;
import dev.fairway.platform.component.autoscaling.VerticalPodAutoscaler.Updates;
import dev.fairway.platform.node.NodeConfig;
import dev.fairway.platform.node.NodeFile;
import dev.fairway.platform.node.NodeFile.Format;
import dev.fairway.platform.node.Unit;
import io.fabric8.kubernetes.api.model.APIService;
import io.fabric8.kubernetes.api.model.APIServiceBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A platform in which every rule finds something to judge, and nothing wrong: an application with a
 * role, an agent of every node, a controller on masters.
 */
final class Example {
  static final String SOURCE = "src/main/java/example/Example.java";
  static final Image IMAGE = Image.of("registry.example.org/example:v1");
  static final int AGENT_PORT = 9100;

  static final Workload APP = Workload.inKubeSystem("app").assuming(role());
  static final Workload AGENT =
      Workload.inKubeSystem("agent").because(Reason.HOST_NETWORK, "it serves the node itself");
  static final Workload CONTROLLER = Workload.inKubeSystem("controller");
  static final Symbol MEMORY =
      Resources.memorySetting("app_memory", "64Mi", "The memory of the example");

  private Example() {}

  static SmallPlatform good() {
    return SmallPlatform.EMPTY
        .node(master())
        .node(worker())
        .nodeImage(Image.of("registry.k8s.io/kube-apiserver:v1.36.2"))
        .part(app(), agent(), controller(), sizes(), sized());
  }

  static Role role() {
    return Role.ofPods(
        "app", List.of(Statement.allowOnAll("Look", List.of("ec2:DescribeRegions"), "no others")));
  }

  static Part app() {
    return new Part(
        "app",
        SOURCE,
        Optional.empty(),
        List.of(MEMORY),
        List.of(),
        List.of(IMAGE),
        Optional.of(role()),
        List.of(),
        List.of(
            PodSecurity.PRIVILEGED.namespace("kube-system", List.of(Role.arnPrefixToken() + "*")),
            APP.serviceAccount(),
            APP.clusterRole(Rbac.allow(Rbac.CORE, List.of("pods"), "get")),
            APP.clusterRoleBinding(),
            APP.clusterRoleBinding("app-view", "view"),
            APP.configMap("app.yaml", "a: b"),
            deployment(),
            APP.disruptionBudget(),
            service(APP),
            apiService(APP)),
        Resources.memoryFields("Deployment", APP.name(), MEMORY));
  }

  static Part agent() {
    var reach =
        Stream.of(MASTER, WORKER)
            .flatMap(from ->
                Stream.of(MASTER, WORKER)
                    .map(to -> Reach.tcp(from, to, Ports.of(AGENT_PORT), "nodes ask for it")))
            .toList();
    return part("agent", reach, AGENT.serviceAccount(), agents(), service(AGENT), overlay());
  }

  static HasMetadata agents() {
    return AGENT.daemonSet(
        pod(AGENT.hostPod(Priority.NODE), agentContainer())
            .edit()
            .editSpec()
            .withTolerations(Tolerations.EVERYTHING)
            .endSpec()
            .build());
  }

  private static Container agentContainer() {
    return container()
        .withPorts(Containers.tcp("https", AGENT_PORT))
        .withLivenessProbe(Probes.http("/", "https"))
        .build();
  }

  private static HasMetadata overlay() {
    return AGENT.configMap("net-conf.json", "{\"Backend\": {\"Type\": \"vxlan\"}}");
  }

  /** It takes the startup taint away. */
  static Part controller() {
    return part(
        "controller",
        List.of(),
        CONTROLLER.serviceAccount(),
        CONTROLLER.deployment(2, onMasters(CONTROLLER, container())),
        CONTROLLER.disruptionBudget());
  }

  /** The kind of the next. */
  private static Part sizes() {
    return switched(
        "sizes",
        VerticalPodAutoscaler.ENABLED,
        List.of(),
        VerticalPodAutoscaler.definitions(CONTROLLER).toArray(HasMetadata[]::new));
  }

  private static Part sized() {
    var on = Symbol.setting("app_sized", new Bool(), "true", "Whether the example is sized");
    return switched(
        "sized",
        on,
        List.of(VerticalPodAutoscaler.ENABLED),
        VerticalPodAutoscaler.of(deployment(), Updates.RECREATE)
            .sizing("main", Range.of("10m", "1"), Range.of("64Mi", "1Gi"))
            .object(APP));
  }

  private static Part switched(String name, Symbol on, List<Symbol> needs, HasMetadata... objects) {
    return new Part(
        name,
        SOURCE,
        Optional.of(on),
        List.of(),
        needs,
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(objects),
        List.of());
  }

  private static HasMetadata deployment() {
    return APP.deployment(2, pod(APP.pod(Priority.CLUSTER), container().build()));
  }

  static PodTemplateSpec onMasters(Workload workload, ContainerBuilder container) {
    return pod(
            workload.pod(Priority.CLUSTER),
            container.withArgs("--taint=" + Taint.STARTUP.key()).build())
        .edit()
        .editSpec()
        .withNodeSelector(NodeSelectors.MASTERS)
        .withTolerations(Tolerations.CONTROL_PLANE)
        .endSpec()
        .build();
  }

  static Part part(String name, List<Reach> reach, HasMetadata... objects) {
    return new Part(
        name,
        SOURCE,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(IMAGE),
        Optional.empty(),
        reach,
        List.of(objects),
        List.of());
  }

  static Part part(String name, HasMetadata... objects) {
    return part(name, List.of(), objects);
  }

  /** The component with another role. */
  static Part with(Part part, Role role) {
    return new Part(
        part.name(),
        part.source(),
        part.enabledBy(),
        part.settings(),
        part.needs(),
        part.images(),
        Optional.of(role),
        part.reach(),
        part.objects(),
        part.fields());
  }

  static PodTemplateSpec pod(PodTemplateSpecBuilder pod, Container container) {
    return pod.editSpec().withContainers(container).endSpec().build();
  }

  static ContainerBuilder container() {
    return Containers.restricted("main", IMAGE)
        .withPorts(Containers.tcp("https", 8443))
        .withResources(Resources.of("10m", "64Mi"))
        .withLivenessProbe(Probes.https("/livez", "https"))
        .withReadinessProbe(Probes.https("/readyz", "https"));
  }

  static Service service(Workload workload) {
    return new ServiceBuilder()
        .withMetadata(workload.metadata())
        .withNewSpec()
        .withSelector(workload.selector().getMatchLabels())
        .addNewPort()
        .withPort(443)
        .withNewTargetPort("https")
        .endPort()
        .endSpec()
        .build();
  }

  static APIService apiService(Workload workload) {
    return new APIServiceBuilder()
        .withMetadata(workload.clusterMetadata())
        .withNewSpec()
        .withNewService(workload.name(), workload.namespace(), 443)
        .endSpec()
        .build();
  }

  static NodeConfig master() {
    return master("--secure-port=6443", "--etcd-servers=https://a:2379,https://b:2379");
  }

  static NodeConfig master(String... flags) {
    return node(
        "master",
        kubelet(
            """
            registerWithTaints:
            - {key: %s, value: "true", effect: NoSchedule}
            - {key: node-role.kubernetes.io/control-plane, effect: NoSchedule}
            """
                .formatted(Taint.STARTUP.key())),
        yaml(
            "/etc/kubernetes/manifests/kube-apiserver.yaml",
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: kube-apiserver}
            spec:
              containers:
              - command: [kube-apiserver, "%s"]
                resources: {requests: {cpu: 250m, memory: 1Gi}}
            """
                .formatted(String.join("\", \"", flags))),
        yaml(
            "/etc/kubernetes/manifests/kube-controller-manager.yaml",
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: kube-controller-manager}
            spec:
              containers:
              - command: [kube-controller-manager, "--node-cidr-mask-size=%d"]
            """
                .formatted(Addresses.NODE_PREFIX)),
        new NodeFile(
            "/etc/fairway/node.env", 0644, Format.SHELL, "NODE_LABELS=fairway.dev/role=master\n"));
  }

  static NodeConfig worker() {
    return node("worker-worker", kubelet("registerWithTaints: \"⟦=pool.taints⟧\"\n"));
  }

  static NodeFile kubelet(String fields) {
    return yaml(
        "/etc/kubernetes/kubelet.yaml",
        """
        apiVersion: kubelet.config.k8s.io/v1beta1
        kind: KubeletConfiguration
        kubeReserved: {cpu: 100m, memory: 282Mi}
        evictionHard: {memory.available: 100Mi}
        maxPods: 64
        """
            + fields);
  }

  static NodeFile yaml(String path, String text) {
    return new NodeFile(path, 0644, Format.YAML, text);
  }

  static NodeConfig node(String name, NodeFile... files) {
    var unit =
        "[Service]\nExecStart=/usr/bin/kubelet \\\n  --config=/etc/kubernetes/kubelet.yaml\n";
    return new NodeConfig(
        name, List.of(files), List.of(), List.of(), List.of(Unit.enabled("kubelet.service", unit)));
  }

  static Value bucket() {
    return Value.of("arn:aws:s3:::example/*");
  }
}
