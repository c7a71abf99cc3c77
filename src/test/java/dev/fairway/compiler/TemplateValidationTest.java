package dev.fairway.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairway.compiler.TemplateEmitter.Synthesis;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.diagnostic.Span;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType;
import dev.fairway.platform.Platform;
import dev.fairway.platform.cloud.ExistingNetwork;
import dev.fairway.platform.cloud.Network;
import dev.fairway.platform.cloud.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.CfnParameterProps;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.CfnResourceProps;
import software.amazon.awscdk.Stack;

/** Runs CDK's validation, which everything else here leaves out. */
class TemplateValidationTest {
  private static final String HERE =
      "src/main/java/dev/fairway/compiler/TemplateValidationTest.java";

  /** What the gate stands for: CloudFormation has nothing against any of our templates. */
  @Test
  void findsNothingInOurTemplatesAndChangesNothingInThem() throws IOException {
    var templates = Platform.declare().templates();

    var validated = TemplateEmitter.emit(templates, true);

    assertThat(validated.diagnostics().all()).isEmpty();
    assertThat(validated).isEqualTo(TemplateEmitter.emit(templates, false));
    assertThat(validated.sound()).hasSameSizeAs(templates);
  }

  @Test
  void refusesAnUnknownPropertyAWrongWordAndAnAttributeThatIsNotThere() throws IOException {
    var synthesis = synthesize(true, Map.of("bad", app -> new Vpcs(app, "bad")));

    assertThat(synthesis.diagnostics().all())
        .allMatch(Diagnostic::isError)
        .extracting(Diagnostic::code)
        .containsOnly(Code.INVALID_TEMPLATE);
    assertThat(messages(synthesis))
        .anyMatch(text -> text.startsWith("Typo of templates/bad.json breaks F3002: CidrBlok: "))
        .anyMatch(text -> text.startsWith("Word of templates/bad.json breaks W3030: InstanceTena"))
        .anyMatch(text -> text.startsWith("Attribute of templates/bad.json breaks E9004: "))
        // CDK has words for the first that breaks a rule only, so those of another one are marked.
        .anyMatch(text ->
            text.startsWith(
                "Again of templates/bad.json breaks F3002 at Properties.Foo,"
                    + " as does Typo of templates/bad.json: "));
  }

  @Test
  void pointsAtTheLineOfJavaThatMadeTheResource() throws IOException {
    var made = new int[1];
    var synthesis =
        synthesize(
            true,
            Map.of(
                "bad",
                app -> {
                  var stack = new Stack(app, "bad");
                  made[0] = line() + 1;
                  var _ = new CfnResource(stack, "Typo", vpc("CidrBlok", "10.0.0.0/16"));
                  return stack;
                }));

    assertThat(spans(synthesis)).contains(new Span(HERE, made[0], 1));
  }

  /** A real stack, from bad facts: what is said of a parameter is said of its stack. */
  @Test
  void pointsAtTheStackWhereNoResourceIsAtFault() throws IOException {
    var synthesis = TemplateEmitter.emit(List.of(badNetwork()), true);

    assertThat(messages(synthesis)).singleElement().asString().contains(" breaks F2002: ");
    assertThat(spans(synthesis))
        .singleElement()
        .asString()
        .matches("src/main/java/dev/fairway/platform/cloud/NetworkStack.java:\\d\\d+:1");
  }

  @Test
  void namesWhoAskedForWhatSeveralStacksHaveInCommon() throws IOException {
    var trace =
        """
        ...new CfnLaunchTemplate in aws-cdk-lib...
        software.amazon.jsii.JsiiEngine.createNewObject (JsiiEngine.java:640)
        dev.fairway.platform.cloud.NodeStack.launchTemplate (NodeStack.java:62)
        dev.fairway.platform.cloud.NodeStack.launchTemplate (NodeStack.java:48)
        java.util.ArrayList.forEach (ArrayList.java:1604)
        dev.fairway.platform.cloud.EtcdStack.lambda$members$0 (EtcdStack.java:31)
        dev.fairway.platform.cloud.EtcdStack.<init> (EtcdStack.java:20)
        dev.fairway.compiler.TemplateEmitter.emit (TemplateEmitter.java:60)
        dev.fairway.compiler.Emitter.emit (Emitter.java:120)
        """;

    var diagnostic = finding(trace).diagnostic(Map.of("etcd", Stack.class), Optional.empty());

    assertThat(diagnostic.span().map(Span::toString))
        .contains("src/main/java/dev/fairway/platform/cloud/NodeStack.java:62:1");
    assertThat(diagnostic.values())
        .singleElement()
        .extracting(Diagnostic.Involved::name, Diagnostic.Involved::value)
        .containsExactly("the caller", "EtcdStack.members");
    assertThat(diagnostic.remedy()).startsWith("Name it; where the rule is mistaken, acknowledge ");
  }

  private static TemplateFinding finding(String trace) {
    var json = JsonNodeFactory.instance;
    var construct = json.objectNode().put("constructPath", "etcd/Launch");
    construct.putObject("cloudFormationResource").put("logicalId", "Launch");
    construct.putArray("stackTraces").add(trace);
    var violation = json.objectNode().put("ruleName", "F1").put("description", "It has no name.");
    return new TemplateFinding(violation.put("suggestedFix", "Name it."), construct);
  }

  @Test
  void holdsParametersAgainstCloudFormationAndNamesTheStacksFile() throws IOException {
    var synthesis = synthesize(true, Map.of("bad", Parameter::new));

    assertThat(messages(synthesis))
        .anyMatch(text -> text.startsWith("templates/bad.json breaks F2002: Parameters/Size/Type"));
    assertThat(synthesis.diagnostics().all())
        .allSatisfy(
            diagnostic -> assertThat(diagnostic.span().orElseThrow().file()).isEqualTo(HERE));
  }

  @Test
  void whatIsSoundComesThroughBesideWhatIsNot() throws IOException {
    var synthesis = TemplateEmitter.emit(List.of(badNetwork(), new ExistingNetwork()), true);

    assertThat(synthesis.sound()).containsOnlyKeys("network-existing");
  }

  @Test
  void validatesOnlyWhenAsked() throws IOException {
    var synthesis = synthesize(false, Map.of("bad", app -> new Vpcs(app, "bad")));

    assertThat(synthesis.diagnostics().all()).isEmpty();
    assertThat(synthesis.sound()).containsOnlyKeys("bad");
  }

  @Test
  void aTemplateIsValidatedOnceAndWhatWasEmittedUnvalidatedIsNotTakenForValid(@TempDir Path folder)
      throws IOException {
    var network = new ExistingNetwork();

    assertThat(emitted(folder, false, network)).containsExactly("templates/network-existing");
    assertThat(emitted(folder, true, network)).containsExactly("templates/network-existing");
    assertThat(emitted(folder, true, network)).isEmpty();
  }

  @Test
  void aRefusedTemplateIsRefusedAgainAndASoundOneBesideItRemembered(@TempDir Path folder)
      throws IOException {
    var network = new ExistingNetwork();

    for (var time = 0; time < 2; time++) {
      assertThat(emit(folder, true, network, badNetwork()).diagnostics().hasErrors()).isTrue();
    }

    assertThat(emitted(folder, true, network)).isEmpty();
  }

  private static List<String> emitted(Path folder, boolean validate, Template... templates)
      throws IOException {
    return emit(folder, validate, templates).value().orElseThrow().emitted();
  }

  private static Outcome<Emission> emit(Path folder, boolean validate, Template... templates)
      throws IOException {
    var declared = Platform.declare();
    var platform =
        new Platform(
            declared.kubernetes(),
            List.of(),
            List.of(templates),
            List.of(),
            List.of(),
            List.of(),
            declared.symbols(),
            new TreeMap<>());
    return new Emitter(Cache.in(folder), ClassFiles.ofFairway(), validate, Progress.SILENT)
        .emit(platform);
  }

  private static Network badNetwork() {
    return new Network(
        Symbol.setting(
            "nat_gateways", new SymbolType.Text("one", "one", "AWS::EC2::Nothing"), "one", "How"),
        Network.declare().flowLogDays());
  }

  private static Synthesis synthesize(boolean validate, Map<String, Function<App, Stack>> stacks)
      throws IOException {
    return TemplateEmitter.synthesize(stacks, validate);
  }

  private static List<String> messages(Synthesis synthesis) {
    return synthesis.diagnostics().all().stream().map(Diagnostic::message).toList();
  }

  private static List<Span> spans(Synthesis synthesis) {
    return synthesis.diagnostics().all().stream()
        .flatMap(diagnostic -> diagnostic.span().stream())
        .toList();
  }

  /** Of whoever calls. */
  private static int line() {
    return new Throwable().getStackTrace()[1].getLineNumber();
  }

  private static CfnResourceProps vpc(String property, Object value) {
    var properties = new TreeMap<String, Object>(Map.of("CidrBlock", "10.0.0.0/16"));
    properties.put(property, value);
    return CfnResourceProps.builder().type("AWS::EC2::VPC").properties(properties).build();
  }

  private static final class Vpcs extends Stack {
    Vpcs(App app, String id) {
      super(app, id);
      var _ = new CfnResource(this, "Typo", vpc("CidrBlok", "10.0.0.0/16"));
      var _ = new CfnResource(this, "Again", vpc("Foo", "bar"));
      var _ = new CfnResource(this, "Word", vpc("InstanceTenancy", "sometimes"));
      var nothing = Map.of("Fn::GetAtt", List.of("Word", "Nothing"));
      var _ = new CfnResource(this, "Attribute", vpc("CidrBlock", nothing));
    }
  }

  private static final class Parameter extends Stack {
    Parameter(App app) {
      super(app, "bad");
      var _ = new CfnParameter(this, "Size", CfnParameterProps.builder().type("Nothing").build());
    }
  }
}
