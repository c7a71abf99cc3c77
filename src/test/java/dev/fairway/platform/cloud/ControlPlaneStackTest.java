package dev.fairway.platform.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.model.Facts;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class ControlPlaneStackTest {

  private static final Synthesized STACK =
      Synthesized.of(app -> new ControlPlaneStack(app, ControlPlane.declare()));

  private final JsonNode masters = STACK.resource("Masters");
  private final JsonNode loadBalancer = STACK.properties("ApiLoadBalancer");
  private final JsonNode launch = STACK.properties("MastersLaunchTemplate");

  @Test
  void theStackIsCreatedWhenBothMastersHaveSignalled() {
    assertThat(masters.at("/CreationPolicy/ResourceSignal/Count").asInt())
        .isEqualTo(masters.at("/Properties/DesiredCapacity").asInt())
        .isEqualTo(2);
  }

  @Test
  void anUpdateNeverTakesBothMastersAway() {
    var policy = masters.at("/UpdatePolicy/AutoScalingRollingUpdate");

    assertThat(policy.path("MinInstancesInService").asInt()).isEqualTo(1);
    assertThat(policy.path("MaxBatchSize").asInt()).isEqualTo(1);
    assertThat(policy.path("WaitOnResourceSignals").asBoolean()).isTrue();
  }

  @Test
  void mastersStandInThePrivateSubnetsOfAllZones() {
    assertThat(masters.at("/Properties/VPCZoneIdentifier"))
        .extracting(subnet -> subnet.at("/Fn::ImportValue/Fn::Sub").asText())
        .containsExactlyElementsOf(exports("private-subnet-"));
  }

  /** A hook of its own would come after the first masters. */
  @Test
  void theHookStandsInTheGroup() {
    assertThat(masters.at("/Properties/LifecycleHookSpecificationList")).hasSize(1);
    assertThat(STACK.resources("AWS::AutoScaling::LifecycleHook")).isEmpty();
  }

  @Test
  void credentialsOfANodeStayOnTheNode() {
    var metadata = launch.at("/LaunchTemplateData/MetadataOptions");

    assertThat(metadata.path("HttpTokens").asText()).isEqualTo("required");
    assertThat(metadata.path("HttpPutResponseHopLimit").asInt()).isEqualTo(1);
  }

  @Test
  void theRootVolumeNeedsNoGrantToTheServiceLinkedRole() {
    var volumes = launch.at("/LaunchTemplateData/BlockDeviceMappings");

    assertThat(volumes).hasSize(1);
    assertThat(volumes.at("/0/Ebs/Encrypted").asBoolean()).isTrue();
    assertThat(volumes.at("/0/Ebs/KmsKeyId").asText()).isEqualTo("alias/aws/ebs");
  }

  @Test
  void theLoadBalancerIsInPublicExactlyWhereItIsReachedFromOutside() {
    var subnets = loadBalancer.path("Subnets");

    assertThat(loadBalancer.at("/Scheme/Ref").asText()).isEqualTo(Facts.API_SCHEME.parameter());
    assertThat(STACK.json().at("/Conditions/ApiIsPublic/Fn::Equals"))
        .extracting(side -> side.isTextual() ? side.asText() : side.path("Ref").asText())
        .containsExactly(Facts.API_SCHEME.parameter(), "internet-facing");
    assertThat(subnets)
        .extracting(subnet -> subnet.at("/Fn::If/0").asText())
        .hasSize(Facts.ZONES)
        .containsOnly("ApiIsPublic");
    assertThat(subnets)
        .extracting(subnet -> subnet.at("/Fn::If/1/Fn::ImportValue/Fn::Sub").asText())
        .containsExactlyElementsOf(exports("public-subnet-"));
    assertThat(subnets)
        .extracting(subnet -> subnet.at("/Fn::If/2/Fn::ImportValue/Fn::Sub").asText())
        .containsExactlyElementsOf(exports("private-subnet-"));
  }

  @Test
  void everyListenerThatEndsTlsDoesSoByThePolicy() {
    var policy = loadBalancer.at("/Policies/0");
    var ending =
        StreamSupport.stream(loadBalancer.path("Listeners").spliterator(), false)
            .filter(listener -> listener.path("Protocol").asText().equals("SSL"))
            .toList();

    assertThat(policy.at("/Attributes/0/Value").asText())
        .isEqualTo("ELBSecurityPolicy-TLS-1-2-2017-01");
    assertThat(ending)
        .isNotEmpty()
        .allSatisfy(listener ->
            assertThat(Synthesized.texts(listener.path("PolicyNames")))
                .containsExactly(policy.path("PolicyName").asText()));
  }

  @Test
  void noNodeAsksForTheNameBeforeItIsThere() {
    var target = STACK.properties("ApiRecord").path("AliasTarget");

    assertThat(target.at("/DNSName/Fn::GetAtt/0").asText()).isEqualTo("ApiLoadBalancer");
    assertThat(Synthesized.texts(masters.path("DependsOn"))).containsExactly("ApiRecord");
  }

  private static Iterable<String> exports(String name) {
    return IntStream.rangeClosed(1, Facts.ZONES)
        .mapToObj(zone -> "${ClusterId}:" + name + zone)
        .toList();
  }
}
