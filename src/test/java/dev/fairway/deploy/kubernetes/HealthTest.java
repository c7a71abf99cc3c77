package dev.fairway.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthTest {
  private static final String META = "metadata: {generation: 2}, ";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "DaemonSet|status: {observedGeneration: 1}|its controller did not look at it yet",
        "DaemonSet|status: {observedGeneration: 2}|``",
        "DaemonSet|status: {observedGeneration: 2, desiredNumberScheduled: 3,"
            + " updatedNumberScheduled: 1, numberAvailable: 3}|1 of 3 updated",
        "DaemonSet|status: {observedGeneration: 2, desiredNumberScheduled: 3,"
            + " updatedNumberScheduled: 3, numberAvailable: 2}|2 of 3 available",
        "Deployment|spec: {replicas: 2}, status: {observedGeneration: 2, replicas: 2,"
            + " updatedReplicas: 1, availableReplicas: 2}|1 of 2 updated",
        "Deployment|spec: {replicas: 2}, status: {observedGeneration: 2, replicas: 3,"
            + " updatedReplicas: 2, availableReplicas: 3}|1 of the old still to go",
        "Deployment|spec: {replicas: 2}, status: {observedGeneration: 2, replicas: 2,"
            + " updatedReplicas: 2, availableReplicas: 1}|1 of 2 available",
        "Deployment|spec: {replicas: 2}, status: {observedGeneration: 2, replicas: 2,"
            + " updatedReplicas: 2, availableReplicas: 2}|``",
        "Deployment|spec: {replicas: 0}, status: {observedGeneration: 2}|``",
        "StatefulSet|spec: {replicas: 3, updateStrategy: {rollingUpdate: {partition: 2}}}, status:"
            + " {observedGeneration: 2, updatedReplicas: 1, availableReplicas: 3}|``",
        "StatefulSet|spec: {replicas: 3}, status: {observedGeneration: 2, updatedReplicas: 1,"
            + " availableReplicas: 3}|1 of 3 updated",
        "APIService|status: {conditions: [{type: 'Available', status: 'False', message: 'no"
            + " endpoints'}]}|no endpoints",
        "APIService|status: {conditions: [{type: 'Available', status: 'True', message: 'all"
            + " fine'}]}|``",
      })
  void howFarAWorkloadIs(String kind, String json, String lag) {
    var ref = ObjectRef.of("apps/v1", kind, "x", "y");

    assertThat(Workload.of(ref, Json.of("{" + META + json + "}")).lag())
        .isEqualTo(Optional.ofNullable(lag).filter(text -> !text.isEmpty()));
  }

  @Test
  void whyAPodIsNotReady() {
    assertThat(
            PodTrouble.of(
                Json.of(
                    """
                    {status: {phase: 'Pending', conditions: [{type: 'PodScheduled', status: 'False',
                      message: '0/3 nodes are available'}]}}
                    """)))
        .contains("unschedulable: 0/3 nodes are available");
    assertThat(
            PodTrouble.of(
                Json.of(
                    """
                    {status: {phase: 'Running', containerStatuses: [{name: 'web', ready: false,
                      state: {waiting: {reason: 'CrashLoopBackOff', message: 'back-off 10s'}},
                      lastState: {terminated: {exitCode: 2, reason: 'Error', message: 'no flag'}}}]}}
                    """)))
        .contains(
            "waiting in web: CrashLoopBackOff: back-off 10s, ended before with exit code 2 (Error):"
                + " no flag");
    assertThat(PodTrouble.of(Json.of("{status: {conditions: [{type: 'Ready', status: 'True'}]}}")))
        .isEmpty();
    assertThat(PodTrouble.of(Json.of("{metadata: {deletionTimestamp: 'x'}, status: {}}")))
        .isEmpty();
  }

  @Test
  void beforeWorkersOnlyWhatMastersTakeIsLookedAt() {
    var taint = "node-role.kubernetes.io/control-plane";
    assertThat(isEarly("tolerations: [{key: '%s'}]".formatted(taint))).isTrue();
    assertThat(isEarly("tolerations: [{operator: 'Exists'}]")).isTrue();
    assertThat(isEarly("nodeSelector: {'fairway.dev/role': 'master'}")).isFalse();
    assertThat(
            isEarly(
                "nodeSelector: {'fairway.dev/role': 'worker'}, tolerations: [{key: '%s'}]"
                    .formatted(taint)))
        .isFalse();
  }

  private static boolean isEarly(String pod) {
    var json =
        """
        {apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'a', namespace: 'x'},
         spec: {template: {spec: {%s}}}}
        """
            .formatted(pod);
    return Workload.isIn(Health.Scope.BEFORE_WORKERS, Manifest.of("f", Json.of(json)));
  }
}
