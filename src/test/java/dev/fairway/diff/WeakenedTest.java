package dev.fairway.diff;

import static dev.fairway.diff.ResourceRisksTest.properties;
import static dev.fairway.diff.ResourceRisksTest.setting;
import static dev.fairway.diff.ResourceRisksTest.worst;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.model.KubernetesVersion;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType;
import dev.fairway.release.Release;
import dev.fairway.release.ReleaseManifest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What nobody refuses and nothing replaces, and a reviewer wants to see all the same. */
class WeakenedTest {
  /** Rows that are a risk one way, and none the other. */
  static Stream<Arguments> weakened() {
    var group = "AWS::AutoScaling::AutoScalingGroup";
    var launch = "AWS::EC2::LaunchTemplate";
    var data = "'LaunchTemplateData': {%s}";
    var metadata = data.formatted("'MetadataOptions': {'HttpTokens': '%s'}");
    var disk = data.formatted("'BlockDeviceMappings': [{'DeviceName': 'a', 'Ebs': {%s}}]");
    var days = "'LifecycleConfiguration': {'Rules': [{'Id': 'a', 'ExpirationInDays': %s}]}";
    var tls = "'Policies': [{'PolicyName': 'a', 'Attributes': [{'Name': 'b', 'Value': '%s'}]}]";
    return Stream.of(
            bothWays(group, "'MaxSize': 3", "'MaxSize': '1'", Risk.REMOVAL),
            bothWays(group, "'MinSize': 1", "'MinSize': 0", Risk.REMOVAL),
            bothWays(group, "'MaxSize': {'Ref': 'P'}", "'MaxSize': 1", Risk.REMOVAL),
            bothWays("AWS::EC2::Volume", "'Size': 2", "'Size': 1", Risk.REFUSED),
            bothWays(
                "AWS::EC2::Subnet",
                "'MapPublicIpOnLaunch': false",
                "'MapPublicIpOnLaunch': true",
                Risk.WIDER_ACCESS),
            bothWays(
                "AWS::EC2::Route", "'NatGatewayId': 'a'", "'GatewayId': 'b'", Risk.WIDER_ACCESS),
            bothWays("AWS::S3::Bucket", "'BucketEncryption': {'a': 'b'}", "", Risk.WIDER_ACCESS),
            bothWays(
                "AWS::S3::Bucket",
                "'VersioningConfiguration': {'Status': 'Enabled'}",
                "'VersioningConfiguration': {'Status': 'Suspended'}",
                Risk.DATA_LOSS),
            bothWays("AWS::S3::Bucket", days.formatted(7), days.formatted(1), Risk.DATA_LOSS),
            bothWays("AWS::S3::Bucket", "", days.formatted(1), Risk.DATA_LOSS),
            bothWays(
                "AWS::ElasticLoadBalancing::LoadBalancer",
                tls.formatted("ELBSecurityPolicy-TLS-1-2-2017-01"),
                tls.formatted("ELBSecurityPolicy-2016-08"),
                Risk.WIDER_ACCESS),
            bothWays(
                launch,
                metadata.formatted("required"),
                metadata.formatted("optional"),
                Risk.WIDER_ACCESS),
            bothWays(
                launch, disk.formatted("'Encrypted': true"), disk.formatted(""), Risk.WIDER_ACCESS),
            bothWays(
                launch, data.formatted(""), data.formatted("'KeyName': 'a'"), Risk.WIDER_ACCESS))
        .flatMap(it -> it);
  }

  private static Stream<Arguments> bothWays(String type, String was, String becomes, Risk risk) {
    var least = type.endsWith("LaunchTemplate") ? Risk.ROLL : Risk.ORDINARY;
    return Stream.of(
        properties("from " + was, type, was, becomes, risk),
        properties("to " + was, type, becomes, was, least));
  }

  @ParameterizedTest(name = "{0}: {4}")
  @MethodSource("weakened")
  void whatIsWeakerIsTold(String what, String type, String was, String becomes, Risk risk) {
    var before = ResourceRisksTest.resource(type, was);
    var after = ResourceRisksTest.resource(type, becomes);

    assertThat(worst(before, after)).as(what).isEqualTo(risk);
  }

  @Test
  void aRouteMoreOfATableThatIsThereLeadsElsewhere() {
    var table = "{'T': {'Type': 'AWS::EC2::RouteTable'}%s}";
    var route =
        ", 'R': {'Type': 'AWS::EC2::Route', 'Properties': {'RouteTableId': {'Ref': 'T'},"
            + " 'GatewayId': 'g'}}";
    var before = SmallRelease.template(table.formatted("").replace('\'', '"'));
    var after = SmallRelease.template(table.formatted(route).replace('\'', '"'));

    assertThat(worst(before, after)).isEqualTo(Risk.WIDER_ACCESS);
    assertThat(worst(SmallRelease.template("{}"), after)).isEqualTo(Risk.ORDINARY);
  }

  @Test
  void aSettingWithoutItsDefaultIsRefusedWhereNobodySetsIt() {
    var text = new SymbolType.Text(".*", "anything", ".*");
    var required =
        SmallRelease.with(
            SmallRelease.manifest(""),
            List.of(),
            Symbol.requiredSetting("reach", text, "From where"));

    assertThat(worst(setting("a"), required)).isEqualTo(Risk.REFUSED);
    assertThat(worst(required, setting("a"))).isEqualTo(Risk.ORDINARY);
  }

  @Test
  void kubernetesDoesNotGoBack() {
    var release = SmallRelease.manifest("");
    var of = release.manifest();
    var older =
        new Release(
            new ReleaseManifest(
                new KubernetesVersion(1, 35, 9),
                of.files(),
                of.components(),
                of.order(),
                of.profiles(),
                of.symbols(),
                of.defunct(),
                of.slots(),
                of.templates()),
            release.files());

    assertThat(worst(release, older)).isEqualTo(Risk.DATA_LOSS);
    assertThat(worst(older, release)).isEqualTo(Risk.ORDINARY);
  }
}
