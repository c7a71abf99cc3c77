package dev.fairway.platform.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.model.Facts;
import dev.fairway.model.StackPolicy;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType;
import dev.fairway.model.Value;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EtcdTest {

  private final Etcd etcd = Etcd.declare();

  @Test
  void membersAreDealtToTheZonesInTurn() {
    assertThat(Etcd.members()).extracting(Etcd.Member::zone).containsExactly(1, 2, 3, 1, 2);
  }

  @Test
  void theLossOfAnyZoneLeavesMostMembers() {
    var byZone =
        Etcd.members().stream()
            .collect(Collectors.groupingBy(Etcd.Member::zone, Collectors.counting()));

    assertThat(byZone).hasSize(Facts.ZONES);
    assertThat(byZone.values())
        .allSatisfy(lost -> assertThat(Etcd.MEMBERS - lost).isGreaterThan(Etcd.MEMBERS / 2));
  }

  @Test
  void theRecordsListTheMembersUnderTheNamesThatEtcdAsksFor() {
    assertThat(Etcd.services())
        .extracting(service -> service.name().cloudFormation())
        .containsExactly(
            Map.of("Fn::Sub", "_etcd-server-ssl._tcp.${ClusterEtcdDomain}"),
            Map.of("Fn::Sub", "_etcd-client-ssl._tcp.${ClusterEtcdDomain}"));
    assertThat(Etcd.services().getFirst().targets())
        .extracting(Value::cloudFormation)
        .hasSize(Etcd.MEMBERS)
        .startsWith(Map.of("Fn::Sub", "0 0 2380 etcd-1.${ClusterEtcdDomain}"))
        .endsWith(Map.of("Fn::Sub", "0 0 2380 etcd-5.${ClusterEtcdDomain}"));
    assertThat(Etcd.services().getLast().targets())
        .extracting(Value::cloudFormation)
        .contains(Map.of("Fn::Sub", "0 0 2379 etcd-3.${ClusterEtcdDomain}"));
  }

  @Test
  void nodeConfigsNameTheMembersAsTheRecordsDo() {
    assertThat(Etcd.memberHosts())
        .hasSize(Etcd.MEMBERS)
        .startsWith("etcd-1.⟦cluster.etcd_domain⟧")
        .endsWith("etcd-5.⟦cluster.etcd_domain⟧");
  }

  @Test
  void aMemberIsToldWhichOneItIs() {
    assertThat(Etcd.members().getLast().nodes().userData().entries())
        .containsExactly(
            new PointerConfig.Entry("STACK_NAME", Value.Pseudo.STACK_NAME),
            new PointerConfig.Entry("LOGICAL_ID", Value.of("Member5")),
            new PointerConfig.Entry("ASG_NAME", Value.join(Value.Pseudo.STACK_NAME, "-5")),
            new PointerConfig.Entry("MEMBER", Value.of("5")),
            new PointerConfig.Entry("VOLUME_ID", Value.ref("Member5Volume")));
  }

  /** EC2 gives 500 IOPS a GiB and a MiB/s for four IOPS; a cluster may choose each on its own. */
  @Test
  void everyChoiceOfVolumeIsOneThatEc2Accepts() {
    var size = bounds(etcd.volumeSize());
    var iops = bounds(etcd.volumeIops());
    var throughput = bounds(etcd.volumeThroughput());

    assertThat(iops.max()).isLessThanOrEqualTo(500 * size.min());
    assertThat(4 * throughput.max()).isLessThanOrEqualTo(iops.min());
  }

  @Test
  void noUpdateMayLoseAVolumeOrAMember() {
    var policy = etcd.stackPolicy().map(StackPolicy::logicalIds);

    assertThat(policy)
        .hasValueSatisfying(ids ->
            assertThat(ids)
                .hasSize(2 * Etcd.MEMBERS)
                .containsAll(Etcd.members().stream().map(Etcd.Member::volume).toList())
                .containsAll(Etcd.members().stream().map(Etcd.Member::logicalId).toList()));
  }

  private static SymbolType.Whole bounds(Symbol setting) {
    assertThat(setting.type()).isInstanceOf(SymbolType.Whole.class);
    return (SymbolType.Whole) setting.type();
  }
}
