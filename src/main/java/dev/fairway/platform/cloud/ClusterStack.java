package dev.fairway.platform.cloud;

import dev.fairway.model.Facts;
import dev.fairway.model.Policy;
import dev.fairway.model.Statement;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType;
import dev.fairway.model.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnConditionProps;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.CfnOutputProps;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.CfnParameterProps;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.CfnTag;
import software.amazon.awscdk.DefaultStackSynthesizer;
import software.amazon.awscdk.DefaultStackSynthesizerProps;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.ICfnConditionExpression;
import software.amazon.awscdk.IResolvable;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.iam.CfnRole;
import software.constructs.Construct;

/**
 * A stack whose resources are L1s with values of the model. It makes the parameters and conditions
 * that those values speak of when they are first used, so a template has no unused one.
 *
 * <p>All resources are direct children of the stack: then a construct's id is its logical id.
 */
public abstract class ClusterStack extends Stack {
  private final Map<Object, String> texts = new HashMap<>();
  private final Set<String> parameters = new HashSet<>();
  private final Set<String> conditions = new HashSet<>();

  protected ClusterStack(Construct app, Template template) {
    super(
        app,
        template.name(),
        StackProps.builder()
            .description(template.description())
            .analyticsReporting(false)
            .synthesizer(
                // The linker writes the bootstrap's version check; a template with it would need
                // a parameter that no two engines treat alike.
                new DefaultStackSynthesizer(
                    DefaultStackSynthesizerProps.builder()
                        .generateBootstrapVersionRule(false)
                        .build()))
            .build());
  }

  /** The value for a property of type String. */
  protected final String text(Value value) {
    if (value instanceof Value.Literal(var literal)) {
      return literal;
    }
    return text(json(value));
  }

  /** The same for JSON with an intrinsic function. */
  protected final String text(Object json) {
    return json instanceof String literal ? literal : texts.computeIfAbsent(json, Token::asString);
  }

  /** The value for a property of type Number. */
  protected final Number number(Symbol symbol) {
    return Token.asNumber(json(Value.of(symbol)));
  }

  protected final String text(Symbol symbol) {
    return text(Value.of(symbol));
  }

  /** The value for a property of another type. */
  protected final IResolvable any(Value value) {
    return any(json(value));
  }

  /**
   * JSON for a property that takes a structure. CDK holds it against the property's type with the
   * names of TypeScript, unless it is an intrinsic function: what stands in one is passed on as it
   * is, with the names of CloudFormation.
   */
  protected final IResolvable any(Object json) {
    return Token.asAny(json);
  }

  /** The value for a property that takes JSON; its parameters are made on the way. */
  protected final Object json(Value value) {
    declareParameters(value);
    return value.cloudFormation();
  }

  /** The policy's document, with the parameters it speaks of. */
  protected final Object document(Policy policy) {
    for (var statement : policy.statements()) {
      statement.resources().forEach(this::declareParameters);
      statement.conditions().values().stream()
          .flatMap(keys -> keys.values().stream())
          .flatMap(List::stream)
          .forEach(this::declareParameters);
      if (statement.principals().orElse(null) instanceof Statement.Principal.Arns(var arns)) {
        arns.forEach(this::declareParameters);
      }
    }
    return policy.document();
  }

  /** The declared document of a resource. */
  protected final Object document(Template template, String logicalId, String property) {
    return template.policies().stream()
        .filter(policy -> policy.logicalId().equals(logicalId))
        .filter(policy -> policy.property().equals(property))
        .map(this::document)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(logicalId + " declares no " + property));
  }

  /** The declared inline policies of a role, in their order. */
  protected final List<CfnRole.PolicyProperty> inline(Template template, String logicalId) {
    return template.policies().stream()
        .filter(policy -> policy.logicalId().equals(logicalId))
        .filter(policy -> policy.property().startsWith("Policies/"))
        .map(policy ->
            CfnRole.PolicyProperty.builder()
                .policyName(policy.statements().getFirst().sid())
                .policyDocument(document(policy))
                .build())
        .toList();
  }

  /** The tag by which Kubernetes' controllers know what is the cluster's own. */
  protected final CfnTag clusterTag() {
    return CfnTag.builder()
        .key(text(Value.join("kubernetes.io/cluster/", Facts.CLUSTER_TAG)))
        .value("owned")
        .build();
  }

  /** {@code Fn::If} on the condition with this id. */
  protected static Map<String, Object> either(String condition, Object then, Object otherwise) {
    return Map.of("Fn::If", List.of(condition, then, otherwise));
  }

  /** {@code Fn::If} that leaves the property or the list's element out. */
  protected static Map<String, Object> onlyIf(String condition, Object then) {
    return either(condition, then, Value.Pseudo.NO_VALUE.cloudFormation());
  }

  /** The id of a condition that holds while the symbol has this value. */
  protected final String equal(String id, Symbol symbol, String value) {
    return condition(id, () -> Fn.conditionEquals(json(Value.of(symbol)), value));
  }

  /** The id of a condition that holds while the symbol has any other value. */
  protected final String differ(String id, Symbol symbol, String value) {
    return condition(id, () -> Fn.conditionNot(Fn.conditionEquals(json(Value.of(symbol)), value)));
  }

  /** The id of a condition that holds while the symbol has a value that is not empty. */
  protected final String given(Symbol symbol) {
    return differ(symbol.parameter() + "IsGiven", symbol, "");
  }

  /** The id of a condition that holds while the component's switch is on. */
  protected final String enabled(Symbol symbol) {
    return equal(symbol.parameter() + "IsOn", symbol, "true");
  }

  private String condition(String id, Supplier<ICfnConditionExpression> expression) {
    if (conditions.add(id)) {
      var _ =
          new CfnCondition(
              this, id, CfnConditionProps.builder().expression(expression.get()).build());
    }
    return id;
  }

  /** The resource exists only while the condition holds. */
  protected static void onlyIf(String condition, CfnResource resource) {
    resource.addOverride("Condition", condition);
  }

  /**
   * What must not be lost stays when its stack goes or replaces it; but a create that is rolled
   * back leaves nothing, for it would block the next try.
   */
  protected static void retain(CfnResource resource) {
    resource.addOverride("DeletionPolicy", "RetainExceptOnCreate");
    resource.addOverride("UpdateReplacePolicy", "Retain");
  }

  protected static void dependsOn(CfnResource resource, List<String> logicalIds) {
    resource.addOverride("DependsOn", logicalIds);
  }

  /** A tag whose value holds what the parts say. */
  protected final CfnTag tag(String key, Object... parts) {
    return CfnTag.builder().key(key).value(text(Value.join(parts))).build();
  }

  /** The {@code Name} that the console shows: {@code <local_id>-<name>}. */
  protected final CfnTag nameTag(String name) {
    return tag("Name", Facts.LOCAL_ID, "-", name);
  }

  /** Offers the template's exports to other stacks. */
  protected final void export(Template template) {
    for (var export : template.exports()) {
      var _ =
          new CfnOutput(
              this,
              LogicalIds.of(export.name()) + "Export",
              CfnOutputProps.builder()
                  .description(export.description())
                  .value(text(export.value()))
                  .exportName(text(Value.join(Facts.CLUSTER_ID, ":", export.name())))
                  .build());
    }
  }

  /** Shows people a value, without offering it to other stacks. */
  protected final void output(String id, String description, Value value) {
    var _ =
        new CfnOutput(
            this, id, CfnOutputProps.builder().description(description).value(text(value)).build());
  }

  private void declareParameters(Value value) {
    switch (value) {
      case Value.Parameter(var symbol) -> declareParameter(symbol);
      case Value.Import(var name) -> {
        declareParameter(Facts.CLUSTER_ID);
        declareParameters(name);
      }
      case Value.Joined(var parts) -> parts.forEach(this::declareParameters);
      case Value.Literal _, Value.Pseudo _, Value.Attribute _ -> {}
    }
  }

  private void declareParameter(Symbol symbol) {
    if (!parameters.add(symbol.parameter())) {
      return;
    }
    var props = CfnParameterProps.builder().description(symbol.description());
    switch (symbol.type()) {
      case SymbolType.Whole(var min, var max) -> props.type("Number").minValue(min).maxValue(max);
      case SymbolType.Bool _ -> props.type("String").allowedValues(List.of("true", "false"));
      case SymbolType.Choice(var words) -> props.type("String").allowedValues(words);
      case SymbolType.Text text ->
          props.type(text.cloudFormation()).allowedPattern("^" + text.pattern() + "$");
      case SymbolType.TextList _, SymbolType.TextMap _, SymbolType.Taints _ ->
          props.type("String").allowedPattern("^" + symbol.type().pattern() + "$");
    }
    var _ = new CfnParameter(this, symbol.parameter(), props.build());
  }
}
