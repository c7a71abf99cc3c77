package dev.fairway.platform.component;

import dev.fairway.model.Digest;
import dev.fairway.model.Role;
import dev.fairway.model.Symbol;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.api.model.rbac.SubjectBuilder;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program that a component runs: the name and namespace that its objects share, the IAM role that
 * its pods assume, and its written reasons. Its methods begin the objects that every program has,
 * with all that the checklist asks for.
 *
 * @param reasons why it breaks rules, each a sentence
 */
public record Workload(
    String name, String namespace, Optional<Role> role, Map<Reason, String> reasons) {
  private static final String RBAC = "rbac.authorization.k8s.io";
  private static final int REVISIONS = 3;

  /** A pod that is ready for a moment only must not carry a rollout on to the next one. */
  private static final int STEADY_SECONDS = 10;

  public Workload {
    var copy = new EnumMap<Reason, String>(Reason.class);
    copy.putAll(reasons);
    reasons = Collections.unmodifiableMap(copy);
  }

  public static Workload inKubeSystem(String name) {
    return new Workload(name, "kube-system", Optional.empty(), Map.of());
  }

  /** The same with a written reason. */
  public Workload because(Reason rule, String sentence) {
    var more = new EnumMap<Reason, String>(Reason.class);
    more.putAll(reasons);
    more.put(rule, sentence);
    return new Workload(name, namespace, role, more);
  }

  /** The same, its pods with this role's credentials from kube2iam. */
  public Workload assuming(Role iamRole) {
    return new Workload(name, namespace, Optional.of(iamRole), reasons);
  }

  /** Of an object in the namespace. */
  public ObjectMeta metadata() {
    return metadata(name);
  }

  /** Of an object in the namespace that goes by another name. */
  public ObjectMeta metadata(String other) {
    return clusterMetadata(other).edit().withNamespace(namespace).build();
  }

  /** Of an object that belongs to no namespace. */
  public ObjectMeta clusterMetadata() {
    return clusterMetadata(name);
  }

  private ObjectMeta clusterMetadata(String other) {
    return new ObjectMetaBuilder().withName(other).withLabels(labels()).build();
  }

  /** What all its objects carry. */
  public SortedMap<String, String> labels() {
    return Labels.of(name);
  }

  /** Selects its pods. Kubernetes never lets it change. */
  public LabelSelector selector() {
    return new LabelSelectorBuilder().addToMatchLabels(Labels.NAME, name).build();
  }

  /** Hands out no token by itself: a pod that uses one says so. */
  public ServiceAccount serviceAccount() {
    return new ServiceAccountBuilder()
        .withMetadata(metadata())
        .withAutomountServiceAccountToken(false)
        .build();
  }

  public ClusterRole clusterRole(PolicyRule... rules) {
    return new ClusterRoleBuilder()
        .withMetadata(annotated(clusterMetadata(), true))
        .withRules(rules)
        .build();
  }

  /** Binds the ServiceAccount to the ClusterRole of the same name. */
  public ClusterRoleBinding clusterRoleBinding() {
    return clusterRoleBinding(name, name);
  }

  /** Binds the ServiceAccount to another ClusterRole, such as one that Kubernetes has. */
  public ClusterRoleBinding clusterRoleBinding(String binding, String clusterRole) {
    return new ClusterRoleBindingBuilder()
        .withMetadata(clusterMetadata(binding))
        .withNewRoleRef(RBAC, "ClusterRole", clusterRole)
        .withSubjects(subject())
        .build();
  }

  /** A Role in the program's own namespace. */
  public io.fabric8.kubernetes.api.model.rbac.Role namespacedRole(PolicyRule... rules) {
    return new RoleBuilder().withMetadata(annotated(metadata(), true)).withRules(rules).build();
  }

  /** Binds the ServiceAccount to the Role of the same name. */
  public RoleBinding roleBinding() {
    return roleBinding(name, name);
  }

  /** Binds the ServiceAccount to another Role in its namespace, such as one that Kubernetes has. */
  public RoleBinding roleBinding(String binding, String namespacedRole) {
    return new RoleBindingBuilder()
        .withMetadata(metadata(binding))
        .withNewRoleRef(RBAC, "Role", namespacedRole)
        .withSubjects(subject())
        .build();
  }

  private Subject subject() {
    return new SubjectBuilder()
        .withKind("ServiceAccount")
        .withName(name)
        .withNamespace(namespace)
        .build();
  }

  public ConfigMap configMap(String key, String text) {
    return configMap(Map.of(key, text));
  }

  /** Files by their names. */
  public ConfigMap configMap(Map<String, String> files) {
    return new ConfigMapBuilder().withMetadata(metadata()).withData(new TreeMap<>(files)).build();
  }

  /**
   * A pod on the pod network. It has no token of the API; one that needs it adds {@code
   * withAutomountServiceAccountToken(true)}. A name with two dots is asked for as it stands first:
   * with the usual five, each call to AWS begins with four names that are not there.
   */
  public PodTemplateSpecBuilder pod(Priority priority) {
    return basicPod(priority)
        .editSpec()
        .withNewDnsConfig()
        .addNewOption("ndots", "2")
        .endDnsConfig()
        .endSpec();
  }

  /** A pod in the node's network, which asks the node's resolver; needs a written reason. */
  public PodTemplateSpecBuilder hostPod(Priority priority) {
    return basicPod(priority).editSpec().withHostNetwork(true).withDnsPolicy("Default").endSpec();
  }

  private PodTemplateSpecBuilder basicPod(Priority priority) {
    var annotations = new TreeMap<String, String>();
    role.ifPresent(assumed -> annotations.put("iam.amazonaws.com/role", assumed.arnToken()));
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(labels())
        .withAnnotations(annotations)
        .endMetadata()
        .withNewSpec()
        .withServiceAccountName(name)
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withPriorityClassName(priority.className())
        .withNewSecurityContext()
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .endSpec();
  }

  /**
   * The pod's annotation that changes with a ConfigMap, for a program that reads it only when it
   * starts. Tokens stand in it beside the digest, because linking changes them in both.
   */
  public static Map<String, String> configured(ConfigMap config) {
    var text = new TreeMap<>(config.getData()).toString();
    var digest = Stream.of(Digest.of(text).hex());
    var tokens = Symbol.tokens(text).results().map(MatchResult::group).distinct().sorted();
    return Map.of(
        "fairway.dev/configured", Stream.concat(digest, tokens).collect(Collectors.joining(" ")));
  }

  /** Several replicas are spread over zones and nodes; of a single one there are never two. */
  public Deployment deployment(int replicas, PodTemplateSpec pod) {
    return new DeploymentBuilder()
        .withMetadata(annotated(metadata(), false))
        .withNewSpec()
        .withReplicas(replicas)
        .withMinReadySeconds(STEADY_SECONDS)
        .withRevisionHistoryLimit(REVISIONS)
        .withSelector(selector())
        .withNewStrategy()
        .withType("RollingUpdate")
        .withNewRollingUpdate()
        .withNewMaxSurge(replicas > 1 ? 1 : 0)
        .withNewMaxUnavailable(1)
        .endRollingUpdate()
        .endStrategy()
        .withTemplate(replicas > 1 ? new Spread(selector(), "pod-template-hash").over(pod) : pod)
        .endSpec()
        .build();
  }

  /** Rolled a tenth of the nodes at a time. */
  public DaemonSet daemonSet(PodTemplateSpec pod) {
    return new DaemonSetBuilder()
        .withMetadata(annotated(metadata(), false))
        .withNewSpec()
        .withRevisionHistoryLimit(REVISIONS)
        .withSelector(selector())
        .withNewUpdateStrategy()
        .withType("RollingUpdate")
        .withNewRollingUpdate()
        .withNewMaxUnavailable("10%")
        .endRollingUpdate()
        .endUpdateStrategy()
        .withTemplate(pod)
        .endSpec()
        .build();
  }

  /** One at a time, and a pod that is broken anyway never holds up the draining of its node. */
  public PodDisruptionBudget disruptionBudget() {
    return new PodDisruptionBudgetBuilder()
        .withMetadata(metadata())
        .withNewSpec()
        .withNewMaxUnavailable(1)
        .withUnhealthyPodEvictionPolicy("AlwaysAllow")
        .withSelector(selector())
        .endSpec()
        .build();
  }

  /**
   * Pods with names and volumes of their own, all begun and ended at once. The Service of the same
   * name, which has no address, gives each its name in DNS.
   */
  public StatefulSet statefulSet(
      int replicas, PodTemplateSpec pod, PersistentVolumeClaim... claims) {
    return new StatefulSetBuilder()
        .withMetadata(annotated(metadata(), false))
        .withNewSpec()
        .withReplicas(replicas)
        .withMinReadySeconds(STEADY_SECONDS)
        .withRevisionHistoryLimit(REVISIONS)
        .withPodManagementPolicy("Parallel")
        .withServiceName(name)
        .withSelector(selector())
        .withTemplate(
            replicas > 1 ? new Spread(selector(), "controller-revision-hash").over(pod) : pod)
        .withVolumeClaimTemplates(claims)
        .endSpec()
        .build();
  }

  /**
   * Runs the pod again and again, never twice at once, and leaves little behind.
   *
   * @param schedule as cron has it, in UTC
   * @param deadline after how many seconds a run is ended that has not come to an end
   */
  public CronJob cronJob(String schedule, long deadline, PodTemplateSpec pod) {
    return new CronJobBuilder()
        .withMetadata(annotated(metadata(), false))
        .withNewSpec()
        .withSchedule(schedule)
        .withTimeZone("Etc/UTC")
        .withConcurrencyPolicy("Forbid")
        .withStartingDeadlineSeconds(deadline)
        .withSuccessfulJobsHistoryLimit(1)
        .withFailedJobsHistoryLimit(1)
        .withNewJobTemplate()
        .withNewMetadata()
        .withLabels(labels())
        .endMetadata()
        .withNewSpec()
        .withBackoffLimit(2)
        .withActiveDeadlineSeconds(deadline)
        .withTemplate(pod.edit().editSpec().withRestartPolicy("Never").endSpec().build())
        .endSpec()
        .endJobTemplate()
        .endSpec()
        .build();
  }

  /**
   * A Service of the same name, with an address of its own; each port leads to the pods' of its
   * name.
   */
  public Service service(ServicePort... ports) {
    return new ServiceBuilder()
        .withMetadata(metadata())
        .withNewSpec()
        .withSelector(selector().getMatchLabels())
        .withPorts(ports)
        .endSpec()
        .build();
  }

  /** A port of a Service that leads to the port of that name. */
  public static ServicePort servicePort(String name, int port) {
    return new ServicePortBuilder()
        .withName(name)
        .withPort(port)
        .withProtocol("TCP")
        .withNewTargetPort(name)
        .build();
  }

  /** Whoever is not named by a rule is kept out; see {@link Ingress}. */
  public NetworkPolicy networkPolicy(NetworkPolicyIngressRule... rules) {
    return new NetworkPolicyBuilder()
        .withMetadata(metadata())
        .withNewSpec()
        .withPodSelector(selector())
        .withPolicyTypes("Ingress")
        .withIngress(rules)
        .endSpec()
        .build();
  }

  private ObjectMeta annotated(ObjectMeta metadata, boolean rbac) {
    var annotations = new TreeMap<String, String>();
    reasons.forEach((rule, sentence) -> {
      if ((rule == Reason.RBAC_WILDCARD) == rbac) {
        annotations.put(rule.annotation(), sentence);
      }
    });
    return metadata.edit().withAnnotations(annotations).build();
  }
}
