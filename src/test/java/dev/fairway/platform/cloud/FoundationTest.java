package dev.fairway.platform.cloud;

import static dev.fairway.platform.cloud.Reachability.API_ELB;
import static dev.fairway.platform.cloud.Reachability.ETCD;
import static dev.fairway.platform.cloud.Reachability.MASTER;
import static dev.fairway.platform.cloud.Reachability.WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import dev.fairway.model.Export;
import dev.fairway.model.Facts;
import dev.fairway.model.Policy;
import dev.fairway.model.Ports;
import dev.fairway.model.Reach;
import dev.fairway.model.Reach.Direction;
import dev.fairway.model.Reach.SecurityGroup;
import dev.fairway.model.Role;
import dev.fairway.model.Secret;
import dev.fairway.model.Statement.Principal;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType;
import dev.fairway.model.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FoundationTest {
  private static final Foundation BARE = Foundation.declare(List.of(), List.of());
  private static final Ports METRICS = Ports.of(9100);

  @Test
  void onlyMastersAndMembersReachEtcd() {
    assertThat(ingress(ETCD))
        .extracting(Reach::peer, reach -> reach.ports().orElseThrow())
        .containsExactlyInAnyOrder(
            tuple(MASTER, Ports.of(2379)),
            tuple(MASTER, Ports.of(2381)),
            tuple(ETCD, Ports.of(2380)));
  }

  @Test
  void noPortIsOpenToTheWorld() {
    assertThat(BARE.reach())
        .filteredOn(reach -> reach.direction() == Direction.INGRESS)
        .extracting(Reach::peer)
        .doesNotContain(new Reach.Network(Value.of("0.0.0.0/0")));
  }

  /** Two at once would let in more than one of the schemes needs; none would lock nodes out. */
  @Test
  void everySchemeHasOneWayForNodesToTheApi() {
    var ways =
        ingress(API_ELB).stream()
            .filter(reach -> reach.ports().equals(Optional.of(Addresses.API)))
            .map(reach -> reach.when().orElseThrow())
            .toList();
    var words = ((SymbolType.Choice) Facts.API_SCHEME.type()).words();
    assertThat(ways).allSatisfy(when -> assertThat(when.symbol()).isEqualTo(Facts.API_SCHEME));
    assertThat(ways).extracting(Reach.When::value).containsExactlyInAnyOrderElementsOf(words);
  }

  @Test
  void everyWildcardHasAReason() {
    for (var policy : BARE.policies()) {
      assertThat(policy.statements())
          .allSatisfy(statement ->
              assertThat(statement.wildcardReason().isPresent())
                  .as(policy.logicalId() + " " + statement.sid())
                  .isEqualTo(!statement.wildcards().isEmpty()));
    }
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void aSecretIsReadByExactlyItsReaders(Secret secret) {
    var place = Value.ref(Foundation.secretId(secret));
    var readers =
        BARE.policies().stream()
            .filter(policy -> grants(policy, "secretsmanager:GetSecretValue", place))
            .map(Policy::logicalId)
            .toList();
    assertThat(readers)
        .containsExactlyInAnyOrderElementsOf(
            secret.readers().stream().map(Foundation::roleId).toList());
  }

  static List<Secret> secrets() {
    return Secrets.all();
  }

  @Test
  void noTwoSecretsOfANodeAreOneFile() {
    for (var role : BARE.nodeRoles()) {
      assertThat(Secrets.readBy(role.name()).stream().flatMap(secret -> secret.files().stream()))
          .extracting(Secret.File::path)
          .doesNotHaveDuplicates();
    }
  }

  /** Whoever may decrypt may do so through the one service that it is for, never by itself. */
  @Test
  void keysAreUsedThroughServicesOnly() {
    assertThat(BARE.nodeRoles().stream().flatMap(role -> role.statements().stream()))
        .filteredOn(statement -> statement.actions().getFirst().startsWith("kms:"))
        .isNotEmpty()
        .allSatisfy(statement ->
            assertThat(statement.conditions().get("StringEquals")).containsKey("kms:ViaService"));
  }

  @Test
  void aPodsRoleTrustsTheNodesThatItRunsOn() {
    var onMasters = new Role("scaler", Role.Trust.MASTER_PODS, List.of(), Optional.empty());
    var foundation = Foundation.declare(List.of(pods("dns"), onMasters), List.of());
    assertThat(trusted(foundation, "DnsRole")).isEqualTo(role("WorkerRole"));
    assertThat(trusted(foundation, "ScalerRole")).isEqualTo(role("MasterRole"));
    assertThat(trusted(foundation, "MasterRole"))
        .isEqualTo(new Principal.Services(List.of("ec2.amazonaws.com")));
  }

  @Test
  void etcdAssumesNoRole() {
    assertThat(BARE.policies())
        .filteredOn(policy -> policy.property().startsWith("Policies/"))
        .filteredOn(policy -> policy.statements().getFirst().actions().contains("sts:AssumeRole"))
        .extracting(Policy::logicalId)
        .containsExactlyInAnyOrder("MasterRole", "WorkerRole");
  }

  /**
   * IAM counts the characters of all inline policies of a role, after what CloudFormation put in.
   */
  @Test
  void nodeRolesStayBelowIamsLimit() {
    for (var role : BARE.nodeRoles()) {
      var size =
          BARE.policies().stream()
              .filter(policy -> policy.logicalId().equals(Foundation.roleId(role.name())))
              .mapToInt(policy -> policy.document().toString().length())
              .sum();
      assertThat(size).as(role.name()).isLessThan(10_240);
    }
  }

  @Test
  void exportsAreNamedOnce() {
    assertThat(BARE.exports()).extracting(Export::name).doesNotHaveDuplicates();
  }

  @Test
  void aComponentsRoleMayNotTakeANodesName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Foundation.declare(List.of(pods("worker")), List.of()))
        .withMessageContaining("worker");
  }

  @Test
  void aComponentsRoleIsNoNodes() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Foundation.declare(List.of(Role.ofInstances("dns", List.of())), List.of()));
  }

  @Test
  void aComponentOpensNoWayOut() {
    var out = Reach.egressToAll(WORKER, "far away");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Foundation.declare(List.of(), List.of(out)));
  }

  @Test
  void noComponentOpensEtcd() {
    var in = Reach.tcp(WORKER, ETCD, Ports.of(2381), "metrics");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Foundation.declare(List.of(), List.of(in)));
  }

  /** EC2 refuses the second of two equal rules. */
  @Test
  void twoComponentsWithOneRuleShareIt() {
    var first = Reach.tcp(WORKER, WORKER, METRICS, "metrics").when(setting(), "true");
    var second = Reach.tcp(WORKER, WORKER, METRICS, "health");
    var shared = Foundation.declare(List.of(), List.of(first, second)).reach().getLast();
    assertThat(shared.reason()).isEqualTo("metrics; health");
    assertThat(shared.when()).isEmpty();
  }

  @Test
  void aNewRuleRenamesNoOther() {
    var more = Foundation.declare(List.of(), List.of(Reach.tcp(WORKER, WORKER, METRICS, "new")));
    assertThat(more.reach().stream().map(Reachability::logicalId))
        .containsAll(BARE.reach().stream().map(Reachability::logicalId).toList())
        .contains("WorkerFromWorkerTcp9100", "ApiElbFromNatPrefixListTcp6443", "EtcdToEtcdTcp2380");
  }

  private static List<Reach> ingress(SecurityGroup group) {
    return BARE.reach().stream()
        .filter(reach -> reach.direction() == Direction.INGRESS)
        .filter(reach -> reach.owner().equals(group))
        .toList();
  }

  private static boolean grants(Policy policy, String action, Value resource) {
    return policy.statements().stream()
        .anyMatch(statement ->
            statement.actions().contains(action) && statement.resources().contains(resource));
  }

  private static Principal trusted(Foundation foundation, String roleId) {
    return foundation.policies().stream()
        .filter(policy -> policy.logicalId().equals(roleId))
        .filter(policy -> policy.property().equals("AssumeRolePolicyDocument"))
        .map(policy -> policy.statements().getFirst().principals().orElseThrow())
        .findFirst()
        .orElseThrow();
  }

  private static Principal role(String roleId) {
    return new Principal.Arns(List.of(Value.attribute(roleId, "Arn")));
  }

  private static Role pods(String name) {
    return Role.ofPods(name, List.of());
  }

  private static Symbol setting() {
    return Symbol.setting("metrics_enabled", new SymbolType.Bool(), "true", "On or off");
  }
}
