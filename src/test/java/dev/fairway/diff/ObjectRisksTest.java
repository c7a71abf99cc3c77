package dev.fairway.diff;

import static dev.fairway.diff.ResourceRisksTest.worst;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.release.Release;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a change to a Kubernetes object is told as: what is there before and after it. */
class ObjectRisksTest {
  static Stream<Arguments> objects() {
    return Stream.of(roles(), definitions(), admission(), services(), defaults(), immutable())
        .flatMap(it -> it);
  }

  private static Arguments object(String what, String kind, String was, String becomes, Risk risk) {
    return Arguments.of(what, kind, was, becomes, risk);
  }

  private static Stream<Arguments> roles() {
    var rule = "rules: [{apiGroups: [''], resources: [secrets], verbs: [get]%s}]";
    var named = ", resourceNames: [%s]";
    return Stream.of(
        object(
            "names dropped",
            "ClusterRole",
            rule.formatted(named.formatted("a")),
            rule.formatted(""),
            Risk.WIDER_ACCESS),
        object(
            "names emptied",
            "Role",
            rule.formatted(named.formatted("a")),
            rule.formatted(named.formatted("")),
            Risk.WIDER_ACCESS),
        object(
            "a name more",
            "Role",
            rule.formatted(named.formatted("a")),
            rule.formatted(named.formatted("a, b")),
            Risk.WIDER_ACCESS),
        object(
            "a name less",
            "Role",
            rule.formatted(named.formatted("a, b")),
            rule.formatted(named.formatted("a")),
            Risk.ORDINARY),
        object(
            "a name that is a star, and any name",
            "Role",
            rule.formatted(named.formatted("'*'")),
            rule.formatted(""),
            Risk.WIDER_ACCESS),
        object(
            "one rule of two, which allow no more than before",
            "Role",
            "rules: [{apiGroups: ['*'], resources: ['*'], verbs: [get, list]}]",
            "rules: [{apiGroups: [''], resources: [pods], verbs: [get]},"
                + " {apiGroups: [apps], resources: [deployments], verbs: [list]}]",
            Risk.ORDINARY),
        object(
            "a path of the server",
            "ClusterRole",
            "rules: [{nonResourceURLs: [/healthz], verbs: [get]}]",
            "rules: [{nonResourceURLs: ['*'], verbs: [get]}]",
            Risk.WIDER_ACCESS),
        object(
            "its rules into another",
            "ClusterRole",
            "rules: []",
            "metadata: {name: a, labels: {rbac.authorization.k8s.io/aggregate-to-edit: 'true'}}",
            Risk.WIDER_ACCESS),
        object(
            "others' rules into it",
            "ClusterRole",
            "rules: []",
            "aggregationRule: {clusterRoleSelectors: [{matchLabels: {a: b}}]}",
            Risk.WIDER_ACCESS),
        object(
            "a subject more",
            "RoleBinding",
            "subjects: [{kind: User, name: a}]",
            "subjects: [{kind: User, name: a}, {kind: Group, name: b}]",
            Risk.WIDER_ACCESS),
        object(
            "another role",
            "ClusterRoleBinding",
            "roleRef: {kind: ClusterRole, name: view}",
            "roleRef: {kind: ClusterRole, name: cluster-admin}",
            Risk.REFUSED));
  }

  private static Stream<Arguments> definitions() {
    var version = "{name: %s, served: %s, storage: %s}";
    var versions = "spec: {versions: [%s, {name: v2, served: true, storage: false}]}";
    var stored = versions.formatted(version.formatted("v1", "true", "true"));
    var served = versions.formatted(version.formatted("v1", "true", "false"));
    var neither = versions.formatted(version.formatted("v1", "false", "false"));
    var gone = "spec: {versions: [{name: v2, served: true, storage: false}]}";
    var kind = "CustomResourceDefinition";
    return Stream.of(
        object(
            "another scope",
            kind,
            "spec: {scope: Namespaced}",
            "spec: {scope: Cluster}",
            Risk.REFUSED),
        object("a stored version gone", kind, stored, gone, Risk.REFUSED),
        object("a served version gone", kind, served, gone, Risk.REMOVAL),
        object("a version served no more", kind, served, neither, Risk.REMOVAL),
        object("a version neither stored nor served gone", kind, neither, gone, Risk.ORDINARY),
        object("a version more", kind, gone, served, Risk.ORDINARY));
  }

  private static Stream<Arguments> admission() {
    var actions = "spec: {validationActions: [%s]}";
    var policy = "spec: {failurePolicy: %s}";
    var hook = "webhooks: [{name: a.b.c, failurePolicy: %s}]";
    var binding = "ValidatingAdmissionPolicyBinding";
    return Stream.of(
        object(
            "a warning instead of a denial",
            binding,
            actions.formatted("Deny"),
            actions.formatted("Warn, Audit"),
            Risk.WIDER_ACCESS),
        object(
            "a denial with an audit",
            binding,
            actions.formatted("Deny"),
            actions.formatted("Audit, Deny"),
            Risk.ORDINARY),
        object(
            "failures ignored",
            "ValidatingAdmissionPolicy",
            policy.formatted("Fail"),
            policy.formatted("Ignore"),
            Risk.WIDER_ACCESS),
        object(
            "failures ignored, where the default was to fail",
            "MutatingAdmissionPolicy",
            "spec: {a: b}",
            policy.formatted("Ignore"),
            Risk.WIDER_ACCESS),
        object(
            "failures heard",
            "ValidatingAdmissionPolicy",
            policy.formatted("Ignore"),
            policy.formatted("Fail"),
            Risk.ORDINARY),
        object(
            "a hook's failures ignored",
            "ValidatingWebhookConfiguration",
            hook.formatted("Fail"),
            hook.formatted("Ignore"),
            Risk.WIDER_ACCESS));
  }

  private static Stream<Arguments> services() {
    var address = "spec: {clusterIP: %s}";
    return Stream.of(
        object(
            "another address",
            "Service",
            address.formatted("10.5.0.10"),
            address.formatted("10.5.0.11"),
            Risk.REFUSED),
        object("no address", "Service", address.formatted("10.5.0.10"), "spec: {}", Risk.ORDINARY),
        object(
            "another selector",
            "Deployment",
            "spec: {selector: {a: b}}",
            "spec: {selector: {a: c}}",
            Risk.REFUSED));
  }

  private static Arguments same(String kind, String written) {
    return object(
        "the default, written: " + written, kind, "a: b", "a: b\n" + written, Risk.ORDINARY);
  }

  private static Arguments left(String kind, String written) {
    return object(
        "the default, left out: " + written, kind, "a: b\n" + written, "a: b", Risk.ORDINARY);
  }

  private static Stream<Arguments> defaults() {
    var binding = "roleRef: {kind: Role, name: a%s}";
    var group = ", apiGroup: rbac.authorization.k8s.io";
    return Stream.of(
        left("StorageClass", "reclaimPolicy: Delete"),
        same("StorageClass", "volumeBindingMode: Immediate"),
        same("Secret", "type: Opaque"),
        left("PriorityClass", "preemptionPolicy: PreemptLowerPriority"),
        same("StatefulSet", "spec: {podManagementPolicy: OrderedReady}"),
        same("PersistentVolumeClaim", "spec: {volumeMode: Filesystem}"),
        left("CSIDriver", "spec: {attachRequired: true, volumeLifecycleModes: [Persistent]}"),
        object(
            "the default, written: apiGroup",
            "RoleBinding",
            binding.formatted(""),
            binding.formatted(group),
            Risk.ORDINARY),
        object(
            "what is no default, left out",
            "StorageClass",
            "reclaimPolicy: Retain",
            "a: b",
            Risk.REFUSED));
  }

  private static Stream<Arguments> immutable() {
    var driver = "spec: {attachRequired: %s, volumeLifecycleModes: [%s]}";
    var claim = "spec: {%s}";
    var data = "immutable: %s\ndata: {a: %s}";
    return Stream.of(
        object(
            "a driver that attaches",
            "CSIDriver",
            driver.formatted("true", "Persistent"),
            driver.formatted("false", "Persistent"),
            Risk.REFUSED),
        object(
            "a driver of other volumes",
            "CSIDriver",
            driver.formatted("true", "Persistent"),
            driver.formatted("true", "Ephemeral"),
            Risk.REFUSED),
        object(
            "a claim of a block device",
            "PersistentVolumeClaim",
            claim.formatted("volumeMode: Filesystem"),
            claim.formatted("volumeMode: Block"),
            Risk.REFUSED),
        object(
            "a claim of other volumes",
            "PersistentVolumeClaim",
            claim.formatted(""),
            claim.formatted("selector: {matchLabels: {a: b}}"),
            Risk.REFUSED),
        object(
            "a claim of another volume",
            "PersistentVolumeClaim",
            claim.formatted("volumeName: a"),
            claim.formatted("volumeName: b"),
            Risk.REFUSED),
        object(
            "what is sealed, with other words",
            "ConfigMap",
            data.formatted("true", "b"),
            data.formatted("true", "c"),
            Risk.REFUSED),
        object(
            "what is sealed, opened",
            "Secret",
            data.formatted("true", "b"),
            data.formatted("false", "b"),
            Risk.REFUSED),
        object(
            "other words, sealed now",
            "ConfigMap",
            data.formatted("false", "b"),
            data.formatted("true", "c"),
            Risk.ORDINARY));
  }

  @ParameterizedTest(name = "{0}: {4}")
  @MethodSource("objects")
  void anObjectIsToldByItsTrueRisk(
      String what, String kind, String was, String becomes, Risk risk) {
    assertThat(worst(manifest(kind, was), manifest(kind, becomes))).as(what).isEqualTo(risk);
  }

  @ParameterizedTest
  @MethodSource("guards")
  void whatKeptSomethingOutIsMissed(String kind) {
    assertThat(worst(manifest(kind, "spec: {a: b}"), SmallRelease.manifest("")))
        .isEqualTo(Risk.WIDER_ACCESS);
  }

  static Stream<String> guards() {
    return Stream.of(
        "ValidatingAdmissionPolicy",
        "ValidatingAdmissionPolicyBinding",
        "ValidatingWebhookConfiguration",
        "NetworkPolicy");
  }

  private static Release guarded(int replicas, String budget, String selector) {
    return SmallRelease.manifest(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: a, namespace: n}
        spec: {replicas: %d, template: {metadata: {labels: {app: a, tier: b}}}}
        ---
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: a, namespace: n}
        spec: {%s, selector: {%s}}
        """
            .formatted(replicas, budget, selector));
  }

  static Stream<Arguments> budgets() {
    var one = guarded(2, "maxUnavailable: 1", "");
    var least = "minAvailable: 2";
    return Stream.of(
        Arguments.of(one, guarded(2, "maxUnavailable: 0", ""), Risk.BLOCKING),
        Arguments.of(one, guarded(2, "maxUnavailable: 0%", "matchLabels: {app: a}"), Risk.BLOCKING),
        Arguments.of(one, guarded(2, least, "matchLabels: {tier: b}"), Risk.BLOCKING),
        Arguments.of(
            one,
            guarded(2, least, "matchExpressions: [{key: app, operator: In, values: [a]}]"),
            Risk.BLOCKING),
        Arguments.of(guarded(3, least, ""), guarded(2, least, ""), Risk.BLOCKING),
        Arguments.of(guarded(2, least, ""), guarded(3, least, ""), Risk.ORDINARY),
        Arguments.of(guarded(2, least, ""), guarded(1, least, ""), Risk.ORDINARY),
        Arguments.of(
            one,
            guarded(2, least, "matchExpressions: [{key: app, operator: DoesNotExist}]"),
            Risk.ORDINARY),
        Arguments.of(one, guarded(2, "minAvailable: 1", ""), Risk.ORDINARY));
  }

  /** Also where only the number of its pods is another. */
  @ParameterizedTest
  @MethodSource("budgets")
  void aBudgetThatLetsNoPodGoIsARisk(Release was, Release becomes, Risk risk) {
    assertThat(worst(was, becomes)).isEqualTo(risk);
  }

  private static Release manifest(String kind, String rest) {
    var metadata = rest.startsWith("metadata") ? "" : "metadata: {name: a}\n";
    return SmallRelease.manifest(
        "apiVersion: x/v1\nkind: %s\n%s%s\n".formatted(kind, metadata, rest));
  }
}
