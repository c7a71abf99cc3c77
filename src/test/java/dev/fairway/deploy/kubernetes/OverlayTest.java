package dev.fairway.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever lifts a policy is a difference, and what the server fills in is none. */
class OverlayTest {
  private static final String POLICY =
      """
      {kind: 'ValidatingAdmissionPolicy', metadata: {name: 'a', labels: {ours: 'x'}}, spec: {%s
        failurePolicy: 'Fail', matchConstraints: {%s
          namespaceSelector: {%s matchExpressions: [{key: 'k', operator: 'Exists'}]},
          resourceRules: [{%s apiGroups: ['*'], operations: ['*']}]},
        validations: [{expression: 'false'}]}}
      """;

  private static final String HOOK =
      """
      {kind: 'MutatingWebhookConfiguration', metadata: {name: 'a'}, webhooks: [%s {name: 'vpa', %s
        clientConfig: {%s service: {name: 's', %s path: '/'}},
        matchConditions: [%s {name: 'c', expression: 'x'}], rules: [{%s operations: ['CREATE']}]}]}
      """;

  @Test
  void whatTheServerFillsInIsNoDifference() {
    var selectors = "objectSelector: {}, matchPolicy: 'Equivalent',";
    assertThat(policy("", selectors, "", "scope: '*',")).isEmpty();
    var defaults =
        "namespaceSelector: {}, failurePolicy: 'Fail', reinvocationPolicy: 'Never',"
            + " timeoutSeconds: 10,";
    assertThat(hook("", selectors + defaults, "", "port: 443,", "", "scope: '*',")).isEmpty();
  }

  @Test
  void whatOthersSayBesideItIsNoDifference() {
    var labelled = POLICY.replace("ours: 'x'", "ours: 'x', theirs: 'y'");
    assertThat(
            differing(
                labelled.formatted("", "", "", "").replace("spec:", "status: {a: 1}, spec:"),
                POLICY.formatted("", "", "", "")))
        .isEmpty();
    assertThat(hook("", "", "caBundle: 'abc',", "", "", "")).as("whom to trust").isEmpty();
  }

  @Test
  void aPolicyThatHoldsForLessIsADifference() {
    assertThat(policy("", "", "", "resourceNames: ['none'],"))
        .containsExactly(".spec.matchConstraints.resourceRules[0].resourceNames");
    assertThat(policy("", "", "matchLabels: {no: 'where'},", ""))
        .containsExactly(".spec.matchConstraints.namespaceSelector.matchLabels");
    assertThat(policy("", "objectSelector: {matchLabels: {no: 'where'}},", "", ""))
        .containsExactly(".spec.matchConstraints.objectSelector");
    assertThat(policy("", "excludeResourceRules: [{apiGroups: ['*']}],", "", ""))
        .containsExactly(".spec.matchConstraints.excludeResourceRules");
    assertThat(policy("matchConditions: [{name: 'n', expression: 'false'}],", "", "", ""))
        .containsExactly(".spec.matchConditions");
    assertThat(policy("paramKind: {kind: 'None'},", "", "", "")).containsExactly(".spec.paramKind");
  }

  @Test
  void aWebhookThatIsAskedLessIsADifference() {
    assertThat(hook("", "", "", "", "", "scope: 'Cluster',"))
        .containsExactly(".webhooks[name=\"vpa\"].rules[0].scope");
    assertThat(hook("", "", "", "", "{name: 'n', expression: 'false'},", ""))
        .containsExactly(".webhooks[name=\"vpa\"].matchConditions[name=\"n\"]");
    assertThat(hook("", "objectSelector: {matchLabels: {a: 'b'}},", "", "", "", ""))
        .containsExactly(".webhooks[name=\"vpa\"].objectSelector");
    assertThat(hook("{name: 'more'},", "timeoutSeconds: 10,", "", "", "", ""))
        .containsExactly(".webhooks[name=\"more\"]");
  }

  @Test
  void whatWeSayOtherwiseIsNamedWhereItIs() {
    var ours = POLICY.formatted("", "", "", "");
    var live = ours.replace("failurePolicy: 'Fail'", "failurePolicy: 'Ignore'");
    assertThat(differing(live.replace("operations: ['*']", "operations: ['CREATE']"), ours))
        .containsExactly(
            ".spec.failurePolicy", ".spec.matchConstraints.resourceRules[0].operations[0]");
    assertThat(differing(ours.replace("ours: 'x'", ""), ours))
        .containsExactly(".metadata.labels.ours");
  }

  private static List<String> policy(String... more) {
    return differing(POLICY.formatted((Object[]) more), POLICY.formatted("", "", "", ""));
  }

  private static List<String> hook(String... more) {
    return differing(HOOK.formatted((Object[]) more), HOOK.formatted("", "", "", "", "", ""));
  }

  private static List<String> differing(String live, String ours) {
    var there = Json.of(live);
    return Fields.differing(there, Overlay.of(there, Json.of(ours)));
  }
}
