package dev.fairway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.e2e.cloud.ResourceComparison;
import dev.fairway.e2e.report.Evidence;
import dev.fairway.e2e.report.Item;
import dev.fairway.link.Assembly;
import dev.fairway.model.Cluster;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.services.cloudformation.model.StackResource;

/**
 * The second answer: another engine of CloudFormation, written by others, creates a whole cluster
 * from the same templates. It neither updates nor deletes most types, so that is all it is asked.
 */
@Tag("e2e")
@Item(1)
@TestMethodOrder(OrderAnnotation.class)
class MotoTest {
  private static final Assembly ASSEMBLY = Assemblies.of("e2e");
  private static final Cluster CLUSTER = ChangedRecord.of("e2e").cluster();
  private static CloudFormationEngine engine;

  @BeforeAll
  static void start(Evidence evidence) {
    evidence.engine("moto 5.2.5");
    engine = CloudFormationEngine.moto("moto", CLUSTER.id());
    engine.bootstrap(CLUSTER.bootstrap().qualifier());
    engine.hostedZone(CLUSTER.hostedZone().id(), CLUSTER.hostedZone().name().toString());
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  @Test
  @Order(1)
  void aLoadBalancerIsRefusedWithoutItsCertificate() {
    var ended = deploy("without-certificate");
    assertThat(ended.exitCode()).isNotZero();
    assertThat(ended.output()).contains("e2e-control-plane failed").contains("ertificate");
    assertThat(engine.clients().classicElb().describeLoadBalancers().loadBalancerDescriptions())
        .isEmpty();
  }

  @Test
  @Order(2)
  void everyResourceOfEveryTemplateIsCreated() {
    engine.certificate(CLUSTER.api().certificate(), CLUSTER.api().host().toString());
    var ended = deploy("with-certificate");
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    assertThat(ASSEMBLY.stacks())
        .allSatisfy(stack ->
            assertThat(engine.clients().resources(stack.stackName()))
                .extracting(StackResource::logicalResourceId)
                .containsExactlyInAnyOrderElementsOf(ResourceComparison.wanted(ASSEMBLY, stack)));
  }

  private static Cdk.Ended deploy(String name) {
    return engine.cdk().deploy(name, Assemblies.folder("e2e"), List.of());
  }
}
