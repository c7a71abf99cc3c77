package dev.fairway.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.Compiled;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.platform.cloud.Template;
import dev.fairway.release.CanonicalJson;
import java.io.IOException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is changed in a template that rules judge by, it is noticed. */
class ConfirmationTest {
  private static final String INGRESS = "AWS::EC2::SecurityGroupIngress";
  private static final String BALANCER = "AWS::ElasticLoadBalancing::LoadBalancer";
  private static final String GROUP = "AWS::AutoScaling::AutoScalingGroup";

  @Test
  void whatCdkMadeIsWhatWasDeclared() throws IOException {
    for (var template : Compiled.platform().templates()) {
      assertThat(Confirmation.of(template, json(template)).all()).as(template.name()).isEmpty();
    }
  }

  @Test
  void aRuleMore() throws IOException {
    assertNoticed(
        "foundation",
        template -> {
          ObjectNode open = resource(template, INGRESS).deepCopy();
          open.withObject("/Properties").put("CidrIp", "0.0.0.0/0").remove("SourceSecurityGroupId");
          template.withObject("/Resources").set("Open", open);
        });
  }

  @Test
  void aRuleMoreWithinAGroup() throws IOException {
    assertNoticed(
        "foundation",
        template ->
            resource(template, "AWS::EC2::SecurityGroup")
                .withObject("/Properties")
                .withArray("/SecurityGroupIngress")
                .addObject()
                .put("CidrIp", "0.0.0.0/0")
                .put("IpProtocol", "-1"));
  }

  @Test
  void aRuleLess() throws IOException {
    assertNoticed("foundation", template -> remove(template, INGRESS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"FromPort", "ToPort"})
  void aWiderRule(String port) throws IOException {
    assertNoticed(
        "foundation",
        template -> resource(template, INGRESS).withObject("/Properties").put(port, 1));
  }

  @Test
  void aRuleWithoutItsCondition() throws IOException {
    assertNoticed(
        "foundation",
        template -> {
          for (var resource : template.path("Resources")) {
            if (resource.path("Type").asText().equals(INGRESS) && resource.has("Condition")) {
              ((ObjectNode) resource).remove("Condition");
              return;
            }
          }
          throw new AssertionError("no rule has a condition");
        });
  }

  @Test
  void aRuleUnderAConditionThatIsAlwaysTrue() throws IOException {
    assertNoticed(
        "foundation",
        template ->
            template
                .withObject("/Conditions")
                .forEach(condition ->
                    ((ObjectNode) condition)
                        .removeAll()
                        .putArray("Fn::Equals")
                        .add("true")
                        .add("true")));
  }

  @Test
  void anActionMore() throws IOException {
    assertNoticed(
        "foundation",
        template -> ((ArrayNode) policy(template).at("/Statement/0/Action")).add("iam:*"));
  }

  @Test
  void aStatementMore() throws IOException {
    assertNoticed(
        "foundation",
        template -> {
          var statements = (ArrayNode) policy(template).required("Statement");
          ObjectNode other = statements.required(0).deepCopy();
          statements.add(other.put("Sid", "Other"));
        });
  }

  @Test
  void aStatementLess() throws IOException {
    assertNoticed(
        "foundation", template -> ((ArrayNode) policy(template).required("Statement")).remove(0));
  }

  @Test
  void anotherEffect() throws IOException {
    assertNoticed(
        "foundation",
        template ->
            ((ObjectNode) policy(template).at("/Statement/0")).put("Effect", "NotWhatItWas"));
  }

  @Test
  void aManagedPolicy() throws IOException {
    assertNoticed(
        "foundation",
        template ->
            resource(template, "AWS::IAM::Role")
                .withObject("/Properties")
                .withArray("/ManagedPolicyArns")
                .add("arn:aws:iam::aws:policy/AdministratorAccess"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"LoadBalancerPort", "InstancePort", "Protocol", "InstanceProtocol"})
  void anotherListener(String property) throws IOException {
    assertNoticed(
        "control-plane",
        template ->
            ((ObjectNode) resource(template, BALANCER).at("/Properties/Listeners/0"))
                .put(property, "80"));
  }

  @Test
  void aListenerWithoutItsCertificate() throws IOException {
    assertNoticed(
        "control-plane",
        template ->
            resource(template, BALANCER)
                .at("/Properties/Listeners")
                .forEach(listener -> ((ObjectNode) listener).remove("SSLCertificateId")));
  }

  @Test
  void aListenerLess() throws IOException {
    assertNoticed(
        "control-plane",
        template ->
            ((ArrayNode) resource(template, BALANCER).at("/Properties/Listeners")).remove(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"etcd", "control-plane", "pool-worker", "pool-spot"})
  void anotherSizeOfAGroup(String name) throws IOException {
    for (var size : new String[] {"MinSize", "MaxSize"}) {
      assertNoticed(
          name, template -> resource(template, GROUP).withObject("/Properties").put(size, "9"));
    }
  }

  @Test
  void aGroupMore() throws IOException {
    assertNoticed(
        "etcd",
        template ->
            template.withObject("/Resources").set("Other", resource(template, GROUP).deepCopy()));
  }

  @Test
  void aGroupLess() throws IOException {
    assertNoticed("etcd", template -> remove(template, GROUP));
  }

  @Test
  void anExportLess() throws IOException {
    assertNoticed("network", template -> ((ObjectNode) export(template)).remove("Export"));
  }

  @Test
  void anExportOfAnotherName() throws IOException {
    assertNoticed(
        "network",
        template ->
            ((ObjectNode) export(template).at("/Export/Name"))
                .put("Fn::Sub", "${ClusterId}:other"));
  }

  /** Without the cluster's id two clusters of an account would get in each other's way. */
  @Test
  void anExportWithoutTheClustersId() throws IOException {
    assertNoticed(
        "network",
        template -> {
          var name = (ObjectNode) export(template).at("/Export/Name");
          name.put("Fn::Sub", name.path("Fn::Sub").asText().replace("${ClusterId}:", ""));
        });
  }

  @Test
  void anExportOfAnotherValue() throws IOException {
    assertNoticed("network", template -> ((ObjectNode) export(template)).put("Value", "other"));
  }

  private static void assertNoticed(String name, Consumer<ObjectNode> change) throws IOException {
    var facts =
        Compiled.platform().templates().stream()
            .filter(template -> template.name().equals(name))
            .findFirst()
            .orElseThrow();
    var template = json(facts);
    change.accept(template);
    assertThat(template).as("nothing was changed").isNotEqualTo(json(facts));

    Diagnostics found = Confirmation.of(facts, template);

    assertThat(found.hasErrors()).isTrue();
    assertThat(found.all())
        .allSatisfy(diagnostic -> {
          assertThat(diagnostic.code()).isEqualTo(Code.NOT_CONFIRMED);
          assertThat(diagnostic.message()).startsWith("templates/" + name + ".json: ");
        });
  }

  private static ObjectNode json(Template facts) throws IOException {
    return (ObjectNode)
        CanonicalJson.TREES.readTree(
            Compiled.release().file("templates/" + facts.name() + ".json"));
  }

  private static ObjectNode resource(JsonNode template, String type) {
    for (var resource : template.path("Resources")) {
      if (resource.path("Type").asText().equals(type)) {
        return (ObjectNode) resource;
      }
    }
    throw new AssertionError("no " + type);
  }

  private static void remove(JsonNode template, String type) {
    var resources = (ObjectNode) template.path("Resources");
    for (var entry : resources.properties()) {
      if (entry.getValue().path("Type").asText().equals(type)) {
        resources.remove(entry.getKey());
        return;
      }
    }
    throw new AssertionError("no " + type);
  }

  /** The first policy document that grants several actions. */
  private static JsonNode policy(JsonNode template) {
    return template.findParents("Statement").stream()
        .filter(document -> document.at("/Statement/0/Action").isArray())
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode export(JsonNode template) {
    for (var output : template.path("Outputs")) {
      if (output.has("Export")) {
        return output;
      }
    }
    throw new AssertionError("no export");
  }
}
