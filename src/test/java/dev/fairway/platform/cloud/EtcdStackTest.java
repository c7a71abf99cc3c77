package dev.fairway.platform.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.model.Facts;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.assertions.Match;

class EtcdStackTest {

  private static final Synthesized ETCD = Synthesized.of(app -> new EtcdStack(app, Etcd.declare()));
  private static final String GROUP = "AWS::AutoScaling::AutoScalingGroup";
  private static final String VOLUME = "AWS::EC2::Volume";
  private static final String RECORD = "AWS::Route53::RecordSet";

  @Test
  void theMembersComeAndAreRolledOneAfterTheOther() {
    for (var number = 2; number <= Etcd.MEMBERS; number++) {
      assertThat(awaitedBy("Member" + number))
          .filteredOn(id -> ETCD.resources(GROUP).containsKey(id))
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(1, number).mapToObj(before -> "Member" + before).toList());
    }
  }

  /** A resolver remembers for minutes that a name does not exist. */
  @Test
  void noMemberAsksForTheListOfMembersBeforeItIsThere() {
    assertThat(awaitedBy("Member1"))
        .containsExactlyInAnyOrderElementsOf(ETCD.resources(RECORD).keySet());
  }

  /** The first member is healthy only with others, whose groups come after its own. */
  @Test
  void noMemberIsWaitedForWhenTheStackIsCreated() {
    assertThat(ETCD.resources(GROUP))
        .hasSize(Etcd.MEMBERS)
        .allSatisfy((id, group) -> assertThat(group.has("CreationPolicy")).isFalse());
  }

  @Test
  void anUpdateWaitsForEachMembersSignal() {
    ETCD.template()
        .allResources(
            GROUP,
            Match.objectLike(
                Map.of(
                    "UpdatePolicy",
                    Map.of(
                        "AutoScalingRollingUpdate",
                        Match.objectLike(
                            Map.of(
                                "MinInstancesInService",
                                0,
                                "MaxBatchSize",
                                1,
                                "WaitOnResourceSignals",
                                true,
                                "PauseTime",
                                "PT15M"))))));
  }

  @Test
  void aVolumeIsInItsMembersZone() {
    for (var member : Etcd.members()) {
      var zone = ETCD.properties(member.volume()).at("/AvailabilityZone/Ref").asText();
      var subnets = ETCD.properties(member.logicalId()).path("VPCZoneIdentifier");

      assertThat(zone).isEqualTo(Facts.zone(member.zone()).parameter());
      assertThat(subnets).hasSize(1);
      assertThat(subnets.at("/0/Fn::ImportValue/Fn::Sub").asText())
          .isEqualTo("${ClusterId}:private-subnet-" + member.zone());
    }
  }

  @Test
  void aMemberIsToldOfItsOwnVolumeOnly() {
    assertThat(ETCD.resources(VOLUME)).hasSize(Etcd.MEMBERS);
    for (var member : Etcd.members()) {
      var launch = ETCD.properties(member.logicalId()).at("/LaunchTemplate/LaunchTemplateId/Ref");
      var userData = ETCD.properties(launch.asText()).at("/LaunchTemplateData/UserData");

      assertThat(userData.toString())
          .contains("MEMBER%3D" + member.number() + "%0A")
          .contains("VOLUME_ID%3D${" + member.volume() + "}%0A")
          .containsOnlyOnce("Volume}");
    }
  }

  @Test
  void volumesOutliveTheirStackUnlessItNeverWas() {
    ETCD.template()
        .allResources(
            VOLUME,
            Match.objectLike(
                Map.of(
                    "DeletionPolicy",
                    "RetainExceptOnCreate",
                    "UpdateReplacePolicy",
                    "Retain",
                    "Properties",
                    Match.objectLike(Map.of("Encrypted", true, "VolumeType", "gp3")))));
  }

  /** A member's address is its own to write: the template can't know it. */
  @Test
  void theOnlyRecordsListTheMembers() {
    assertThat(ETCD.resources(RECORD))
        .hasSize(2)
        .allSatisfy((id, record) -> {
          assertThat(record.at("/Properties/Type").asText()).isEqualTo("SRV");
          assertThat(record.at("/Properties/ResourceRecords")).hasSize(Etcd.MEMBERS);
        });
  }

  @Test
  void theStackPolicySpeaksOfResourcesThatExist() {
    var policy = Etcd.declare().stackPolicy().orElseThrow();

    assertThat(policy.logicalIds()).allSatisfy(id -> assertThat(ETCD.resource(id)).isNotEmpty());
  }

  /** All that the resource waits for, near and far, as DependsOn says; a circle would end here. */
  private static Set<String> awaitedBy(String logicalId) {
    var awaited = new LinkedHashSet<String>();
    var open = new ArrayDeque<>(List.of(logicalId));
    while (!open.isEmpty()) {
      for (var next : Synthesized.texts(ETCD.resource(open.remove()).path("DependsOn"))) {
        assertThat(next).isNotEqualTo(logicalId);
        if (awaited.add(next)) {
          open.add(next);
        }
      }
    }
    return awaited;
  }
}
