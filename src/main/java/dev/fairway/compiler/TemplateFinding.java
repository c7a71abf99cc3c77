package dev.fairway.compiler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Span;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A rule, and one construct that breaks it.
 *
 * @param violation of CDK's report: the rule, and what is wrong with the first that breaks it
 * @param construct one of those that break it
 */
record TemplateFinding(JsonNode violation, JsonNode construct) {
  /** Some rules list all the values that there are. */
  private static final int LONGEST = 400;

  /**
   * As a diagnostic, at the line that made the construct.
   *
   * @param stacks the class of each stack, by its id
   * @param first what broke the same rule before, so that the rule's words are about that
   */
  Diagnostic diagnostic(Map<String, Class<?>> stacks, Optional<TemplateFinding> first) {
    var file = JavaCall.file(Objects.requireNonNull(stacks.get(stack()), stack()));
    var calls = calls(file);
    var span = calls.isEmpty() ? Span.startOf(file) : calls.getFirst().span();
    var diagnostic = Diagnostic.at(span, Code.INVALID_TEMPLATE, message(first), remedy());
    // What stacks have in common is made in one place; who asked for it tells them apart.
    return calls.stream()
        .filter(call -> !call.span().file().equals(span.file()))
        .findFirst()
        .map(call -> diagnostic.with("the caller", call.method(), call.span()))
        .orElse(diagnostic);
  }

  private String message(Optional<TemplateFinding> first) {
    var breach = place() + " breaks " + rule();
    return first.map(other -> breach + path() + ", as does " + other.place()).orElse(breach)
        + ": "
        + shortened(violation.required("description").textValue());
  }

  private String remedy() {
    var fix = shortened(violation.path("suggestedFix").asText(""));
    return "%s; where the rule is mistaken, acknowledge CloudFormation-Validate::%s on the construct, with the reason"
        .formatted(fix.isEmpty() ? "correct what the construct declares" : fix, rule());
  }

  private String place() {
    var template = "templates/" + stack() + ".json";
    var id = logicalId();
    return id.isEmpty() ? template : id + " of " + template;
  }

  /** Empty where the finding is not about a resource. */
  private String logicalId() {
    return resource().path("logicalId").asText("");
  }

  private String path() {
    var path = resource().path("propertyPaths").path(0).asText("");
    return path.isEmpty() ? "" : " at " + path;
  }

  private JsonNode resource() {
    return construct.path("cloudFormationResource");
  }

  private String rule() {
    return violation.required("ruleName").textValue();
  }

  /** The id of the stack, which stands right below the app. */
  String stack() {
    return construct.required("constructPath").textValue().split("/", 2)[0];
  }

  /**
   * The lines of ours that led to the construct, the innermost first; for what is not a resource
   * only those of the stack's own file, because CDK tells us then of the stack alone.
   */
  private List<JavaCall> calls(String file) {
    return StreamSupport.stream(construct.path("stackTraces").spliterator(), false)
        .flatMap(trace -> JavaCall.in(trace.textValue()).stream())
        .filter(call -> !logicalId().isEmpty() || call.span().file().equals(file))
        .toList();
  }

  private static String shortened(String words) {
    var line = words.strip().replaceAll("\\s*\\R\\s*", " ").replaceAll("\\.$", "");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " ...";
  }
}
