package dev.fairway.platform.component.monitoring;

import static dev.fairway.platform.component.Rbac.CORE;

import dev.fairway.model.Facts;
import dev.fairway.model.Role;
import dev.fairway.platform.component.Containers;
import dev.fairway.platform.component.EnvVars;
import dev.fairway.platform.component.Priority;
import dev.fairway.platform.component.Rbac;
import dev.fairway.platform.component.Reason;
import dev.fairway.platform.component.Resources;
import dev.fairway.platform.component.Workload;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import java.util.List;

/** The two programs that tell ZMON what there is to check: one asks Kubernetes, one AWS. */
final class ZmonAgents {
  private static final String NO_PORT = "it listens to nobody, and starts anew whatever fails it";

  private static final Workload AGENT =
      Workload.inKubeSystem("zmon-agent")
          .because(Reason.SINGLE_REPLICA, "two would tell the same, and delete each other's news")
          .because(Reason.PROBES, NO_PORT);

  /** It ends when it has told once; the image need not bring the loop. */
  private static final String AWS_LOOP =
      """
      while :; do
        python3 -m zmon_aws_agent --entity-service "$ENTITY_SERVICE_URL" --region "$AWS_REGION" || echo "failed"
        sleep 60
      done
      """;

  private final Workload awsAgent;

  ZmonAgents(Role role) {
    awsAgent =
        Workload.inKubeSystem("zmon-aws-agent")
            .assuming(role)
            .because(Reason.SINGLE_REPLICA, "two would tell the same, and delete each other's news")
            .because(Reason.PROBES, NO_PORT);
  }

  List<HasMetadata> objects() {
    return List.of(
        AGENT.serviceAccount(),
        clusterRole(),
        AGENT.clusterRoleBinding(),
        agentDeployment(),
        awsAgent.serviceAccount(),
        awsAgentDeployment());
  }

  /** No Secrets and no ConfigMaps: it tells the data service all that it can read. */
  private static ClusterRole clusterRole() {
    return AGENT.clusterRole(
        Rbac.allow(
            CORE,
            List.of(
                "endpoints",
                "namespaces",
                "nodes",
                "persistentvolumeclaims",
                "persistentvolumes",
                "pods",
                "services"),
            "get",
            "list"),
        Rbac.allow(
            "apps",
            List.of("daemonsets", "deployments", "replicasets", "statefulsets"),
            "get",
            "list"),
        Rbac.allow("autoscaling", List.of("horizontalpodautoscalers"), "get", "list"),
        Rbac.allow("batch", List.of("cronjobs", "jobs"), "get", "list"),
        Rbac.allow("networking.k8s.io", List.of("ingresses"), "get", "list"),
        Rbac.allow("apiextensions.k8s.io", List.of("customresourcedefinitions"), "get", "list"));
  }

  private static Deployment agentDeployment() {
    return AGENT.deployment(
        1,
        AGENT
            .pod(Priority.CONTROLLER)
            .editSpec()
            .withAutomountServiceAccountToken(true)
            .withContainers(agent())
            .withVolumes(ZmonInputs.volumes())
            .endSpec()
            .build());
  }

  private static Container agent() {
    return Containers.restricted("zmon-agent", ZmonInputs.AGENT_IMAGE)
        .withEnv(ZmonInputs.tokens())
        .addToEnv(
            EnvVars.of("ZMON_AGENT_ENTITY_SERVICE_URL", ZmonInputs.DATA_SERVICE.token()),
            EnvVars.of("ZMON_AGENT_INFRASTRUCTURE_ACCOUNT", ZmonInputs.account()),
            EnvVars.of("ZMON_AGENT_REGION", Facts.REGION.token()),
            EnvVars.of("ZMON_AGENT_INTERVAL", "60"),
            EnvVars.of("ZMON_AGENT_KUBERNETES_CLUSTER_ID", Facts.CLUSTER_ID.token()),
            EnvVars.of("ZMON_AGENT_KUBERNETES_CLUSTER_ALIAS", Facts.ALIAS.token()),
            EnvVars.of("ZMON_AGENT_KUBERNETES_CLUSTER_ENVIRONMENT", Facts.ENVIRONMENT.token()),
            EnvVars.of("ZMON_HOSTED_ZONE_FORMAT_STRING", "{}.{}." + Facts.HOSTED_ZONE_NAME.token()),
            ZmonInputs.secret("ZMON_AGENT_POSTGRES_USER", "sql-user"),
            ZmonInputs.secret("ZMON_AGENT_POSTGRES_PASS", "sql-pass"))
        .withResources(Resources.of("100m", "256Mi"))
        .withVolumeMounts(ZmonInputs.mounts())
        .build();
  }

  private Deployment awsAgentDeployment() {
    return awsAgent.deployment(
        1,
        awsAgent
            .pod(Priority.CONTROLLER)
            .editSpec()
            .withContainers(awsAgent())
            .withVolumes(ZmonInputs.volumes())
            .endSpec()
            .build());
  }

  private static Container awsAgent() {
    return Containers.restricted("zmon-aws-agent", ZmonInputs.AWS_AGENT_IMAGE)
        .withCommand("sh", "-c", AWS_LOOP)
        .withEnv(ZmonInputs.tokens())
        .addToEnv(
            EnvVars.of("ENTITY_SERVICE_URL", ZmonInputs.DATA_SERVICE.token()),
            EnvVars.of("AWS_REGION", Facts.REGION.token()),
            EnvVars.of("AWS_DEFAULT_REGION", Facts.REGION.token()))
        .withResources(Resources.of("100m", "256Mi"))
        .withVolumeMounts(ZmonInputs.mounts())
        .build();
  }
}
