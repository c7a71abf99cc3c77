package dev.fairway.e2e;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes Jobs and pods that ended, or did not, as kubelets and controllers would leave them. Its
 * Jobs are managed by somebody who does not exist, so that nobody runs them.
 */
record EndedWork(KubernetesClient client) {
  private static final String NOBODY = "fairway.dev/nobody";

  /** How a Job or pod ended. */
  enum End {
    WELL,
    BADLY,
    NOT
  }

  /** Who made it. */
  enum Maker {
    CRON_JOB,
    JOB,
    REPLICA_SET,
    OTHER
  }

  /** What looks after others' work; each does nothing by itself. */
  void makers() {
    client.resource(cronJob()).create();
    client.resource(job("default", "maker", Optional.empty(), Optional.empty())).create();
    client
        .resource(
            new ReplicaSetBuilder()
                .withNewMetadata()
                .withName("maker")
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withReplicas(0)
                .withNewSelector()
                .addToMatchLabels("app", "maker")
                .endSelector()
                .withTemplate(template("Always"))
                .endSpec()
                .build())
        .create();
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("maker")
                .withNamespace("default")
                .endMetadata()
                .build())
        .create();
  }

  /** What a new Job that says nothing of it would get. */
  Optional<Integer> timeToLive(String namespace, String name) {
    var trial = client.resource(job(namespace, name, Optional.empty(), Optional.empty()));
    return Optional.ofNullable(trial.dryRun().create().getSpec().getTtlSecondsAfterFinished());
  }

  void job(
      String namespace, String name, End end, Optional<Maker> maker, Optional<Integer> timeToLive) {
    var job = client.resource(job(namespace, name, maker.map(this::owner), timeToLive)).create();
    if (end != End.NOT) {
      var now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
      var status = new JobStatusBuilder().withStartTime(now);
      for (var type :
          end == End.WELL
              ? List.of("SuccessCriteriaMet", "Complete")
              : List.of("FailureTarget", "Failed")) {
        status
            .addNewCondition()
            .withType(type)
            .withStatus("True")
            .withLastTransitionTime(now)
            .endCondition();
      }
      WrittenStatus.of(
          client, job, (end == End.WELL ? status.withCompletionTime(now) : status).build());
    }
  }

  /** Its maker gets it when it has ended: a ReplicaSet ends what it has too many of. */
  void pod(String namespace, String name, End end, Optional<Maker> maker) {
    var pod = client.resource(pod(namespace, name)).create();
    if (end != End.NOT) {
      var phase = end == End.WELL ? "Succeeded" : "Failed";
      WrittenStatus.of(client, pod, Map.of("phase", phase));
    }
    maker.ifPresent(known -> adopt(namespace, name, owner(known)));
  }

  /** Makes the pod another object's, by the label as well, or a ReplicaSet would let go of it. */
  void adopt(String namespace, String name, OwnerReference owner) {
    client
        .pods()
        .inNamespace(namespace)
        .withName(name)
        .edit(pod ->
            new PodBuilder(pod)
                .editMetadata()
                .addToLabels("app", "maker")
                .withOwnerReferences(owner)
                .endMetadata()
                .build());
  }

  /** A pod that was made long ago, as one that runs for days, and ends now. */
  void ends(String namespace, String name) {
    var now = Instant.now().toString();
    var status =
        new PodStatusBuilder()
            .withPhase("Succeeded")
            .addNewContainerStatus()
            .withName("work")
            .withImage("example.org/work:1")
            .withImageID("")
            .withReady(false)
            .withRestartCount(0)
            .withNewState()
            .withNewTerminated()
            .withExitCode(0)
            .withFinishedAt(now)
            .endTerminated()
            .endState()
            .endContainerStatus()
            .build();
    var pod = client.pods().inNamespace(namespace).withName(name).get();
    WrittenStatus.of(client, pod, status);
  }

  private static Job job(
      String namespace, String name, Optional<OwnerReference> owner, Optional<Integer> ttl) {
    var job =
        new JobBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(namespace)
            .withOwnerReferences(owner.stream().toList())
            .endMetadata()
            .withNewSpec()
            .withManagedBy(NOBODY)
            .withTemplate(template("Never"))
            .endSpec();
    ttl.ifPresent(seconds -> job.editSpec().withTtlSecondsAfterFinished(seconds).endSpec());
    return job.build();
  }

  private static HasMetadata cronJob() {
    return new CronJobBuilder()
        .withNewMetadata()
        .withName("maker")
        .withNamespace("default")
        .endMetadata()
        .withNewSpec()
        .withSchedule("0 0 1 1 *")
        .withSuspend(true)
        .withNewJobTemplate()
        .withNewSpec()
        .withTemplate(template("Never"))
        .endSpec()
        .endJobTemplate()
        .endSpec()
        .build();
  }

  private static Pod pod(String namespace, String name) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(namespace)
        .endMetadata()
        .withSpec(template("Never").getSpec())
        .build();
  }

  private static PodTemplateSpec template(String restartPolicy) {
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .addToLabels("app", "maker")
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy(restartPolicy)
        .withSchedulerName("nobody")
        .addNewContainer()
        .withName("work")
        .withImage("example.org/work:1")
        .endContainer()
        .endSpec()
        .build();
  }

  private OwnerReference owner(Maker maker) {
    return switch (maker) {
      case CRON_JOB -> owner("batch/v1", "CronJob");
      case JOB -> owner("batch/v1", "Job");
      case REPLICA_SET -> owner("apps/v1", "ReplicaSet");
      case OTHER -> owner("v1", "ConfigMap");
    };
  }

  private OwnerReference owner(String apiVersion, String kind) {
    return owner("default", apiVersion, kind, "maker");
  }

  /** Of an object of the namespace, as the controller of another one there. */
  OwnerReference owner(String namespace, String apiVersion, String kind, String name) {
    var object =
        client
            .genericKubernetesResources(apiVersion, kind)
            .inNamespace(namespace)
            .withName(name)
            .get();
    return new OwnerReferenceBuilder()
        .withApiVersion(apiVersion)
        .withKind(kind)
        .withName(name)
        .withUid(object.getMetadata().getUid())
        .withController(true)
        .build();
  }
}
