package dev.fairway.platform.component.monitoring;

import static dev.fairway.platform.component.Rbac.CORE;

import dev.fairway.model.Facts;
import dev.fairway.model.Image;
import dev.fairway.model.Role;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Whole;
import dev.fairway.platform.component.Containers;
import dev.fairway.platform.component.EnvVars;
import dev.fairway.platform.component.Field;
import dev.fairway.platform.component.Ingress;
import dev.fairway.platform.component.Priority;
import dev.fairway.platform.component.Probes;
import dev.fairway.platform.component.Rbac;
import dev.fairway.platform.component.Reason;
import dev.fairway.platform.component.Resources;
import dev.fairway.platform.component.Volumes;
import dev.fairway.platform.component.Workload;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.util.ArrayList;
import java.util.List;

/** The programs that run checks: a scheduler, its queue in Redis, and workers that take from it. */
final class ZmonChecks {
  private static final int INITIAL_WORKERS = 4;

  private static final Symbol WORKERS =
      Symbol.setting(
          "zmon_worker_replicas",
          new Whole(2, 100),
          Integer.toString(INITIAL_WORKERS),
          "How many pods run ZMON's checks, each sixteen at a time");

  private static final String INITIAL_WORKER_MEMORY = "2Gi";

  private static final Symbol WORKER_MEMORY =
      Resources.memorySetting(
          "zmon_worker_memory", INITIAL_WORKER_MEMORY, "The memory of each pod that runs checks");

  private static final String INITIAL_SCHEDULER_MEMORY = "1536Mi";

  private static final Symbol SCHEDULER_MEMORY =
      Resources.memorySetting(
          "zmon_scheduler_memory",
          INITIAL_SCHEDULER_MEMORY,
          "The memory of ZMON's scheduler, which knows all entities of the account");

  /** The last line under the BSD licence. Docker Hub's own, without its limits. */
  static final Image REDIS_IMAGE = Image.of("public.ecr.aws/docker/library/redis:7.2.11-alpine");

  private static final int REDIS_PORT = 6379;

  private static final Workload SCHEDULER =
      Workload.inKubeSystem("zmon-scheduler")
          .because(Reason.SINGLE_REPLICA, "every further one would order each check once more");

  private static final Workload REDIS =
      Workload.inKubeSystem("zmon-redis")
          .because(
              Reason.SINGLE_REPLICA,
              "one queue is what everybody agrees on; lost, it is full again after an interval");

  private final Workload worker;

  ZmonChecks(Role role) {
    worker = Workload.inKubeSystem("zmon-worker").assuming(role);
  }

  static List<Symbol> settings() {
    return List.of(WORKERS, WORKER_MEMORY, SCHEDULER_MEMORY);
  }

  List<Field> fields() {
    var fields = new ArrayList<Field>();
    fields.add(new Field("Deployment", worker.name(), "/spec/replicas", WORKERS));
    fields.addAll(Resources.memoryFields("Deployment", worker.name(), WORKER_MEMORY));
    fields.addAll(Resources.memoryFields("Deployment", SCHEDULER.name(), SCHEDULER_MEMORY));
    return fields;
  }

  List<HasMetadata> objects() {
    return List.of(
        SCHEDULER.serviceAccount(),
        schedulerDeployment(),
        SCHEDULER.networkPolicy(),
        worker.serviceAccount(),
        workerRole(),
        worker.clusterRoleBinding(),
        workerDeployment(),
        worker.disruptionBudget(),
        worker.networkPolicy(),
        REDIS.serviceAccount(),
        redisDeployment(),
        REDIS.service(Workload.servicePort("redis", REDIS_PORT)),
        REDIS.networkPolicy(Ingress.from(List.of(SCHEDULER.name(), worker.name()), "redis")));
  }

  private static Deployment schedulerDeployment() {
    return SCHEDULER.deployment(
        1,
        SCHEDULER
            .pod(Priority.CONTROLLER)
            .editSpec()
            .withContainers(scheduler())
            .withVolumes(ZmonInputs.volumes())
            .endSpec()
            .build());
  }

  private static Container scheduler() {
    return Containers.restricted("zmon-scheduler", ZmonInputs.SCHEDULER_IMAGE)
        .withEnv(ZmonInputs.tokens())
        .addAllToEnv(schedulerSettings())
        .withPorts(Containers.tcp("http", 8085), Containers.tcp("management", 7979))
        .withResources(Resources.of("500m", INITIAL_SCHEDULER_MEMORY))
        .withLivenessProbe(Probes.http("/health", "management"))
        .withReadinessProbe(Probes.http("/health", "management"))
        .withStartupProbe(patient(Probes.http("/health", "management")))
        .withVolumeMounts(ZmonInputs.mounts())
        .build();
  }

  /** It takes checks of this account and region only, and asks the data service for all else. */
  private static List<EnvVar> schedulerSettings() {
    var service = ZmonInputs.DATA_SERVICE.token();
    var here = "/kube-cluster[" + ZmonInputs.account() + ":" + Facts.REGION.token() + "]/";
    return List.of(
        EnvVars.of("LOCAL_ENTITY_ID", "kube-cluster[" + Facts.CLUSTER_ID.token() + "]"),
        memoryInKilobytes(),
        EnvVars.of("MANAGEMENT_PORT", "7979"),
        EnvVars.of("ZMON_BASE_URL", service),
        EnvVars.of("SCHEDULER_USE_ENV", "1"),
        EnvVars.of("SCHEDULER_OAUTH2_ACCESS_TOKEN_URL", ZmonInputs.accessTokens()),
        EnvVars.of("SCHEDULER_REDIS_HOST", REDIS.name()),
        EnvVars.of("SCHEDULER_REDIS_PORT", Integer.toString(REDIS_PORT)),
        EnvVars.of(
            "SCHEDULER_ENTITY_BASE_FILTER_STR",
            "[{\"infrastructure_account\":\"%s\",\"region\":\"%s\"}]"
                .formatted(ZmonInputs.account(), Facts.REGION.token())),
        EnvVars.of("SCHEDULER_ENTITY_SERVICE_URL", service + "/"),
        EnvVars.of("SCHEDULER_CONTROLLER_URL", service + "/"),
        EnvVars.of(
            "SCHEDULER_INSTANT_EVAL_HTTP_URL", service + "/api/v1/instant-evaluations" + here),
        EnvVars.of("SCHEDULER_TRIAL_RUN_HTTP_URL", service + "/api/v1/trial-runs" + here),
        EnvVars.of("SCHEDULER_DOWNTIME_HTTP_URL", service + "/api/v1/downtimes" + here),
        EnvVars.of("SCHEDULER_ENABLE_GLOBAL_ENTITY", "false"));
  }

  /** What the JVM's heap is reckoned from. */
  private static EnvVar memoryInKilobytes() {
    return new EnvVarBuilder()
        .withName("MEM_TOTAL_KB")
        .withNewValueFrom()
        .withNewResourceFieldRef()
        .withResource("limits.memory")
        .withNewDivisor("1Ki")
        .endResourceFieldRef()
        .endValueFrom()
        .build();
  }

  /** A JVM that reads all entities first takes minutes, which no liveness probe waits for. */
  private static Probe patient(Probe probe) {
    return probe.edit().withFailureThreshold(30).build();
  }

  /** What checks may read of the cluster. They are anybody's code, so no Secrets or ConfigMaps. */
  private ClusterRole workerRole() {
    return worker.clusterRole(
        Rbac.allow(
            CORE,
            List.of(
                "endpoints",
                "namespaces",
                "nodes",
                "persistentvolumeclaims",
                "persistentvolumes",
                "pods",
                "resourcequotas",
                "services"),
            "get",
            "list"),
        Rbac.allow(
            "apps",
            List.of("daemonsets", "deployments", "replicasets", "statefulsets"),
            "get",
            "list"),
        Rbac.allow("batch", List.of("cronjobs", "jobs"), "get", "list"),
        Rbac.allow("networking.k8s.io", List.of("ingresses"), "get", "list"),
        new PolicyRuleBuilder().withNonResourceURLs("/metrics").withVerbs("get").build());
  }

  private Deployment workerDeployment() {
    return worker.deployment(
        INITIAL_WORKERS,
        worker
            .pod(Priority.CONTROLLER)
            .editSpec()
            .withAutomountServiceAccountToken(true)
            .withContainers(workerContainer())
            .withVolumes(ZmonInputs.volumes())
            .endSpec()
            .build());
  }

  private static Container workerContainer() {
    return Containers.restricted("zmon-worker", ZmonInputs.WORKER_IMAGE)
        .withEnv(ZmonInputs.tokens())
        .addToEnv(
            EnvVars.of("WORKER_ZMON_QUEUES", "zmon:queue:default/16"),
            EnvVars.of("WORKER_REDIS_SERVERS", REDIS.name() + ":" + REDIS_PORT),
            EnvVars.of("WORKER_DATASERVICE_URL", ZmonInputs.DATA_SERVICE.token()),
            EnvVars.of("WORKER_ACCOUNT", ZmonInputs.account()),
            EnvVars.of("WORKER_REGION", Facts.REGION.token()),
            EnvVars.of("WORKER_TEAM", Zmon.TEAM.token()),
            ZmonInputs.secret("WORKER_PLUGIN_SQL_USER", "sql-user"),
            ZmonInputs.secret("WORKER_PLUGIN_SQL_PASS", "sql-pass"))
        .withPorts(Containers.tcp("http", 8080))
        .withResources(Resources.of("500m", INITIAL_WORKER_MEMORY))
        .withLivenessProbe(Probes.http("/health", "http"))
        .withReadinessProbe(Probes.http("/health", "http"))
        .withStartupProbe(patient(Probes.http("/health", "http")))
        .withVolumeMounts(ZmonInputs.mounts())
        .build();
  }

  private static Deployment redisDeployment() {
    return REDIS.deployment(
        1,
        REDIS
            .pod(Priority.CONTROLLER)
            .editSpec()
            .withContainers(redis())
            .withVolumes(Volumes.scratch("data", "64Mi"))
            .endSpec()
            .build());
  }

  /** Keeps nothing on disk, and rather refuses than forgets: a queue that forgets skips checks. */
  private static Container redis() {
    return Containers.restricted("redis", REDIS_IMAGE)
        .withArgs(
            "redis-server",
            "--save",
            "",
            "--appendonly",
            "no",
            "--maxmemory",
            "768mb",
            "--maxmemory-policy",
            "noeviction")
        .withPorts(Containers.tcp("redis", REDIS_PORT))
        .withResources(Resources.of("100m", "1Gi"))
        .withLivenessProbe(Probes.tcp("redis"))
        .withReadinessProbe(Probes.tcp("redis"))
        .withVolumeMounts(Volumes.writable("data", "/data"))
        .build();
  }
}
