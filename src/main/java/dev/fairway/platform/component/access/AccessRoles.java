package dev.fairway.platform.component.access;

import static dev.fairway.platform.component.Rbac.CORE;

import com.google.auto.service.AutoService;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Bool;
import dev.fairway.model.SymbolType.Text;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.Labels;
import dev.fairway.platform.component.Rbac;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBindingBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.List;
import java.util.Optional;

/**
 * What people and pipelines may do, by the groups that the token webhook or a certificate gives
 * them. Nobody here reads a Secret, gives rights away, or makes a namespace: whoever makes one says
 * how privileged its pods are, and a privileged pod has its node.
 *
 * <p>A role is the sum of the ClusterRoles that carry its label, so that a component with kinds of
 * its own adds the rights to them beside the kinds.
 */
@AutoService(Component.class)
public final class AccessRoles implements Component {
  /** The label, with the value {@code true}, of what everybody may read. */
  public static final String TO_READ = "fairway.dev/aggregate-to-read-only";

  /** Of what those may write who run or deploy applications. */
  public static final String TO_DEPLOY = "fairway.dev/aggregate-to-deploy";

  private static final String NAME = "access-roles";
  private static final String RBAC = "rbac.authorization.k8s.io";
  private static final String KUBE_SYSTEM = "fairway-kube-system";

  private static final Symbol ENABLED =
      Symbol.setting(
          "access_roles_enabled",
          new Bool(),
          "true",
          "Whether groups of people and pipelines have the platform's roles; without it you bind"
              + " your own");

  private static final Symbol READ_ONLY = group("read_only", "ReadOnly", "looks, and no more");
  private static final Symbol POWER_USER =
      group("power_user", "PowerUser", "runs applications, by hand too");
  private static final Symbol MANUAL =
      group("manual", "Manual", "does the same in production, once a second person agreed");
  private static final Symbol EMERGENCY =
      group("emergency", "Emergency", "mends the cluster, nodes and kube-system included");
  private static final Symbol CI = group("ci", "CI", "deploys applications");
  private static final Symbol DEPLOYER =
      group("deployer", "Deployer", "runs fairway deploy, and so may do everything");

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
    return List.of(READ_ONLY, POWER_USER, MANUAL, EMERGENCY, CI, DEPLOYER);
  }

  @Override
  public List<HasMetadata> objects() {
    return List.of(
        sum("fairway-read-only", TO_READ, "rbac.authorization.k8s.io/aggregate-to-view"),
        sum("fairway-deploy", TO_READ, "rbac.authorization.k8s.io/aggregate-to-view", TO_DEPLOY),
        clusterReader(),
        deployment(),
        byHand(),
        mending(),
        binding("read-only", READ_ONLY, "fairway-read-only"),
        binding("ci", CI, "fairway-deploy"),
        binding("power-user", POWER_USER, "fairway-deploy"),
        binding("power-user-by-hand", POWER_USER, "fairway-by-hand"),
        binding("manual", MANUAL, "fairway-deploy"),
        binding("manual-by-hand", MANUAL, "fairway-by-hand"),
        binding("emergency", EMERGENCY, "fairway-deploy"),
        binding("emergency-by-hand", EMERGENCY, "fairway-by-hand"),
        binding("emergency-mending", EMERGENCY, "fairway-mending"),
        binding("deployer", DEPLOYER, "cluster-admin"),
        policy(),
        policyBinding());
  }

  private static Symbol group(String key, String initial, String what) {
    return Symbol.setting(
        "access_" + key + "_group",
        new Text(
            "(?!system:)[A-Za-z][A-Za-z0-9:._/@-]*", "a group that does not begin with system:"),
        initial,
        "The group that " + what);
  }

  /** Beside what Kubernetes' own role {@code view} shows of namespaces. */
  private static ClusterRole clusterReader() {
    return part(
        "fairway-read-cluster",
        TO_READ,
        Rbac.allow(CORE, List.of("nodes", "persistentvolumes"), "get", "list", "watch"),
        Rbac.allow("storage.k8s.io", List.of("storageclasses", "csinodes"), "get", "list", "watch"),
        Rbac.allow("storage.k8s.io", List.of("volumeattachments"), "get", "list", "watch"),
        Rbac.allow("scheduling.k8s.io", List.of("priorityclasses"), "get", "list", "watch"),
        Rbac.allow(
            "apiextensions.k8s.io", List.of("customresourcedefinitions"), "get", "list", "watch"),
        Rbac.allow("apiregistration.k8s.io", List.of("apiservices"), "get", "list", "watch"),
        Rbac.allow("metrics.k8s.io", List.of("nodes", "pods"), "get", "list"),
        Rbac.allow(
            "zalando.org", List.of("routegroups", "stacksets", "stacks"), "get", "list", "watch"),
        Rbac.allow("autoscaling.k8s.io", List.of("verticalpodautoscalers"), "get", "list", "watch"),
        Rbac.allow(
            RBAC,
            List.of("clusterroles", "clusterrolebindings", "roles", "rolebindings"),
            "get",
            "list",
            "watch"));
  }

  /** Secrets are written and not read; an application reads its own from its pods. */
  private static ClusterRole deployment() {
    return part(
        "fairway-deploy-applications",
        TO_DEPLOY,
        Rbac.allow(
            CORE,
            List.of("configmaps", "services", "persistentvolumeclaims", "serviceaccounts", "pods"),
            write()),
        Rbac.allow(CORE, List.of("secrets"), write()),
        Rbac.allow(
            "apps",
            List.of("deployments", "deployments/scale", "statefulsets", "statefulsets/scale"),
            write()),
        Rbac.allow("apps", List.of("daemonsets", "replicasets"), write()),
        Rbac.allow("batch", List.of("jobs", "cronjobs"), write()),
        Rbac.allow("autoscaling", List.of("horizontalpodautoscalers"), write()),
        Rbac.allow("autoscaling.k8s.io", List.of("verticalpodautoscalers"), write()),
        Rbac.allow("zalando.org", List.of("routegroups", "stacksets"), write()),
        Rbac.allow("policy", List.of("poddisruptionbudgets"), write()),
        Rbac.allow("networking.k8s.io", List.of("ingresses", "networkpolicies"), write()));
  }

  /** Into running pods, and out of them. */
  private static ClusterRole byHand() {
    return role(
        "fairway-by-hand",
        Rbac.allow(CORE, List.of("pods/exec", "pods/attach", "pods/portforward"), "create", "get"),
        Rbac.allow(CORE, List.of("pods/eviction"), "create"),
        Rbac.allow(CORE, List.of("pods/ephemeralcontainers"), "patch", "update"));
  }

  /** Nodes, and volumes that are left over. With pods in kube-system this is all that there is. */
  private static ClusterRole mending() {
    return role(
        "fairway-mending",
        Rbac.allow(CORE, List.of("nodes"), "patch", "update", "delete"),
        Rbac.allow(CORE, List.of("persistentvolumes"), "patch", "update", "delete"),
        Rbac.allow("storage.k8s.io", List.of("volumeattachments"), "delete"),
        Rbac.allow("coordination.k8s.io", List.of("leases"), "get", "list", "delete"));
  }

  private static String[] write() {
    return new String[] {"create", "update", "patch", "delete", "deletecollection"};
  }

  private static ClusterRole part(String name, String label, PolicyRule... rules) {
    return role(name, rules).edit().editMetadata().addToLabels(label, "true").endMetadata().build();
  }

  private static ClusterRole role(String name, PolicyRule... rules) {
    return new ClusterRoleBuilder().withMetadata(metadata(name)).withRules(rules).build();
  }

  private static ClusterRole sum(String name, String... labels) {
    var selectors =
        List.of(labels).stream()
            .map(label -> new LabelSelectorBuilder().addToMatchLabels(label, "true").build())
            .toList();
    return new ClusterRoleBuilder()
        .withMetadata(metadata(name))
        .withNewAggregationRule()
        .withClusterRoleSelectors(selectors)
        .endAggregationRule()
        .build();
  }

  private static ClusterRoleBinding binding(String use, Symbol group, String role) {
    return new ClusterRoleBindingBuilder()
        .withMetadata(metadata(NAME + "-" + use))
        .withNewRoleRef(RBAC, "ClusterRole", role)
        .addNewSubject(RBAC, "Group", group.token(), null)
        .build();
  }

  /**
   * RBAC has no way to say "every namespace but": whoever may write everywhere could run a pod in
   * kube-system, where pods may have the node, and with its token the cluster.
   */
  private static ValidatingAdmissionPolicy policy() {
    return new ValidatingAdmissionPolicyBuilder()
        .withMetadata(metadata(KUBE_SYSTEM))
        .withNewSpec()
        .withFailurePolicy("Fail")
        .withNewMatchConstraints()
        .withNewNamespaceSelector()
        .addNewMatchExpression()
        .withKey("kubernetes.io/metadata.name")
        .withOperator("In")
        .withValues("kube-system", "kube-public", "kube-node-lease")
        .endMatchExpression()
        .endNamespaceSelector()
        .addNewResourceRule()
        .withApiGroups("*")
        .withApiVersions("*")
        .withOperations("*")
        .withResources("*/*")
        .withScope("Namespaced")
        .endResourceRule()
        .endMatchConstraints()
        .addNewMatchCondition(isApplicationTeam(), "of-an-application-team")
        .addNewValidation()
        .withExpression("false")
        .withMessage("the platform's namespaces are changed by the platform's releases only")
        .withReason("Forbidden")
        .endValidation()
        .endSpec()
        .build();
  }

  private static String isApplicationTeam() {
    return "[%s].exists(group, group in request.userInfo.groups)"
            .formatted(
                String.join(
                    ", ",
                    List.of(CI, POWER_USER, MANUAL).stream()
                        .map(group -> "'" + group.token() + "'")
                        .toList()))
        + " && ![%s].exists(group, group in request.userInfo.groups)"
            .formatted("'" + EMERGENCY.token() + "', '" + DEPLOYER.token() + "', 'system:masters'");
  }

  private static ValidatingAdmissionPolicyBinding policyBinding() {
    return new ValidatingAdmissionPolicyBindingBuilder()
        .withMetadata(metadata(KUBE_SYSTEM))
        .withNewSpec()
        .withPolicyName(KUBE_SYSTEM)
        .withValidationActions("Deny")
        .endSpec()
        .build();
  }

  private static ObjectMeta metadata(String name) {
    return new ObjectMetaBuilder().withName(name).withLabels(Labels.of(NAME)).build();
  }
}
