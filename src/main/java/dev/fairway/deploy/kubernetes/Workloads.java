package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What runs in a cluster, so far as it could make a load balancer or a volume, or holds one. What
 * the cluster itself needs stays: its controllers have to clean up.
 */
final class Workloads {
  static final String SYSTEM = "kube-system";

  /** Those that make others come before those that they make. */
  static final List<Listed> KINDS =
      List.of(
          new Listed("batch/v1", "CronJob", "cronjobs"),
          new Listed("apps/v1", "Deployment", "deployments"),
          new Listed("apps/v1", "StatefulSet", "statefulsets"),
          new Listed("apps/v1", "DaemonSet", "daemonsets"),
          new Listed("batch/v1", "Job", "jobs"),
          new Listed("apps/v1", "ReplicaSet", "replicasets"),
          new Listed("v1", "ReplicationController", "replicationcontrollers"),
          new Listed("v1", "Pod", "pods"));

  private Workloads() {}

  /** Whether it has to end before the cluster's claims and load balancers can. */
  static boolean isInTheWay(JsonNode object) {
    return !isMirror(object)
        && (!object.at("/metadata/namespace").asText().equals(SYSTEM) || hasClaims(object));
  }

  /** The kubelet's picture of a static pod: deleting it only makes another. */
  private static boolean isMirror(JsonNode object) {
    return object.path("metadata").path("annotations").has("kubernetes.io/config.mirror");
  }

  private static boolean hasClaims(JsonNode object) {
    return !object.at("/spec/volumeClaimTemplates").isEmpty()
        || podSpecs(object)
            .flatMap(spec -> elements(spec.path("volumes")))
            .anyMatch(volume -> volume.has("persistentVolumeClaim") || volume.has("ephemeral"));
  }

  /** A pod's own, that of a template, and that of a CronJob's template of a template. */
  private static Stream<JsonNode> podSpecs(JsonNode object) {
    return Stream.of("/spec", "/spec/template/spec", "/spec/jobTemplate/spec/template/spec")
        .map(object::at);
  }

  static Stream<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
