package dev.fairway.source;

import static dev.fairway.source.Records.FACTS;
import static dev.fairway.source.Records.PETS;
import static dev.fairway.source.Records.VETS;
import static dev.fairway.source.Records.edit;
import static dev.fairway.source.Records.file;
import static dev.fairway.source.Records.read;
import static dev.fairway.source.Records.rendered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Snapshots;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.model.Cidr;
import dev.fairway.model.Cluster;
import dev.fairway.model.NodePool;
import dev.fairway.model.Vpc;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FleetReaderTest {

  /** A mistake: its name, and what it changes in a record that is right. */
  private record Mistake(String name, String text) {}

  private static Mistake pets(String name, String line, String replacement) {
    return new Mistake(name, edit(PETS, line, replacement));
  }

  private static Mistake vets(String name, String line, String replacement) {
    return new Mistake(name, edit(VETS, line, replacement));
  }

  private static Stream<Mistake> mistakesOfYaml() {
    return Stream.of(
        new Mistake("yaml-empty", ""),
        new Mistake("yaml-comments-only", "# nothing yet\n---\n"),
        new Mistake("yaml-two-documents", PETS + "---\n" + VETS),
        new Mistake("yaml-list", "- " + PETS.indent(2).strip() + "\n"),
        pets("yaml-open-bracket", "[m5.large]", "[m5.large"),
        pets("yaml-tab", "  name: example.org", "\tname: example.org"),
        pets("yaml-indentation", "  - 203.0.113.0/24", " - 203.0.113.0/24"),
        pets("yaml-control-character", "team-pets", "team\u0007pets"),
        new Mistake("yaml-too-deep", "owner: " + "[".repeat(100) + "]".repeat(100)),
        pets("yaml-anchor", "[m5.large]", "&types [m5.large]"),
        pets(
            "yaml-alias",
            "instance_types: [m5.large]",
            "instance_types: &types [m5.large]\n    config_items: *types"),
        pets("yaml-merge-key", "  name: example.org", "  <<: {name: example.org}"),
        pets("yaml-tag", "\"14\"", "!!str 14"),
        pets("yaml-key-is-a-list", "owner: team-pets", "? [owner]\n: team-pets"),
        new Mistake("yaml-directive", "%YAML 1.1\n---\n" + PETS),
        pets("duplicate-key", "alias: pets", "alias: pets\nregion: eu-central-1"));
  }

  private static Stream<Mistake> mistakesOfKeysAndTypes() {
    return Stream.of(
        pets("unknown-key", "owner:", "colour: red\nowner:"),
        pets("unknown-key-did-you-mean", "max_size: 100", "max_sise: 100"),
        pets("missing-key", "owner: team-pets\n", ""),
        pets("missing-key-of-pool", "    profile: spot\n", ""),
        pets("wrong-type-number-for-text", "\"14\"", "14"),
        pets("wrong-type-boolean-for-text", "nat_gateways: one", "nat_gateways: true"),
        pets("wrong-type-nothing-for-text", "owner: team-pets", "owner:"),
        pets("wrong-type-text-for-number", "max_size: 9", "max_size: \"9\""),
        pets("wrong-type-octal", "criticality_level: 3", "criticality_level: 03"),
        pets("wrong-type-fraction", "max_size: 9", "max_size: 9.5"),
        pets("wrong-type-list-for-text", "owner: team-pets", "owner: [team-pets]"),
        pets("wrong-type-text-for-list", "[m5.large]", "m5.large"),
        pets("wrong-type-map-for-list", "[m5.large]", "{m5: large}"),
        pets("wrong-type-text-for-map", "labels: team=pets", "- labels"),
        pets("wrong-type-map-for-number", "max_size: 9", "max_size: {count: 9}"),
        pets("wrong-unit", "max_size: 9", "max_size: 9m"));
  }

  private static Stream<Mistake> mistakesOfValues() {
    return Stream.of(
        pets("malformed-id", "aws:111122223333:eu-central-1:pets", "aws:1111:eu-central-1:pets"),
        pets("malformed-local-id", "local_id: pets", "local_id: pets-of-the-whole-world"),
        pets("malformed-account", "account: aws:111122223333", "account: \"111122223333\""),
        pets("malformed-url", "https://pets.example.org", "https://pets.example.org:6443/"),
        pets("malformed-cidr", "198.51.100.0/24", "198.51.100.0/33"),
        pets("malformed-cidr-bits-after-prefix", "198.51.100.0/24", "198.51.100.7/24"),
        pets("malformed-vpc-cidr-too-large", "172.31.0.0/16", "172.0.0.0/8"),
        pets("malformed-certificate", "acm:eu-central-1", "iam:eu-central-1"),
        pets("malformed-ami", "ami-0123456789abcdef0", "flatcar-stable"),
        pets("malformed-qualifier", "ami:", "cdk_qualifier: HNB\nami:"),
        pets("malformed-instance-type", "[m5.large]", "[m5large]"),
        pets("malformed-zone", "eu-central-1b", "eu-central-1"),
        pets("malformed-config-key", "log_days", "Log-Days"),
        pets("malformed-pool-name", "name: worker", "name: worker-eu-central-1a"),
        pets("unknown-environment", "environment: test", "environment: prod"),
        pets("unknown-channel", "channel: alpha", "channel: alhpa"),
        pets("unknown-profile", "profile: worker", "profile: workers"),
        pets("unknown-lifecycle-status", "status: ready", "status: decommission_requested"),
        pets("out-of-range-size", "max_size: 100", "max_size: 1200"),
        pets("out-of-range-beyond-long", "max_size: 100", "max_size: 99999999999999999999"),
        pets("out-of-range-criticality", "criticality_level: 3", "criticality_level: 0"),
        pets("repeated-item", "[m5.large, m6i.large]", "[m5.large, m5.large]"),
        pets("repeated-pool", "name: worker", "name: spot"),
        pets("wrong-length", "  - eu-central-1c\n", ""),
        pets("wrong-length-none", "[m5.large]", "[]"));
  }

  private static Stream<Mistake> mistakesBetweenValues() {
    return Stream.of(
        new Mistake("unknown-region", PETS.replace("eu-central-1", "eu-centrall-1")),
        pets("zone-outside-region", "eu-central-1b", "eu-west-1b"),
        pets("min-above-max", "min_size: 3", "min_size: 12"),
        pets("not-a-multiple-of-zones", "max_size: 9", "max_size: 10"),
        pets("spot-without-spot", "discount_strategy: spot", "discount_strategy: none"),
        pets("spot-with-worker", "discount_strategy: none", "discount_strategy: spot"),
        pets("id-mismatch", "local_id: pets", "local_id: vets"),
        pets("foreign-host", "https://pets.example.org", "https://pets.example.com"),
        pets(
            "foreign-key",
            "ami:",
            "cdk_assets_key_arn: arn:aws:kms:eu-central-1:999999999999:key/0001\nami:"),
        pets("foreign-certificate", "acm:eu-central-1", "acm:us-east-1"),
        pets("conflicting-keys", "vpc_cidr:", "nat_addresses: [203.0.113.1]\nvpc_cidr:"),
        pets("own-vpc-too-small", "vpc_cidr: 172.31.0.0/16", "vpc_cidr: 172.31.0.0/25"),
        vets("missing-subnets", "public_subnets:", "public_subnet:"),
        vets(
            "missing-nat-addresses", "nat_addresses:\n  - 203.0.113.10\n  - 203.0.113.16/28\n", ""),
        vets("repeated-subnet", "subnet-0123456789abcdef5", "subnet-0123456789abcdef0"));
  }

  @TestFactory
  Stream<DynamicTest> aMistakeIsSaidWhereItStands() {
    return Stream.of(
            mistakesOfYaml(), mistakesOfKeysAndTypes(), mistakesOfValues(), mistakesBetweenValues())
        .flatMap(mistakes -> mistakes)
        .map(mistake ->
            DynamicTest.dynamicTest(
                mistake.name(),
                () ->
                    Snapshots.assertMatches(
                        "diagnostic",
                        "source/" + mistake.name() + ".txt",
                        rendered(file("pets", mistake.text())))));
  }

  @Test
  void fiveMistakesAreFiveDiagnostics() {
    var text =
        Stream.of(
                List.of("owner:", "ownr:"),
                List.of("criticality_level: 3", "criticality_level: three"),
                List.of("eu-central-1b", "eu-west-1b"),
                List.of("172.31.0.0/16", "172.31.0.0/33"),
                List.of("min_size: 3", "min_size: 12"))
            .reduce(
                PETS,
                (text1, edit) -> edit(text1, edit.getFirst(), edit.getLast()),
                String::concat);

    assertThat(codes(read(file("pets", text))))
        .containsExactlyInAnyOrder(
            Code.UNKNOWN_KEY,
            Code.WRONG_TYPE,
            Code.ZONE_OUTSIDE_REGION,
            Code.MALFORMED_VALUE,
            Code.MIN_ABOVE_MAX);
    Snapshots.assertMatches("diagnostic", "source/five-mistakes.txt", rendered(file("pets", text)));
  }

  @Test
  void mistakesOfAllFilesAreSaidInOneRunAndInOneOrder() {
    var broken = file("a", edit(PETS, "[m5.large]", "[m5.large"));
    var wrong = file("b", edit(VETS, "max_size: 9", "max_size: 9m"));

    assertThat(codes(read(broken, wrong))).containsExactly(Code.YAML_SYNTAX, Code.WRONG_UNIT);
    assertThat(read(wrong, broken)).isEqualTo(read(broken, wrong));
  }

  @Test
  void twoClustersShareNoIdNoAliasAndNoUrl() {
    var copy = edit(PETS, "owner: team-pets", "owner: 7");

    Snapshots.assertMatches(
        "diagnostic",
        "source/duplicate-cluster.txt",
        rendered(file("pets", PETS), file("pets-copy", copy)));
  }

  @Test
  void aRegionThatIsNewIsAWarningAndNoObstacle() {
    var outcome =
        FleetReader.read(List.of(file("pets", PETS.replace("eu-central-1", "eu-middle-1"))), FACTS);

    assertThat(codes(outcome.diagnostics())).containsExactly(Code.UNKNOWN_REGION);
    assertThat(outcome.value()).isPresent();
  }

  @Test
  void readsANetworkOfEitherKind() {
    var fleet =
        FleetReader.read(List.of(file("pets", PETS), file("vets", VETS)), FACTS)
            .value()
            .orElseThrow();

    assertThat(fleet.find("pets").orElseThrow().cluster().vpc())
        .isEqualTo(new Vpc.Own(Cidr.of("172.31.0.0/16")));
    assertThat(fleet.find("vets").orElseThrow().cluster().vpc())
        .isInstanceOfSatisfying(
            Vpc.Brought.class,
            vpc ->
                assertThat(vpc.natAddresses())
                    .containsExactly(Cidr.of("203.0.113.10/32"), Cidr.of("203.0.113.16/28")));
  }

  @Test
  void internalApisNeedNoNatAddresses() {
    var text =
        edit(
            edit(VETS, "internet-facing", "internal"),
            "nat_addresses:\n  - 203.0.113.10\n  - 203.0.113.16/28\n",
            "");

    assertThat(read(file("vets", text))).isEqualTo(Diagnostics.NONE);
  }

  @Test
  void theExampleFleetShowsEveryProfileKindOfNetworkAndWayToTheApi() {
    var outcome = FleetReader.read(Path.of("clusters"), FACTS);
    assertThat(outcome.diagnostics()).isEqualTo(Diagnostics.NONE);

    var fleet = outcome.value().orElseThrow().fleet();
    assertThat(fleet.on("dev")).hasSize(1);
    assertThat(fleet.on("alpha")).hasSize(2);
    assertThat(fleet.on("stable")).hasSizeGreaterThanOrEqualTo(3);
    assertThat(fleet.clusters().stream().map(Cluster::region).distinct()).hasSize(2);
    assertThat(fleet.clusters().stream().flatMap(cluster -> cluster.nodePools().stream()))
        .extracting(NodePool::profile)
        .containsAll(FACTS.profiles());
    assertThat(fleet.clusters()).anyMatch(cluster -> cluster.vpc() instanceof Vpc.Brought);
  }

  private static List<Code> codes(Diagnostics diagnostics) {
    return diagnostics.all().stream().map(Diagnostic::code).toList();
  }
}
