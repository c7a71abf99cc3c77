package dev.fairway.platform.component.jobs;

import static dev.fairway.platform.component.Rbac.CORE;

import com.google.auto.service.AutoService;
import dev.fairway.model.Image;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Whole;
import dev.fairway.platform.cloud.Versions;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.Containers;
import dev.fairway.platform.component.EnvVars;
import dev.fairway.platform.component.NodeSelectors;
import dev.fairway.platform.component.Priority;
import dev.fairway.platform.component.Rbac;
import dev.fairway.platform.component.Resources;
import dev.fairway.platform.component.Switch;
import dev.fairway.platform.component.Texts;
import dev.fairway.platform.component.Tolerations;
import dev.fairway.platform.component.Volumes;
import dev.fairway.platform.component.Workload;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import java.util.List;
import java.util.Optional;

/**
 * kube-job-cleaner deletes Jobs and pods that ended some time ago and that nobody else deletes: a
 * cluster that keeps all of them slows down with every list of pods. The program of that name is
 * given up and calls APIs that Kubernetes no longer has, so this is a script around kubectl.
 *
 * <p>It keeps what is in kube-system, what has a controller (a CronJob keeps its own history, a
 * Job's pods go with the Job), and Jobs with a {@code ttlSecondsAfterFinished}. The policy {@code
 * job-ttl} gives that to all Jobs of applications, so what is left for this one is pods; and Jobs
 * of namespaces that the policy leaves alone, or of clusters without it.
 */
@AutoService(Component.class)
public final class KubeJobCleaner implements Component {
  private static final Symbol ENABLED =
      Switch.of(
          "kube-job-cleaner",
          "Whether Jobs and pods that ended are deleted after a while; without, they stay until"
              + " somebody does it, and slow down every list of pods");

  private static final Symbol AGE =
      Symbol.setting(
          "kube_job_cleaner_age_seconds",
          new Whole(60, 31_536_000),
          "3600",
          "How long a pod of no controller is kept when it has ended, in seconds; a Job only where"
              + " it has no ttlSecondsAfterFinished, which job_ttl_seconds gives to nearly all");

  /** Built on a distroless image: it has no shell. */
  private static final Image KUBECTL = Image.of("registry.k8s.io/kubectl:v" + Versions.KUBERNETES);

  /** Linked statically, so that its shell runs in kubectl's container as well. */
  private static final Image SHELL = Image.of("public.ecr.aws/docker/library/busybox:1.37.0-musl");

  private static final Workload CLEANER = Workload.inKubeSystem("kube-job-cleaner");

  /** Not at the full hour, when everybody's CronJobs begin. */
  private static final String HOURLY = "17 * * * *";

  /** Each deletion is a call of its own, some ten a second. What is left goes an hour later. */
  private static final long DEADLINE_SECONDS = 900;

  private static final List<String> FILES = List.of("clean", "finished-jobs", "finished-pods");

  @Override
  public String name() {
    return CLEANER.name();
  }

  @Override
  public Optional<Symbol> enabledBy() {
    return Optional.of(ENABLED);
  }

  @Override
  public List<Symbol> settings() {
    return List.of(AGE);
  }

  @Override
  public List<Image> images() {
    return List.of(KUBECTL, SHELL);
  }

  @Override
  public List<HasMetadata> objects() {
    return List.of(
        CLEANER.serviceAccount(),
        clusterRole(),
        CLEANER.clusterRoleBinding(),
        configMap(),
        cronJob());
  }

  private ClusterRole clusterRole() {
    return CLEANER.clusterRole(
        Rbac.allow("batch", List.of("jobs"), "list", "delete"),
        Rbac.allow(CORE, List.of("pods"), "list", "delete"));
  }

  private ConfigMap configMap() {
    return CLEANER.configMap(Texts.beside(KubeJobCleaner.class, FILES));
  }

  private CronJob cronJob() {
    return CLEANER.cronJob(
        HOURLY,
        DEADLINE_SECONDS,
        CLEANER
            .pod(Priority.CONTROLLER)
            .editSpec()
            .withAutomountServiceAccountToken(true)
            .withNodeSelector(NodeSelectors.MASTERS)
            .withTolerations(Tolerations.CONTROL_PLANE)
            .withInitContainers(shell())
            .withContainers(cleaner())
            .withVolumes(
                Volumes.scratch("tools", "16Mi"), Volumes.configMap("scripts", CLEANER.name()))
            .endSpec()
            .build());
  }

  private static Container shell() {
    return Containers.restricted("shell", SHELL)
        .withCommand("sh", "-ec")
        .withArgs("cp /bin/busybox /tools/ && /tools/busybox --install -s /tools")
        .withResources(Resources.of("10m", "32Mi"))
        .withVolumeMounts(Volumes.writable("tools", "/tools"))
        .build();
  }

  private static Container cleaner() {
    return Containers.restricted("cleaner", KUBECTL)
        .withCommand("/tools/sh", "/scripts/clean")
        .withEnv(EnvVars.of("PATH", "/tools:/bin"), EnvVars.of("MAX_AGE_SECONDS", AGE.token()))
        .withResources(Resources.of("50m", "256Mi"))
        .withVolumeMounts(
            Volumes.readOnly("tools", "/tools"), Volumes.readOnly("scripts", "/scripts"))
        .build();
  }
}
