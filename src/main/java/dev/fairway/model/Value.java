package dev.fairway.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How one AWS fact refers to another. The compiler reads these; CDK tokens can't be read, so no
 * fact holds one.
 */
public sealed interface Value {

  /** The value as CloudFormation's JSON has it: a string, or a map with one intrinsic function. */
  Object cloudFormation();

  /** As {@code Fn::Sub} has it, for people: {@code arn:${AWS::Partition}:s3:::*}. */
  default String text() {
    return switch (this) {
      case Literal(var text) -> text;
      case Parameter(var symbol) -> "${" + symbol.parameter() + "}";
      case Pseudo(var name) -> "${" + name + "}";
      case Attribute(var id, var name) -> "${" + id + (name.isEmpty() ? "" : "." + name) + "}";
      case Import(var name) -> "${" + name.text() + "}";
      case Joined(var parts) -> parts.stream().map(Value::text).collect(Collectors.joining());
    };
  }

  /** Whether it holds a name that only this cluster has; account and region are of many. */
  default boolean isOfCluster() {
    return switch (this) {
      case Literal _, Pseudo _ -> false;
      case Parameter(var symbol) -> !Facts.SHARED.contains(symbol);
      case Attribute _, Import _ -> true;
      case Joined(var parts) -> parts.stream().anyMatch(Value::isOfCluster);
    };
  }

  static Value of(String text) {
    return new Literal(text);
  }

  static Value of(Symbol symbol) {
    return new Parameter(symbol);
  }

  /** The resource's {@code Ref}. */
  static Value ref(String logicalId) {
    return new Attribute(logicalId, "");
  }

  /** The resource's {@code Fn::GetAtt}. */
  static Value attribute(String logicalId, String name) {
    return new Attribute(logicalId, name);
  }

  /** The export {@code <cluster id>:<name>} of another stack of the same cluster. */
  static Value imported(String name) {
    return new Import(new Literal(name));
  }

  /** Strings, symbols and values, one after the other. */
  static Value join(Object... parts) {
    var values = new ArrayList<Value>();
    for (var part : parts) {
      values.add(
          switch (part) {
            case String text -> of(text);
            case Symbol symbol -> of(symbol);
            case Value value -> value;
            default -> throw new IllegalArgumentException("not a part of a value: " + part);
          });
    }
    return new Joined(values);
  }

  record Literal(String text) implements Value {
    @Override
    public Object cloudFormation() {
      return text;
    }
  }

  record Parameter(Symbol symbol) implements Value {
    @Override
    public Object cloudFormation() {
      return Map.of("Ref", symbol.parameter());
    }
  }

  /** {@code AWS::Region}, {@code AWS::AccountId}, {@code AWS::Partition}, {@code AWS::NoValue}. */
  record Pseudo(String name) implements Value {
    public static final Pseudo REGION = new Pseudo("AWS::Region");
    public static final Pseudo ACCOUNT = new Pseudo("AWS::AccountId");
    public static final Pseudo PARTITION = new Pseudo("AWS::Partition");
    public static final Pseudo STACK_NAME = new Pseudo("AWS::StackName");
    public static final Pseudo NO_VALUE = new Pseudo("AWS::NoValue");

    @Override
    public Object cloudFormation() {
      return Map.of("Ref", name);
    }
  }

  /** A resource of the same stack; without a name its {@code Ref}. */
  record Attribute(String logicalId, String name) implements Value {
    @Override
    public Object cloudFormation() {
      return name.isEmpty()
          ? Map.of("Ref", logicalId)
          : Map.of("Fn::GetAtt", List.of(logicalId, name));
    }
  }

  /** An export of another stack; its name may hold parameters, never resources. */
  record Import(Value name) implements Value {
    @Override
    public Object cloudFormation() {
      return Map.of("Fn::ImportValue", join(Facts.CLUSTER_ID, ":", name).cloudFormation());
    }
  }

  /** One string of several parts. */
  record Joined(List<Value> parts) implements Value {
    public Joined {
      parts = List.copyOf(parts);
    }

    @Override
    public Object cloudFormation() {
      if (parts.size() == 1) {
        return parts.getFirst().cloudFormation();
      }
      var text = new StringBuilder();
      var variables = new LinkedHashMap<String, Object>();
      append(text, variables);
      var template = text.toString();
      if (!template.contains("${")) {
        return template;
      }
      return Map.of("Fn::Sub", variables.isEmpty() ? template : List.of(template, variables));
    }

    private void append(StringBuilder text, Map<String, Object> variables) {
      for (var part : parts) {
        switch (part) {
          case Literal literal -> text.append(literal.text().replace("${", "${!"));
          case Parameter parameter ->
              text.append("${").append(parameter.symbol().parameter()).append('}');
          case Pseudo pseudo -> text.append("${").append(pseudo.name()).append('}');
          case Attribute attribute ->
              text.append("${")
                  .append(attribute.logicalId())
                  .append(attribute.name().isEmpty() ? "" : "." + attribute.name())
                  .append('}');
          case Import imported -> {
            var variable = "Import" + (variables.size() + 1);
            variables.put(variable, imported.cloudFormation());
            text.append("${").append(variable).append('}');
          }
          case Joined joined -> joined.append(text, variables);
        }
      }
    }
  }
}
