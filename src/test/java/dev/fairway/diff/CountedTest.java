package dev.fairway.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType;
import dev.fairway.release.Release;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How much is deleted and replaced: by what becomes of a thing, whatever is the worst of it. */
class CountedTest {
  private static void assertCounted(Release before, Release after, int deleted, int replaced) {
    var diff = ReleaseDiff.between(before, after);
    assertThat(diff.deleted()).as("deleted: %s", diff.differences()).isEqualTo(deleted);
    assertThat(diff.replaced()).as("replaced: %s", diff.differences()).isEqualTo(replaced);
  }

  @Test
  void whatIsDeletedAndReplacedIsCounted() {
    var subnet = "{\"S\": {\"Type\": \"AWS::EC2::Subnet\", \"Properties\": {\"CidrBlock\": %d}}%s}";
    var more = ", \"R\": {\"Type\": \"AWS::EC2::RouteTable\"}";

    assertCounted(
        SmallRelease.template(subnet.formatted(1, more)),
        SmallRelease.template(subnet.formatted(2, "")),
        1,
        1);
  }

  @Test
  void aBindingThatIsMadeAnewAndGrantsMoreIsReplaced() {
    var binding =
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: a}
        roleRef: {name: %s}
        subjects: [%s]
        """;

    assertCounted(
        SmallRelease.manifest(binding.formatted("view", "{name: a}")),
        SmallRelease.manifest(binding.formatted("admin", "{name: a}, {name: b}")),
        0,
        1);
    assertCounted(
        SmallRelease.manifest(binding.formatted("view", "{name: a}")),
        SmallRelease.manifest(binding.formatted("view", "{name: a}, {name: b}")),
        0,
        0);
  }

  @Test
  void aRuleThatIsReplacedIsCountedThoughItsRiskIsToldElsewhere() {
    var rule =
        """
        {"R": {"Type": "AWS::EC2::SecurityGroupIngress", "Properties": {"CidrIp": "%s"}}}
        """;

    assertCounted(
        SmallRelease.template(rule.formatted("10.0.0.0/8")),
        SmallRelease.template(rule.formatted("0.0.0.0/0")),
        0,
        1);
  }

  @Test
  void whatAwsRefusesToChangeReplacesNothing() {
    var key = "{\"K\": {\"Type\": \"AWS::KMS::Key\", \"Properties\": {\"MultiRegion\": %s}}}";

    assertCounted(
        SmallRelease.template(key.formatted("true")),
        SmallRelease.template(key.formatted("false")),
        0,
        0);
  }

  @Test
  void whatGetsAConditionIsDeletedWhereItDoesNotHold() {
    var plain = conditional("true", "");

    assertCounted(plain, conditional("true", "Never"), 1, 0);
    assertCounted(plain, conditional("false", "On"), 1, 0);
    assertCounted(plain, conditional("true", "Facts"), 1, 0);
    assertCounted(plain, conditional("true", "On"), 0, 0);
    assertCounted(plain, conditional("true", "Always"), 0, 0);
    assertCounted(conditional("true", "On"), conditional("false", "On"), 1, 0);
    assertCounted(conditional("true", "Facts"), conditional("false", "Facts"), 0, 0);
    assertCounted(conditional("true", "Never"), conditional("false", "Facts"), 0, 0);
  }

  @Test
  void whatWasOnByDefaultAndEachHasToSayNowMayBeDeleted() {
    assertCounted(conditional("true", "On"), conditional("", "On"), 1, 0);
    assertCounted(conditional("false", "On"), conditional("", "On"), 0, 0);
    assertCounted(conditional("", "On"), conditional("true", "On"), 0, 0);

    var object = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";
    assertCounted(component(object, true), undecided(object), 1, 0);
    assertCounted(component(object, false), undecided(object), 0, 0);
  }

  /** What a template says of a fact is for who deploys it without Fairway. */
  @Test
  void aFactIsNotWhatTheTemplateSaysByDefault() {
    assertCounted(conditional("true", ""), conditional("true", "Facts"), 1, 0);
  }

  /**
   * @param on by default; empty where each cluster has to say
   */
  private static Release conditional(String on, String condition) {
    var template =
        """
        {"Conditions": {"Never": {"Fn::Equals": ["a", "b"]}, "Always": {"Fn::Equals": ["a", "a"]},
           "Facts": {"Fn::Equals": [{"Ref": "F"}, "a"]}, "On": {"Fn::Equals": [{"Ref": "On"}, "true"]}},
         "Parameters": {"F": {"Type": "String", "Default": "a"}, "On": {"Type": "String"}},
         "Resources": {"V": {"Type": "AWS::EC2::Subnet"%s}}}
        """
            .formatted(condition.isEmpty() ? "" : ", \"Condition\": \"%s\"".formatted(condition));
    var parameters = new TreeMap<>(Map.of("F", "cluster.fact", "On", "setting.on"));
    return SmallRelease.with(
        SmallRelease.of(template, "", "{}", "{}"), List.of(), parameters, toggle("on", on));
  }

  private static Symbol toggle(String name, String initial) {
    return initial.isEmpty()
        ? Symbol.requiredSetting(name, new SymbolType.Bool(), "Whether")
        : Symbol.setting(name, new SymbolType.Bool(), initial, "Whether");
  }

  private static Release undecided(String manifest) {
    return SmallRelease.with(SmallRelease.manifest(manifest), List.of(), toggle("x_enabled", ""));
  }

  @Test
  void anObjectIsDeletedOnceWhateverBecomesOfIt() {
    var one = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: %s}\n";
    var both = one + "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n";

    assertCounted(
        component(both.formatted("b"), true), component(both.formatted("b"), false), 2, 0);
    assertCounted(component(both.formatted("b"), true), component(one.formatted("c"), false), 2, 0);
    assertCounted(component(both.formatted("b"), false), component(one.formatted("c"), true), 1, 0);
  }

  @Test
  void aNeedThatNobodyMeetsYetDeletesWhatHadIt() {
    var object = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";
    var before = component(object, true);
    var after = component(object, true, List.of("setting.x_image"));

    assertCounted(before, after, 1, 0);
    assertCounted(after, before, 0, 0);
    assertCounted(
        component(object, false), component(object, false, List.of("setting.x_image")), 1, 0);
  }

  private static Release component(String manifest, boolean isOn) {
    return component(manifest, isOn, List.of());
  }

  private static Release component(String manifest, boolean isOn, List<String> needs) {
    return SmallRelease.with(
        SmallRelease.manifest(manifest),
        needs,
        Symbol.setting("x_enabled", new SymbolType.Bool(), Boolean.toString(isOn), "Whether"),
        Symbol.setting("x_image", new SymbolType.Text(".*", "any", ".*"), "", "Which"));
  }

  private static Release network(String cidr, String sections) {
    var template =
        """
        {%s 'Resources': {'Vpc': {'Type': 'AWS::EC2::VPC', 'Properties': {'CidrBlock': %s}},
          'Table': {'Type': 'AWS::EC2::RouteTable', 'Properties': {'VpcId': {'Ref': 'Vpc'}}}}}
        """
            .formatted(sections, cidr);
    return SmallRelease.of(template.replace('\'', '"'), "", "{}", "{}");
  }

  @Test
  void whatComesToAnotherValueByItselfIsReplacedWithWhatRefersToIt() {
    var parameter = "'Parameters': {'P': {'Type': 'String', 'Default': '%s'}},";
    var mapping = "'Mappings': {'M': {'a': {'b': '%s'}}},";
    var condition = "'Conditions': {'C': {'Fn::Equals': ['a', '%s']}},";
    var choice = "{'Fn::If': ['C', '10.0.0.0/16', '10.1.0.0/16']}";

    assertCounted(
        network("{'Ref': 'P'}", parameter.formatted("a")),
        network("{'Ref': 'P'}", parameter.formatted("b")),
        0,
        2);
    assertCounted(
        network("{'Fn::Sub': '${P}/16'}", parameter.formatted("a")),
        network("{'Fn::Sub': '${P}/16'}", parameter.formatted("b")),
        0,
        2);
    assertCounted(
        network("{'Fn::FindInMap': ['M', 'a', 'b']}", mapping.formatted("a")),
        network("{'Fn::FindInMap': ['M', 'a', 'b']}", mapping.formatted("b")),
        0,
        2);
    assertCounted(
        network("{'Fn::FindInMap': ['M', {'Ref': 'AWS::Region'}, 'b']}", mapping.formatted("a")),
        network("{'Fn::FindInMap': ['M', {'Ref': 'AWS::Region'}, 'b']}", mapping.formatted("b")),
        0,
        2);
    assertCounted(
        network(choice, condition.formatted("a")), network(choice, condition.formatted("b")), 0, 2);
    assertCounted(
        network("'10.0.0.0/16'", mapping.formatted("a")),
        network("'10.0.0.0/16'", mapping.formatted("b")),
        0,
        0);
  }

  /** In {@code release.json} alone: the template is the same file. */
  @Test
  void whatTakesItsValueFromAnotherSettingMayBeReplaced() {
    var before = wired("setting.a", "10.0.0.0/16", "10.0.0.0/16");

    assertCounted(before, wired("setting.b", "10.0.0.0/16", "10.0.0.0/16"), 0, 2);
    assertCounted(before, wired("setting.b", "10.0.0.0/16", "10.1.0.0/16"), 0, 2);
    assertCounted(before, wired("setting.a", "10.2.0.0/16", "10.0.0.0/16"), 0, 2);
    assertCounted(before, wired("setting.a", "10.0.0.0/16", "10.1.0.0/16"), 0, 0);
    assertCounted(before, wired("setting.a", "", "10.0.0.0/16"), 0, 2);
    assertCounted(wired("setting.a", "", "10.0.0.0/16"), before, 0, 0);
  }

  /**
   * @param a the default of the setting; empty where each cluster has to say
   */
  private static Release wired(String symbol, String a, String b) {
    var text = new SymbolType.Text(".*", "any", ".*");
    return SmallRelease.with(
        network("{'Ref': 'P'}", "'Parameters': {'P': {'Type': 'String'}},"),
        List.of(),
        new TreeMap<>(Map.of("P", symbol)),
        a.isEmpty()
            ? Symbol.requiredSetting("a", text, "Which")
            : Symbol.setting("a", text, a, "Which"),
        Symbol.setting("b", text, b, "Which"));
  }

  @Test
  void whatIsTheSameToCloudFormationIsNoChange() {
    var rule =
        """
        {"R": {"Type": "AWS::EC2::SecurityGroupIngress", "Properties": {"FromPort": %s}}}
        """;

    assertCounted(
        SmallRelease.template(rule.formatted("1")),
        SmallRelease.template(rule.formatted("\"1\"")),
        0,
        0);
  }
}
