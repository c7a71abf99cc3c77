package dev.fairway.diff;

import static dev.fairway.diff.ResourceRisksTest.worst;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.release.Release;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What opens something is a risk on its way there, and none on its way back. */
class ObjectAccessTest {
  /** A kind, what is tight, and what is looser. */
  static Stream<Arguments> loosened() {
    return Stream.of(
            pods(), containers(), capabilities(), volumes(), services(), policies(), admission())
        .flatMap(rows -> rows)
        .flatMap(row ->
            Stream.of(
                Arguments.of(row.kind(), row.tight(), row.loose(), Risk.WIDER_ACCESS),
                Arguments.of(row.kind(), row.loose(), row.tight(), Risk.ORDINARY)));
  }

  private record Row(String kind, String tight, String loose) {}

  private static Row pod(String tight, String loose) {
    var pod = "spec: {template: {spec: {%s containers: [{name: c}]}}}";
    return new Row("Deployment", pod.formatted(tight), pod.formatted(loose));
  }

  private static Row container(String tight, String loose) {
    var pod =
        "spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: c, securityContext:"
            + " {%s}}]}}}}}";
    return new Row("CronJob", pod.formatted(tight), pod.formatted(loose));
  }

  private static Stream<Row> pods() {
    return Stream.of(
        pod("", "hostNetwork: true,"),
        pod("hostPID: false,", "hostPID: true,"),
        pod("", "hostIPC: true,"),
        pod("", "hostIPC: \"\u27e6=setting.x\u27e7\","),
        pod("hostUsers: false,", ""),
        pod("automountServiceAccountToken: false,", ""),
        pod("automountServiceAccountToken: false,", "automountServiceAccountToken: true,"),
        pod("securityContext: {runAsNonRoot: true},", ""),
        new Row(
            "StackSet",
            "spec: {stackTemplate: {spec: {podTemplate: {spec: {containers: []}}}}}",
            "spec: {stackTemplate: {spec: {podTemplate: {spec: {hostPID: true, containers:"
                + " []}}}}}"),
        new Row("ServiceAccount", "automountServiceAccountToken: false", "a: b"),
        new Row(
            "Pod",
            "spec: {containers: [{name: c, ports: [{containerPort: 1}]}]}",
            "spec: {containers: [{name: c, ports: [{containerPort: 1, hostPort: 1}]}]}"));
  }

  private static Stream<Row> containers() {
    return Stream.of(
        container("", "privileged: true"),
        container("allowPrivilegeEscalation: false", "allowPrivilegeEscalation: true"),
        container("allowPrivilegeEscalation: false", ""),
        container("readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false"),
        container("runAsNonRoot: true", ""),
        container("runAsUser: 1000", "runAsUser: 0"),
        container("runAsUser: 1000", ""),
        container("procMount: Default", "procMount: Unmasked"),
        container("seccompProfile: {type: RuntimeDefault}", ""),
        container("seccompProfile: {type: RuntimeDefault}", "seccompProfile: {type: Unconfined}"),
        container("", "appArmorProfile: {type: Unconfined}"));
  }

  private static Stream<Row> capabilities() {
    return Stream.of(
        container("capabilities: {drop: [ALL]}", ""),
        container("capabilities: {drop: [ALL]}", "capabilities: {drop: [NET_RAW]}"),
        container("capabilities: {drop: [ALL]}", "capabilities: {drop: [ALL], add: [SYS_ADMIN]}"),
        container("capabilities: {drop: [NET_RAW, MKNOD]}", "capabilities: {drop: [NET_RAW]}"),
        container("capabilities: {add: [CHOWN]}", "capabilities: {add: [CHOWN, SYS_PTRACE]}"));
  }

  private static Row volume(String tight, String loose) {
    var pod =
        "spec: {template: {spec: {containers: [{name: c, volumeMounts: [{name: v, mountPath: /v"
            + "%s}]}], volumes: [{name: v, %s}]}}}";
    return new Row(
        "DaemonSet",
        pod.formatted(tight.startsWith("w ") ? "" : ", readOnly: true", tight.substring(2)),
        pod.formatted(loose.startsWith("w ") ? "" : ", readOnly: true", loose.substring(2)));
  }

  private static Stream<Row> volumes() {
    return Stream.of(
        volume("w emptyDir: {}", "r hostPath: {path: /var/log}"),
        volume("r hostPath: {path: /var/log}", "r hostPath: {path: /var}"),
        volume("r hostPath: {path: /var/log}", "r hostPath: {path: /}"),
        volume("r hostPath: {path: /var/log}", "w hostPath: {path: /var/log}"));
  }

  private static Stream<Row> services() {
    var service = "spec: {%s ports: [{port: 80}%s]}";
    var plain = service.formatted("", "");
    var balancer = service.formatted("type: LoadBalancer,", "");
    var ranges = "type: LoadBalancer, loadBalancerSourceRanges: [%s],";
    return Stream.of(
        new Row("Service", plain, balancer),
        new Row("Service", plain, service.formatted("type: NodePort,", "")),
        new Row("Service", service.formatted("type: NodePort,", ""), balancer),
        new Row("Service", plain, service.formatted("externalIPs: [10.0.0.1],", "")),
        new Row("Service", balancer, service.formatted("type: LoadBalancer,", ", {port: 81}")),
        new Row("Service", service.formatted(ranges.formatted("10.0.0.0/8"), ""), balancer),
        new Row(
            "Service",
            service.formatted(ranges.formatted("10.1.0.0/16"), ""),
            service.formatted(ranges.formatted("10.0.0.0/8"), "")));
  }

  private static Row policy(String tight, String loose) {
    var policy = "spec: {podSelector: {}, policyTypes: [Ingress], %s}";
    return new Row("NetworkPolicy", policy.formatted(tight), policy.formatted(loose));
  }

  private static Stream<Row> policies() {
    var from = "ingress: [{from: [%s], ports: [%s]}]";
    var web = "{namespaceSelector: {matchLabels: {a: b}}, podSelector: {matchLabels: {app: web}}}";
    var range = "{ipBlock: {cidr: %s}}";
    var port = "{port: 80}";
    return Stream.of(
        policy("ingress: []", "ingress: [{}]"),
        policy("ingress: []", from.formatted(web, port)),
        policy(from.formatted(web, port), "ingress: [{}]"),
        policy(from.formatted(web, port), "ingress: [{ports: [{port: 80}]}]"),
        policy(from.formatted(web, port), from.formatted(web, "")),
        policy(from.formatted(web, port), from.formatted(web, "{port: 80, endPort: 90}")),
        policy(from.formatted(web, port), from.formatted(web, "{port: 80}, {port: 53}")),
        policy(
            from.formatted(web, port),
            from.formatted(
                "{namespaceSelector: {}, podSelector: {matchLabels: {app: web}}}", port)),
        policy(
            from.formatted(range.formatted("10.1.0.0/16"), port),
            from.formatted(range.formatted("10.0.0.0/8"), port)),
        new Row(
            "NetworkPolicy",
            "spec: {podSelector: {}, policyTypes: [Egress, Ingress]}",
            "spec: {podSelector: {}, policyTypes: [Egress]}"));
  }

  private static Row label(String tight, String loose) {
    var labels = "metadata: {name: a, labels: {%s}}";
    return new Row("Namespace", labels.formatted(tight), labels.formatted(loose));
  }

  private static Stream<Row> admission() {
    var enforce = "pod-security.kubernetes.io/enforce: %s";
    var version = "pod-security.kubernetes.io/enforce-version: %s";
    var checks = "spec: {validations: [{expression: a, message: m}%s]}";
    var spaces =
        "spec: {matchConstraints: {namespaceSelector: {matchExpressions: [{key: n, operator: In,"
            + " values: [a%s]}]}, resourceRules: [{operations: [CREATE%s], resources: [pods]}]}}";
    var hooks = "webhooks: [{name: a%s}%s]";
    var validating = "ValidatingAdmissionPolicy";
    return Stream.of(
        label(enforce.formatted("restricted"), enforce.formatted("baseline")),
        label(enforce.formatted("baseline"), enforce.formatted("privileged")),
        label(enforce.formatted("baseline"), ""),
        label(version.formatted("v1.36"), version.formatted("v1.35")),
        new Row(validating, checks.formatted(", {expression: b}"), checks.formatted("")),
        new Row(validating, spaces.formatted(", b", ""), spaces.formatted("", "")),
        new Row(validating, spaces.formatted("", ", UPDATE"), spaces.formatted("", "")),
        new Row(
            validating,
            "spec: {matchConditions: []}",
            "spec: {matchConditions: [{name: n, expression: a}]}"),
        new Row(
            "ValidatingWebhookConfiguration",
            hooks.formatted("", ", {name: b}"),
            hooks.formatted("", "")),
        new Row(
            "MutatingWebhookConfiguration",
            hooks.formatted("", ""),
            hooks.formatted(", failurePolicy: Ignore", "")));
  }

  @ParameterizedTest(name = "{0}: {1} to {2}: {3}")
  @MethodSource("loosened")
  void whatOpensIsARiskAndWhatClosesIsNone(String kind, String was, String becomes, Risk risk) {
    assertThat(worst(object(kind, was), object(kind, becomes))).isEqualTo(risk);
  }

  /** Neither way is surely the tighter one. */
  static Stream<Arguments> unclear() {
    return Stream.of(
            List.of(
                "ValidatingAdmissionPolicy",
                "spec: {validations: [{expression: %s}]}",
                "'false'",
                "'true'"),
            List.of(
                "ValidatingAdmissionPolicy",
                "spec: {variables: [{name: a, expression: %s}]}",
                "b",
                "c"),
            List.of("ValidatingAdmissionPolicyBinding", "spec: {policyName: %s}", "a", "nothing"),
            List.of(
                "ValidatingWebhookConfiguration",
                "webhooks: [{name: a, clientConfig: {url: %s}}]",
                "b",
                "c"),
            List.of("NetworkPolicy", "spec: {podSelector: {matchLabels: {app: %s}}}", "a", "b"),
            List.of("Namespace", "metadata: {name: a, labels: {team: %s}}", "a", "b"),
            List.of(
                "Deployment",
                "spec: {template: {spec: {serviceAccountName: %s, containers: []}}}",
                "a",
                "b"),
            List.of(
                "Deployment",
                "spec: {template: {metadata: {annotations: {iam.amazonaws.com/role: %s}}, spec:"
                    + " {containers: []}}}",
                "a",
                "b"),
            List.of(
                "ServiceAccount",
                "metadata: {name: a, annotations: {eks.amazonaws.com/role-arn: %s}}",
                "a",
                "b"))
        .flatMap(row ->
            Stream.of(
                Arguments.of(
                    row.get(0), row.get(1).formatted(row.get(2)), row.get(1).formatted(row.get(3))),
                Arguments.of(
                    row.get(0),
                    row.get(1).formatted(row.get(3)),
                    row.get(1).formatted(row.get(2)))));
  }

  @ParameterizedTest(name = "{0}: {1} to {2}")
  @MethodSource("unclear")
  void whatCannotBeToldIsARiskBothWays(String kind, String was, String becomes) {
    assertThat(worst(object(kind, was), object(kind, becomes))).isEqualTo(Risk.WIDER_ACCESS);
  }

  static Stream<Arguments> harmless() {
    var pod = "spec: {template: {metadata: {labels: {a: b%s}}, spec: {%s}}}";
    return Stream.of(
        Arguments.of(
            "Deployment",
            pod.formatted("", "hostNetwork: false, containers: []"),
            pod.formatted("c", "containers: []")),
        Arguments.of(
            "a container under another name, and as free as before",
            pod.formatted("", "containers: [{name: a, securityContext: {privileged: true}}]"),
            pod.formatted("", "containers: [{name: b, securityContext: {privileged: true}}]")),
        Arguments.of(
            "ValidatingAdmissionPolicy",
            "spec: {validations: [{expression: a, message: b}]}",
            "spec: {validations: [{expression: a, message: c}]}"),
        Arguments.of(
            "Namespace",
            "metadata: {name: a, labels: {pod-security.kubernetes.io/enforce-version: v1.36,"
                + " app.kubernetes.io/name: a}}",
            "metadata: {name: a, labels: {pod-security.kubernetes.io/enforce-version: v1.37}}"),
        Arguments.of(
            "ValidatingAdmissionPolicyBinding",
            "spec: {matchResources: {namespaceSelector: {matchLabels: {a: b}}}}",
            "a: b"));
  }

  @ParameterizedTest(name = "{0}: {1} to {2}")
  @MethodSource("harmless")
  void whatOpensNothingIsNoRisk(String kind, String was, String becomes) {
    var one = kind.contains(" ") ? "Deployment" : kind;
    assertThat(worst(object(one, was), object(one, becomes))).isEqualTo(Risk.ORDINARY);
  }

  static Stream<Arguments> anew() {
    var pod = "spec: {template: {spec: {%s}}}";
    return Stream.of(
        Arguments.of(
            "DaemonSet", pod.formatted("hostPID: true, containers: []"), Risk.WIDER_ACCESS),
        Arguments.of(
            "DaemonSet",
            pod.formatted("containers: [{name: c, securityContext: {privileged: true}}]"),
            Risk.WIDER_ACCESS),
        Arguments.of(
            "DaemonSet",
            pod.formatted("containers: [], volumes: [{name: v, hostPath: {path: /}}]"),
            Risk.WIDER_ACCESS),
        Arguments.of("Deployment", pod.formatted("containers: [{name: c}]"), Risk.ORDINARY),
        Arguments.of("Service", "spec: {type: LoadBalancer}", Risk.WIDER_ACCESS),
        Arguments.of("Service", "spec: {ports: [{port: 80}]}", Risk.ORDINARY),
        Arguments.of("NetworkPolicy", "spec: {podSelector: {}, ingress: [{}]}", Risk.WIDER_ACCESS),
        Arguments.of(
            "NetworkPolicy",
            "spec: {podSelector: {}, ingress: [{ports: [{port: 80}]}]}",
            Risk.ORDINARY));
  }

  @ParameterizedTest(name = "{0}: {1}: {2}")
  @MethodSource("anew")
  void whatIsNewIsARiskWhereItOpensByItself(String kind, String becomes, Risk risk) {
    assertThat(worst(SmallRelease.manifest(""), object(kind, becomes))).isEqualTo(risk);
  }

  private static Release object(String kind, String rest) {
    var metadata = rest.startsWith("metadata") ? "" : "metadata: {name: a}\n";
    return SmallRelease.manifest(
        "apiVersion: x/v1\nkind: %s\n%s%s\n".formatted(kind, metadata, rest));
  }
}
