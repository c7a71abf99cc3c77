package dev.fairway.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.model.Encoding;
import dev.fairway.release.Release;
import dev.fairway.release.ReleaseManifest;
import dev.fairway.release.Slot;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What each kind of file's differences are called, on releases that hold nothing else. */
class SmallDiffTest {
  private static final String READ =
      """
      {"Sid": "%s", "Effect": "Allow", "Action": [%s], "Resource": {"Fn::GetAtt": ["Logs", "Arn"]}}
      """;

  private static List<Difference> between(Release before, Release after) {
    return ReleaseDiff.between(before, after).differences();
  }

  private static List<Difference> in(Area area, Release before, Release after) {
    return ReleaseDiff.between(before, after).in(area);
  }

  private static Difference only(Area area, Release before, Release after) {
    assertThat(in(area, before, after)).hasSize(1);
    return in(area, before, after).getFirst();
  }

  private static Release role(String name, String path, String statements) {
    return SmallRelease.template(
        """
        {"Role": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "%s", "Path": "%s",
          "Policies": [{"PolicyName": "all", "PolicyDocument": {"Statement": [%s]}}]}}}
        """
            .formatted(name, path, statements));
  }

  private static Release rule(int port, String cidr, String description) {
    return SmallRelease.template(
        """
        {"Rule": {"Type": "AWS::EC2::SecurityGroupIngress", "Properties": {
          "GroupId": {"Fn::GetAtt": ["Masters", "GroupId"]}, "IpProtocol": "tcp", "FromPort": %d,
          "ToPort": 443, "CidrIp": "%s", "Description": "%s"}}}
        """
            .formatted(port, cidr, description));
  }

  @Test
  void aPropertyChangesInPlaceOrReplacesItsResource() {
    var volume = "{\"V\": {\"Type\": \"AWS::EC2::%s\", \"Properties\": {\"%s\": \"%s\"}}}";

    var inPlace =
        only(
            Area.STACKS,
            SmallRelease.template(volume.formatted("Volume", "Size", 1)),
            SmallRelease.template(volume.formatted("Volume", "Size", 2)));
    assertThat(inPlace.risk()).isEqualTo(Risk.ORDINARY);
    assertThat(inPlace.fields())
        .containsExactly(new FieldChange("Size", Optional.of("1"), Optional.of("2")));

    var replaced =
        only(
            Area.STACKS,
            SmallRelease.template(volume.formatted("Subnet", "CidrBlock", 1)),
            SmallRelease.template(volume.formatted("Subnet", "CidrBlock", 2)));
    assertThat(replaced.risk()).isEqualTo(Risk.REPLACEMENT);

    var unknown =
        only(
            Area.STACKS,
            SmallRelease.template(volume.formatted("Teapot", "Size", 1)),
            SmallRelease.template(volume.formatted("Teapot", "Size", 2)));
    assertThat(unknown.risk()).isEqualTo(Risk.POSSIBLE_REPLACEMENT);
  }

  @Test
  void whatRefersToAReplacedResourceIsReplacedWithIt() {
    var resources =
        """
        {"Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "%s"}},
         "Table": {"Type": "AWS::EC2::RouteTable", "Properties": {"VpcId": {"Ref": "Vpc"}}},
         "Route": {"Type": "AWS::EC2::Route", "Properties": {"RouteTableId": {"Ref": "Table"}}},
         "Gateway": {"Type": "AWS::EC2::InternetGateway", "Properties": {"Tags": [{"Ref": "Vpc"}]}}}
        """;

    var found =
        in(
            Area.STACKS,
            SmallRelease.template(resources.formatted("10.0.0.0/16")),
            SmallRelease.template(resources.formatted("10.1.0.0/16")));

    assertThat(found).extracting(Difference::subject).containsExactly("Route", "Table", "Vpc");
    assertThat(found).extracting(Difference::risk).containsOnly(Risk.REPLACEMENT);
    assertThat(found.getFirst().note()).contains("because Table is replaced");
  }

  /** With the VPC to which it refers replaced. */
  private static List<Difference> followers(String follower) {
    var resources =
        """
        {"Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "%s"}}, "X": {"Type": %s}}
        """;
    return in(
        Area.STACKS,
        SmallRelease.template(resources.formatted("10.0.0.0/16", follower)),
        SmallRelease.template(resources.formatted("10.1.0.0/16", follower)));
  }

  @Test
  void whatFollowsUnderAFixedNameOrWhereAwsChangesNothingIsRefused() {
    var group = "\"AWS::EC2::SecurityGroup\", \"Properties\": {\"VpcId\": {\"Ref\": \"Vpc\"}%s}";
    var named = group.formatted(", \"GroupName\": \"a\"");

    assertThat(followers(named))
        .extracting(Difference::risk)
        .containsExactly(Risk.REPLACEMENT, Risk.REFUSED);
    assertThat(followers(group.formatted("")))
        .extracting(Difference::risk)
        .containsOnly(Risk.REPLACEMENT);

    var volume = "\"AWS::EC2::Volume\", \"Properties\": {\"KmsKeyId\": {\"Ref\": \"Vpc\"}}";
    assertThat(followers(volume).getLast())
        .satisfies(it -> assertThat(it.risk()).isEqualTo(Risk.REFUSED))
        .satisfies(it -> assertThat(it.fate()).isEqualTo(Fate.KEPT));
  }

  @Test
  void whatHoldsDataAndFollowsIsEmptyThen() {
    var logs = "\"AWS::Logs::LogGroup\", \"Properties\": {\"LogGroupName\": {\"Ref\": \"Vpc\"}}";

    assertThat(followers(logs).getLast().risk()).isEqualTo(Risk.DATA_LOSS);
  }

  @Test
  void whatMayFollowFollowsOnceItIsSure() {
    var resources =
        """
        {"Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"InstanceTenancy": "%s"}},
         "Zone": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "%s"}},
         "Peer": {"Type": "AWS::EC2::NatGateway",
           "Properties": {"VpcId": {"Ref": "Vpc"}, "SubnetId": {"Ref": "Tail"}}},
         "Tail": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": {"Ref": "Zone"}}}}
        """;

    var found =
        in(
            Area.STACKS,
            SmallRelease.template(resources.formatted("default", "10.0.0.0/16")),
            SmallRelease.template(resources.formatted("dedicated", "10.1.0.0/16")));

    assertThat(found)
        .filteredOn(it -> it.subject().equals("Peer"))
        .singleElement()
        .satisfies(it -> assertThat(it.risk()).isEqualTo(Risk.REPLACEMENT))
        .satisfies(it -> assertThat(it.note()).contains("because Tail is replaced"));
  }

  /** It had the search for followers never come to an end. */
  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whatSomeLoseIsReplacedForTheOthers() {
    var template =
        """
        {"Conditions": {"Somewhere": {"Fn::Equals": [{"Ref": "P"}, "b"]}},
         "Parameters": {"P": {"Type": "String"}},
         "Resources": {"Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "%s"}},
           "Table": {"Type": "AWS::EC2::RouteTable", %s "Properties": {"VpcId": {"Ref": "Vpc"}}}}}
        """;

    var found =
        in(
            Area.STACKS,
            SmallRelease.of(template.formatted("10.0.0.0/16", ""), "", "{}", "{}"),
            SmallRelease.of(
                template.formatted("10.1.0.0/16", "\"Condition\": \"Somewhere\","),
                "",
                "{}",
                "{}"));

    assertThat(found.getFirst().fate()).isEqualTo(Fate.DELETED);
    assertThat(found.getFirst().risk()).isEqualTo(Risk.REPLACEMENT);
  }

  @Test
  void whatStandsBehindAnExportIsNeverReplaced() {
    var template =
        """
        {"Resources": {"Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "%s"}}},
         "Outputs": {"Id": {"Value": {"Ref": "Vpc"}, "Export": {"Name": {"Fn::Sub": "${Id}:vpc"}}}}}
        """;

    var change =
        only(
            Area.STACKS,
            SmallRelease.of(template.formatted("10.0.0.0/16"), "", "{}", "{}"),
            SmallRelease.of(template.formatted("10.1.0.0/16"), "", "{}", "{}"));

    assertThat(change.risk()).isEqualTo(Risk.REFUSED);
    assertThat(change.note().orElseThrow()).contains("${Id}:vpc");
  }

  @Test
  void aNamedResourceIsNotReplacedUnderItsName() {
    assertThat(only(Area.STACKS, role("a", "/x/", ""), role("a", "/y/", "")).risk())
        .isEqualTo(Risk.REFUSED);
    assertThat(only(Area.STACKS, role("a", "/x/", ""), role("b", "/y/", "")).risk())
        .isEqualTo(Risk.REPLACEMENT);
  }

  @Test
  void whatHoldsDataIsLostUnlessItIsRetained() {
    var volume = "{\"V\": {\"Type\": \"AWS::EC2::Volume\"%s}}";
    var none = SmallRelease.template("{}");

    assertThat(only(Area.STACKS, SmallRelease.template(volume.formatted("")), none).risk())
        .isEqualTo(Risk.DATA_LOSS);
    var kept = volume.formatted(", \"DeletionPolicy\": \"RetainExceptOnCreate\"");
    assertThat(only(Area.STACKS, SmallRelease.template(kept), none).risk()).isEqualTo(Risk.REMOVAL);
    var saved = SmallRelease.template(volume.formatted(", \"DeletionPolicy\": \"Snapshot\""));
    assertThat(only(Area.STACKS, saved, none).note().orElseThrow()).contains("a snapshot stays");
  }

  @Test
  void aStatementIsAddedOrRemovedAndItsNameMeansNothing() {
    var one = READ.formatted("One", "\"s3:GetObject\"");
    var again = READ.formatted("Other", "\"s3:GetObject\"");
    var none = role("a", "/", "");

    assertThat(in(Area.IAM, role("a", "/", one), role("a", "/", again))).isEmpty();
    var granted = only(Area.IAM, none, role("a", "/", one));
    assertThat(granted.risk()).isEqualTo(Risk.WIDER_ACCESS);
    assertThat(granted.note()).contains("Allow s3:GetObject on Logs.Arn");
    assertThat(only(Area.IAM, role("a", "/", one), none).risk()).isEqualTo(Risk.REMOVAL);
  }

  @Test
  void anActionMoreWidensAndOneLessDoesNot() {
    var one = role("a", "/", READ.formatted("One", "\"s3:GetObject\""));
    var two = role("a", "/", READ.formatted("One", "\"s3:PutObject\", \"s3:GetObject\""));

    var wider = only(Area.IAM, one, two);
    assertThat(wider.risk()).isEqualTo(Risk.WIDER_ACCESS);
    assertThat(wider.fields())
        .containsExactly(new FieldChange("Action", Optional.empty(), Optional.of("s3:PutObject")));
    assertThat(only(Area.IAM, two, one).risk()).isEqualTo(Risk.ORDINARY);
  }

  @Test
  void aDenialLessWidensToo() {
    var denied = READ.formatted("No", "\"s3:*\"").replace("Allow", "Deny");

    assertThat(only(Area.IAM, role("a", "/", denied), role("a", "/", "")).risk())
        .isEqualTo(Risk.WIDER_ACCESS);
  }

  @Test
  void aWayIsOpenedAndClosedByWhatItIsNotByWhatItIsCalled() {
    var narrow = rule(443, "10.0.0.0/8", "why");

    assertThat(in(Area.NETWORK, narrow, rule(443, "10.0.0.0/8", "because"))).isEmpty();
    assertThat(in(Area.NETWORK, narrow, rule(443, "0.0.0.0/0", "why")))
        .extracting(it -> it.act() + " " + it.note().orElse(""))
        .containsExactly(
            "ADDED opens 443/tcp from 0.0.0.0/0: to everybody",
            "REMOVED closes 443/tcp from 10.0.0.0/8");
    assertThat(in(Area.NETWORK, narrow, rule(80, "10.0.0.0/8", "why")).getFirst().note())
        .contains("opens 80-443/tcp from 10.0.0.0/8");
  }

  @Test
  void anObjectChangesByField() {
    var deployment =
        """
        apiVersion: apps/%s
        kind: Deployment
        metadata: {name: web, namespace: kube-system}
        spec:
          template:
            spec:
              containers:
              - {name: %s, image: "web:1", args: ["--port=%d", "--verbose"]}
              - {name: side, image: "side:1"}
        """;

    var change =
        only(
            Area.MANIFESTS,
            SmallRelease.manifest(deployment.formatted("v1", "web", 80)),
            SmallRelease.manifest(deployment.formatted("v1", "web", 81)));
    assertThat(change.subject()).isEqualTo("Deployment kube-system/web");
    assertThat(change.fields())
        .containsExactly(
            new FieldChange(
                "spec.template.spec.containers[name=web].args[--port]",
                Optional.of("80"),
                Optional.of("81")));

    var sameObject =
        only(
            Area.MANIFESTS,
            SmallRelease.manifest(deployment.formatted("v1", "web", 80)),
            SmallRelease.manifest(deployment.formatted("v2", "web", 80)));
    assertThat(sameObject.act()).isEqualTo(Act.CHANGED);
  }

  @Test
  void anObjectThatHoldsMoreIsNotRemovedLightly() {
    var namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n";
    var selector =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec: {selector: {matchLabels: {app: %s}}}
        """;

    assertThat(
            only(Area.MANIFESTS, SmallRelease.manifest(namespace), SmallRelease.manifest(""))
                .risk())
        .isEqualTo(Risk.DATA_LOSS);
    assertThat(
            only(
                    Area.MANIFESTS,
                    SmallRelease.manifest(selector.formatted("a")),
                    SmallRelease.manifest(selector.formatted("b")))
                .risk())
        .isEqualTo(Risk.REFUSED);
  }

  @Test
  void aNodeChangesByFileAndUnit() {
    var node =
        """
        {"storage": {"files": [{"path": "/etc/a", "contents": {"inline": "one\\n%s\\n"}}]},
         "systemd": {"units": [%s]}}
        """;
    var unit = "{\"name\": \"etcd.service\", \"enabled\": true}";

    var found =
        between(
            SmallRelease.node(node.formatted("two", unit)),
            SmallRelease.node(node.formatted("three\\nfour", "")));

    assertThat(found)
        .extracting(it -> it.act() + " " + it.kind() + " " + it.subject())
        .containsExactly("CHANGED file /etc/a", "REMOVED unit etcd.service");
    assertThat(found).extracting(Difference::risk).containsExactly(Risk.ROLL, Risk.REMOVAL);
    var lines = found.getFirst().fields().getFirst().lines();
    assertThat(lines.added()).isEqualTo(2);
    assertThat(lines.removed()).isEqualTo(1);
  }

  /** The API server's manifest stands there once for each value of a switch. */
  @Test
  void aNodesFileIsToldApartByItsCondition() {
    var file =
        """
        {"path": "/a", "contents": {"inline": "%s"},
         "when": {"symbol": "setting.hook_enabled", "is": %s}}
        """;
    var node = "{\"storage\": {\"files\": [%s, %s]}}";
    var off = file.formatted("one", false);

    var found =
        between(
            SmallRelease.node(node.formatted(off, file.formatted("two", true))),
            SmallRelease.node(
                node.formatted(file.formatted("open", false), file.formatted("two", true))));

    assertThat(found)
        .extracting(it -> it.act() + " " + it.subject() + " " + it.risk())
        .containsExactly("CHANGED /a, where hook_enabled is false ROLL");
    assertThat(
            between(
                SmallRelease.node(node.formatted(off, off)),
                SmallRelease.node(node.formatted(off, file.formatted("open", false)))))
        .extracting(Difference::subject)
        .containsExactly("/a, where hook_enabled is false (2)");
  }

  @Test
  void whoMayLogInToNodesIsARisk() {
    var user = "{\"passwd\": {\"users\": [{\"name\": \"core\"%s}]}}";
    var key = ", \"sshAuthorizedKeys\": [\"ssh-ed25519 AAAA\"]";
    var none = SmallRelease.node("{\"passwd\": {\"users\": []}}");

    for (var was : List.of(none, SmallRelease.node(user.formatted("")))) {
      var change = only(Area.NODES, was, SmallRelease.node(user.formatted(key)));
      assertThat(change.subject()).isEqualTo("core");
      assertThat(change.risk()).isEqualTo(Risk.WIDER_ACCESS);
    }
    assertThat(only(Area.NODES, SmallRelease.node(user.formatted(key)), none).risk())
        .isEqualTo(Risk.REMOVAL);
  }

  @Test
  void anImageChangesItsTagOrWhatTheTagStandsFor() {
    var images = "{\"images\": [\"example.org:5000/web:%s\"]}";

    var moved =
        only(
            Area.IMAGES,
            SmallRelease.inventory(images.formatted("1")),
            SmallRelease.inventory(images.formatted("2")));
    assertThat(moved.subject()).isEqualTo("example.org:5000/web");
    assertThat(moved.fields())
        .containsExactly(new FieldChange("", Optional.of("1"), Optional.of("2")));
    var repointed =
        only(
            Area.IMAGES,
            SmallRelease.inventory(images.formatted("1@sha256:aa")),
            SmallRelease.inventory(images.formatted("1@sha256:bb")));
    assertThat(repointed.note()).contains("the tag now stands for another digest");
  }

  @Test
  void anInventoryOfOtherThanStatementsIsToldOf() {
    var policies = "{\"policies\": {\"t\": {\"Role\": [%s]}}}";

    assertThat(
            between(
                SmallRelease.inventory(policies.formatted("\"x\"")),
                SmallRelease.inventory(policies.formatted("1, null"))))
        .extracting(Difference::files)
        .containsExactly(List.of("inventory.json"));
  }

  /** Nine ways on at each of two conditions were 9^32 steps. */
  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void conditionsThatGoInACircleComeToAnEnd() {
    var others = Collections.nCopies(9, "{\"Condition\": \"%s\"}");
    var and = "{\"Fn::And\": [%s]}".formatted(String.join(",", others));
    var circle = and.replace("%s", "D") + ", \"D\": " + and.replace("%s", "C");
    var chain = new StringBuilder("{\"Condition\": \"C0\"}");
    for (var index = 0; index < 1000; index++) {
      var next = and.replace("%s", "C" + (index + 1));
      chain.append(", \"C%d\": %s".formatted(index, next));
    }

    assertThat(conditional(circle)).containsExactly(Risk.REMOVAL);
    assertThat(conditional(chain.toString())).containsExactly(Risk.REMOVAL);
  }

  private static List<Risk> conditional(String condition) {
    var template =
        "{\"Conditions\": {\"C\": %s}, \"Resources\": {\"A\": {\"Type\": \"AWS::EC2::VPC\"%s}}}";
    return in(
            Area.STACKS,
            SmallRelease.of(template.formatted(condition, ""), "", "{}", "{}"),
            SmallRelease.of(
                template.formatted(condition, ", \"Condition\": \"C\""), "", "{}", "{}"))
        .stream()
        .map(Difference::risk)
        .toList();
  }

  @Test
  void bytesThatSayTheSameAreADifferenceToo() {
    var found = between(SmallRelease.manifest("a: 1\n"), SmallRelease.manifest("{a: 1}\n"));

    assertThat(found)
        .singleElement()
        .satisfies(it -> assertThat(it.files()).containsExactly("manifests/c.yaml"))
        .satisfies(it -> assertThat(it.note()).contains("the same content in other bytes"))
        .satisfies(it -> assertThat(it.risk()).isEqualTo(Risk.ORDINARY));
  }

  /** Which of the parts that read a file forgot it, nobody can know: a reviewer is to look. */
  @Test
  void whatNoPartOfTheDiffTellsIsNotTakenForTheSame() {
    var twice = "apiVersion: v1\nkind: X\nmetadata: {name: a}\ndata: %s\n";
    var unknown =
        Stream.of(
            only(
                Area.OTHER,
                SmallRelease.of("{}", "", "[1]", "{}"),
                SmallRelease.of("{}", "", "[2]", "{}")),
            only(
                Area.OTHER,
                SmallRelease.of("[1]", "", "{}", "{}"),
                SmallRelease.of("[2]", "", "{}", "{}")),
            only(
                Area.OTHER,
                SmallRelease.manifest(twice.formatted("b") + "---\n" + twice.formatted("c")),
                SmallRelease.manifest(twice.formatted("d") + "---\n" + twice.formatted("c"))));

    assertThat(unknown)
        .allSatisfy(it -> assertThat(it.risk().isNotable()).isTrue())
        .allSatisfy(it -> assertThat(it.note().orElseThrow()).contains("diff does not know"))
        .allSatisfy(it -> assertThat(it.fields()).isNotEmpty());
  }

  @Test
  void aValueThatGoesElsewhereInAFileThatStaysIsToldOf() {
    var node = SmallRelease.node("{}");
    var into = new Slot("nodes/n.json", new Slot.Pointer("/a"), "setting.a", Encoding.SHELL);
    var after = new Slot("nodes/n.json", new Slot.Pointer("/a"), "setting.a", Encoding.SYSTEMD);

    var found = between(withSlot(node, into), withSlot(node, after));

    assertThat(found).extracting(Difference::subject).containsExactly("nodes/n.json");
    assertThat(found.getFirst().risk()).isEqualTo(Risk.WIDER_ACCESS);
  }

  private static Release withSlot(Release release, Slot slot) {
    var of = release.manifest();
    return new Release(
        new ReleaseManifest(
            of.kubernetes(),
            of.files(),
            of.components(),
            of.order(),
            of.profiles(),
            of.symbols(),
            of.defunct(),
            List.of(slot),
            of.templates()),
        release.files());
  }
}
