package dev.fairway.platform.component.autoscaling;

import static dev.fairway.platform.component.Rbac.CORE;

import com.google.auto.service.AutoService;
import dev.fairway.model.Facts;
import dev.fairway.model.Image;
import dev.fairway.model.Role;
import dev.fairway.model.Statement;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Bool;
import dev.fairway.model.SymbolType.Text;
import dev.fairway.model.Taint;
import dev.fairway.model.Value;
import dev.fairway.platform.cloud.Addresses;
import dev.fairway.platform.cloud.Arns;
import dev.fairway.platform.cloud.AutoscalerTags;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.Containers;
import dev.fairway.platform.component.EnvVars;
import dev.fairway.platform.component.Field;
import dev.fairway.platform.component.Ingress;
import dev.fairway.platform.component.NodeSelectors;
import dev.fairway.platform.component.Priority;
import dev.fairway.platform.component.Probes;
import dev.fairway.platform.component.Rbac;
import dev.fairway.platform.component.Resources;
import dev.fairway.platform.component.Tolerations;
import dev.fairway.platform.component.Workload;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The cluster autoscaler adds nodes to pools for pods that find no room, and takes nodes away whose
 * pods find room elsewhere. It finds the pools by the tags of their Auto Scaling groups.
 *
 * <p>It runs on masters: a pool may have no node at all, and nothing else would add the first one.
 */
@AutoService(Component.class)
public final class ClusterAutoscaler implements Component {
  private static final Symbol ENABLED =
      Symbol.setting(
          "cluster_autoscaler_enabled",
          new Bool(),
          "true",
          "Whether the cluster autoscaler runs; without it pools keep the size they are given");

  private static final Symbol SCALE_DOWN =
      Symbol.setting(
          "autoscaling_scale_down_enabled",
          new Bool(),
          "true",
          "Whether nodes are taken away that are not needed");

  private static final Symbol UNNEEDED_TIME =
      Symbol.setting(
          "autoscaling_unneeded_time",
          new Text("[1-9][0-9]{0,3}[smh]", "a time such as 10m"),
          "10m",
          "How long a node must not have been needed before it is taken away");

  private static final Symbol UTILIZATION =
      Symbol.setting(
          "autoscaling_utilization_threshold",
          new Text("0\\.[0-9]{1,2}|1\\.0", "a share such as 0.5"),
          "0.5",
          "A node may go when less than this share of its CPU and memory is requested");

  private static final String INITIAL_MEMORY = "600Mi";

  private static final Symbol MEMORY =
      Resources.memorySetting(
          "cluster_autoscaler_memory",
          INITIAL_MEMORY,
          "Memory of the cluster autoscaler, which knows every pod: 1Gi for 20,000 of them");

  /** Its minor version is Kubernetes' own: it simulates the scheduler of that version. */
  private static final Image IMAGE =
      Image.of("registry.k8s.io/autoscaling/cluster-autoscaler:v1.36.1");

  private static final String NAME = "cluster-autoscaler";

  private static final Role ROLE = Role.ofMasterPods(NAME, List.of(look(), scale()));

  private static final Workload AUTOSCALER = Workload.inKubeSystem(NAME).assuming(ROLE);

  private static final String[] READ = {"get", "list", "watch"};

  private static final String DEVICES = "resource.k8s.io";
  private static final String STORAGE = "storage.k8s.io";
  private static final String STATUS = "cluster-autoscaler-status";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<Symbol> enabledBy() {
    return Optional.of(ENABLED);
  }

  @Override
  public List<Symbol> settings() {
    return List.of(SCALE_DOWN, UNNEEDED_TIME, UTILIZATION, MEMORY);
  }

  @Override
  public List<Image> images() {
    return List.of(IMAGE);
  }

  @Override
  public Optional<Role> role() {
    return Optional.of(ROLE);
  }

  @Override
  public List<HasMetadata> objects() {
    return List.of(
        AUTOSCALER.serviceAccount(),
        clusterRole(),
        AUTOSCALER.clusterRoleBinding(),
        ownObjects(),
        AUTOSCALER.roleBinding(),
        deployment(),
        AUTOSCALER.disruptionBudget(),
        AUTOSCALER.networkPolicy(Ingress.metrics()));
  }

  @Override
  public List<Field> fields() {
    return Resources.memoryFields("Deployment", NAME, MEMORY);
  }

  private static Statement look() {
    return Statement.allowOnAll(
        "SeeGroupsAndInstanceTypes",
        List.of(
            "autoscaling:DescribeAutoScalingGroups",
            "autoscaling:DescribeAutoScalingInstances",
            "autoscaling:DescribeLaunchConfigurations",
            "autoscaling:DescribeScalingActivities",
            "ec2:DescribeImages",
            "ec2:DescribeInstanceTypes",
            "ec2:DescribeLaunchTemplateVersions",
            "ec2:GetInstanceTypesFromInstanceRequirements"),
        "these actions know no resources");
  }

  /**
   * By name and by tag: the masters' and etcd's groups have neither. IAM takes no key that differs
   * from cluster to cluster, so the tag is not the cluster's.
   */
  private static Statement scale() {
    return Statement.allow(
            "ScaleOwnPools",
            List.of(
                "autoscaling:SetDesiredCapacity",
                "autoscaling:TerminateInstanceInAutoScalingGroup"),
            List.of(
                Arns.regional(
                    "autoscaling",
                    "autoScalingGroup:*:autoScalingGroupName/",
                    Facts.LOCAL_ID,
                    "-pool-*")))
        .when("StringEquals", "aws:ResourceTag/" + AutoscalerTags.ENABLED, Value.of("true"));
  }

  private ClusterRole clusterRole() {
    return AUTOSCALER.clusterRole(
        Rbac.allow(CORE, List.of("nodes"), "get", "list", "watch", "update"),
        Rbac.allow(CORE, List.of("pods/eviction"), "create"),
        Rbac.allow(CORE, List.of("pods/status"), "update"),
        Rbac.allow(CORE, List.of("events"), "create", "patch"),
        Rbac.allow(CORE, List.of("namespaces", "pods", "replicationcontrollers", "services"), READ),
        Rbac.allow(CORE, List.of("persistentvolumeclaims", "persistentvolumes"), READ),
        Rbac.allow("apps", List.of("daemonsets", "replicasets", "statefulsets"), READ),
        Rbac.allow("batch", List.of("jobs"), READ),
        Rbac.allow("policy", List.of("poddisruptionbudgets"), READ),
        Rbac.allow(DEVICES, List.of("deviceclasses", "resourceclaims", "resourceslices"), READ),
        Rbac.allow(STORAGE, List.of("csidrivers", "csinodes", "csistoragecapacities"), READ),
        Rbac.allow(STORAGE, List.of("storageclasses", "volumeattachments"), READ));
  }

  /** Its lease, and the ConfigMap in which it tells people what it sees. */
  private io.fabric8.kubernetes.api.model.rbac.Role ownObjects() {
    return AUTOSCALER.namespacedRole(
        Rbac.allow("coordination.k8s.io", List.of("leases"), "create"),
        Rbac.allowNamed("coordination.k8s.io", "leases", NAME, "get", "update"),
        Rbac.allow(CORE, List.of("configmaps"), "create"),
        Rbac.allowNamed(CORE, "configmaps", STATUS, "get", "update", "delete"));
  }

  private Deployment deployment() {
    return AUTOSCALER.deployment(
        2,
        AUTOSCALER
            .pod(Priority.CLUSTER)
            .editSpec()
            .withAutomountServiceAccountToken(true)
            .withNodeSelector(NodeSelectors.MASTERS)
            .withTolerations(Tolerations.CONTROL_PLANE)
            .withContainers(autoscaler())
            .endSpec()
            .build());
  }

  private Container autoscaler() {
    return Containers.restricted("autoscaler", IMAGE)
        .withCommand("/cluster-autoscaler")
        .withArgs(arguments())
        .withEnv(EnvVars.of("AWS_REGION", Facts.REGION.token()))
        .withPorts(Containers.tcp("metrics", 8085))
        .withResources(Resources.of("100m", INITIAL_MEMORY))
        .withLivenessProbe(Probes.http("/health-check", "metrics"))
        .withReadinessProbe(Probes.http("/health-check", "metrics"))
        .build();
  }

  private static List<String> arguments() {
    var all = new ArrayList<>(List.of("--cloud-provider=aws", "--leader-elect=true", "--v=2"));
    all.addAll(groups());
    all.addAll(nodes());
    return all;
  }

  private static List<String> groups() {
    var own = AutoscalerTags.owner(Facts.CLUSTER_TAG.token());
    return List.of(
        "--node-group-auto-discovery=asg:tag=" + AutoscalerTags.ENABLED + "," + own,
        // The pools of one profile differ in their zone only, and shall be of equal size.
        "--balance-similar-node-groups=true",
        "--balancing-ignore-label=topology.k8s.aws/zone-id",
        // A priority for each pool would have to know the names of all of them.
        "--expander=least-waste");
  }

  private static List<String> nodes() {
    return List.of(
        // A node that still has it is about to have room, and so needs no other beside it.
        "--startup-taint=" + Taint.STARTUP.key(),
        // Beyond that a node gets no addresses for its pods.
        "--max-nodes-total=" + Addresses.NODES,
        // System pods have disruption budgets, and scratch space is lost on purpose.
        "--skip-nodes-with-system-pods=false",
        "--skip-nodes-with-local-storage=false",
        "--scale-down-enabled=" + SCALE_DOWN.token(),
        "--scale-down-unneeded-time=" + UNNEEDED_TIME.token(),
        "--scale-down-utilization-threshold=" + UTILIZATION.token());
  }
}
