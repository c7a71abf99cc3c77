package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What a template says by CloudFormation's functions: to whom they refer, and in short. */
public final class Intrinsics {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^!}.]+)(\\.[^}]+)?}");

  private Intrinsics() {}

  /** The logical ids and parameters that the tree refers to. */
  public static Set<String> references(JsonNode tree) {
    var found = new TreeSet<String>();
    collect(tree, found);
    return found;
  }

  private static void collect(JsonNode tree, Set<String> found) {
    if (tree.isObject()) {
      tree.properties()
          .forEach(entry -> {
            switch (entry.getKey()) {
              case "Ref" -> found.add(entry.getValue().asText());
              case "Fn::GetAtt" -> found.add(owner(entry.getValue()));
              case "Fn::Sub" -> variables(entry.getValue(), found);
              default -> {}
            }
            collect(entry.getValue(), found);
          });
    } else if (tree.isArray()) {
      tree.forEach(item -> collect(item, found));
    }
  }

  private static String owner(JsonNode attribute) {
    return attribute.isArray()
        ? attribute.path(0).asText()
        : attribute.asText().replaceFirst("\\..*", "");
  }

  private static void variables(JsonNode sub, Set<String> found) {
    var text = sub.isArray() ? sub.path(0).asText() : sub.asText();
    VARIABLE.matcher(text).results().forEach(match -> found.add(match.group(1)));
  }

  /** A value as people would write it: {@code ${ClusterVpcCidr}}, {@code WorkerRole.Arn}. */
  static String shown(JsonNode value) {
    if (value.isArray()) {
      return StreamSupport.stream(value.spliterator(), false)
          .map(Intrinsics::shown)
          .collect(Collectors.joining(", "));
    }
    if (!value.isObject()) {
      return value.asText();
    }
    if (value.size() != 1) {
      return value.toString();
    }
    var function = value.fieldNames().next();
    var argument = value.path(function);
    return switch (function) {
      case "Ref" -> "${" + argument.asText() + "}";
      case "Fn::GetAtt" ->
          argument.isArray()
              ? argument.path(0).asText() + "." + argument.path(1).asText()
              : argument.asText();
      case "Fn::Sub" -> argument.isTextual() ? argument.asText() : shown(argument.path(0));
      case "Fn::ImportValue" -> shown(argument);
      default -> value.toString();
    };
  }
}
