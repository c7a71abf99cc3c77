package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What CloudFormation does about a resource that changes or goes. */
final class ResourceChange {
  /** What is in them can't be made again. */
  private static final Set<String> PRECIOUS =
      Set.of(
          "AWS::EC2::Volume",
          "AWS::KMS::Key",
          "AWS::Logs::LogGroup",
          "AWS::S3::Bucket",
          "AWS::SecretsManager::Secret");

  /** What they open and close is told by {@link RuleDiff}. */
  private static final Set<String> RULES =
      Set.of("AWS::EC2::SecurityGroupEgress", "AWS::EC2::SecurityGroupIngress");

  /** What becomes of a resource that goes, or that another takes the place of. */
  private static final List<String> POLICIES = List.of("DeletionPolicy", "UpdateReplacePolicy");

  private static final String ACCESS_BLOCK = "PublicAccessBlockConfiguration";
  private static final List<String> ACCESS_BLOCKS =
      List.of("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets");

  private static final Pattern PROPERTY =
      Pattern.compile("Properties\\.([A-Za-z0-9]+).*", Pattern.DOTALL);
  private static final String LAUNCH_TEMPLATE = "AWS::EC2::LaunchTemplate";

  private ResourceChange() {}

  static Difference removed(Difference change, JsonNode was) {
    var policy = was.path("DeletionPolicy").asText("Delete");
    if (policy.startsWith("Retain")) {
      return change.noting("it stays in the account, and no stack has it any more: " + policy);
    }
    if (RULES.contains(change.kind())) {
      return change.harmless();
    }
    return PRECIOUS.contains(change.kind())
        ? change.because(Risk.DATA_LOSS, "it is deleted" + withWhat(policy))
        : change;
  }

  private static String withWhat(String policy) {
    return policy.equals("Snapshot")
        ? ": of what is in it a snapshot stays, which no stack has"
        : " with what is in it";
  }

  /** Some clusters lose it, with what its policy says now. */
  static Difference mayGo(Difference change, JsonNode was, JsonNode becomes) {
    var kept = weight(was, "DeletionPolicy") == 2 && weight(becomes, "DeletionPolicy") == 2;
    var risk =
        RULES.contains(change.kind())
            ? Risk.ORDINARY
            : PRECIOUS.contains(change.kind()) && !kept ? Risk.DATA_LOSS : Risk.REMOVAL;
    return change
        .meeting(Fate.DELETED)
        .because(
            risk,
            "clusters lose it on which the condition %s does not hold"
                .formatted(becomes.path("Condition").asText()));
  }

  static Difference changed(Difference change, JsonNode was, JsonNode becomes) {
    var fields = told(FieldChanges.between(was, becomes));
    var changed = change.with(fields.stream().map(ResourceChange::unnested).toList());
    if (!was.path("Type").equals(becomes.path("Type"))) {
      return changed
          .meeting(Fate.REPLACED)
          .risking(Risk.REFUSED)
          .noting("CloudFormation changes no resource's type: give the new one another logical id");
    }
    var judged = unprotected(updated(changed, fields, was, becomes), was, becomes);
    return Weakened.judged(judged, was.path("Properties"), becomes.path("Properties"));
  }

  /** Whether it is the same to CloudFormation. */
  static boolean isAlike(JsonNode was, JsonNode becomes) {
    return told(FieldChanges.between(was, becomes)).isEmpty();
  }

  /** CloudFormation takes 1 and "1" for the same value of a property. */
  private static List<FieldChange> told(List<FieldChange> fields) {
    return fields.stream()
        .filter(it -> property(it).isEmpty() || !it.was().equals(it.becomes()))
        .toList();
  }

  private static Difference updated(
      Difference change, List<FieldChange> fields, JsonNode was, JsonNode becomes) {
    var type = change.kind();
    var table = CreateOnly.table();
    var properties = fields.stream().flatMap(field -> property(field).stream()).toList();
    var refused =
        properties.stream().filter(it -> table.risk(type, it) == Risk.REFUSED).findFirst();
    if (refused.isPresent()) {
      return refused(change, refused.get());
    }
    var risk =
        properties.stream()
            .map(property -> table.risk(type, property))
            .reduce(type.equals(LAUNCH_TEMPLATE) ? Risk.ROLL : Risk.ORDINARY, Risk::or);
    return switch (risk) {
      case REPLACEMENT -> replaced(change.meeting(Fate.REPLACED), was, becomes);
      case POSSIBLE_REPLACEMENT -> change.meeting(Fate.MAY_BE_REPLACED).risking(risk);
      default -> change.risking(risk);
    };
  }

  private static Difference refused(Difference change, String property) {
    return change.because(
        Risk.REFUSED, "AWS changes no %s of it: make a new one beside it".formatted(property));
  }

  /** What becomes of what keeps a property for good, when that comes to another value. */
  static Difference following(
      Difference change, Lead lead, JsonNode was, JsonNode becomes, Predicate<JsonNode> isRenewed) {
    if (!lead.isSure()) {
      return change.meeting(Fate.MAY_BE_REPLACED).risking(Risk.POSSIBLE_REPLACEMENT);
    }
    return lead.risk() == Risk.REFUSED
        ? refused(change, lead.property())
        : replaced(change.meeting(Fate.REPLACED), was, becomes, isRenewed);
  }

  private static Difference replaced(Difference change, JsonNode was, JsonNode becomes) {
    return replaced(change, was, becomes, _ -> false);
  }

  /**
   * @param isRenewed whether a value that is written as before comes to another one
   */
  private static Difference replaced(
      Difference change, JsonNode was, JsonNode becomes, Predicate<JsonNode> isRenewed) {
    var type = change.kind();
    if (RULES.contains(type)) {
      return change.alsoNoting("it is replaced, the new rule before the old one goes");
    }
    var properties = becomes.path("Properties");
    var name =
        CreateOnly.table()
            .fixedName(type, was.path("Properties"), properties)
            .filter(it -> !isRenewed.test(properties.path(it)));
    if (name.isPresent()) {
      return change.because(
          Risk.REFUSED,
          "CloudFormation replaces nothing under a fixed name: change %s too"
              .formatted(name.get()));
    }
    var retained = becomes.path("UpdateReplacePolicy").asText("").startsWith("Retain");
    return PRECIOUS.contains(type) && !retained
        ? change.because(Risk.DATA_LOSS, "it is replaced by an empty one")
        : change.risking(Risk.REPLACEMENT);
  }

  /** What kept its data, or kept others from it, and does so no longer. */
  private static Difference unprotected(Difference change, JsonNode was, JsonNode becomes) {
    var judged = change;
    for (var policy : POLICIES) {
      if (PRECIOUS.contains(change.kind()) && weight(becomes, policy) < weight(was, policy)) {
        judged =
            judged.because(
                Risk.DATA_LOSS,
                "%s was %s: what it holds is no longer kept%s"
                    .formatted(
                        policy,
                        was.path(policy).asText(),
                        weight(becomes, policy) == 1 ? " but for a snapshot" : ""));
      }
    }
    return isOpened(was, becomes)
        ? judged.because(Risk.WIDER_ACCESS, "public access is no longer blocked: " + ACCESS_BLOCK)
        : judged;
  }

  /** The same as nothing at all is {@code Delete}. */
  private static int weight(JsonNode resource, String policy) {
    return switch (resource.path(policy).asText()) {
      case "Retain", "RetainExceptOnCreate" -> 2;
      case "Snapshot" -> 1;
      default -> 0;
    };
  }

  private static boolean isOpened(JsonNode was, JsonNode becomes) {
    return ACCESS_BLOCKS.stream().anyMatch(it -> blocks(was, it) && !blocks(becomes, it));
  }

  private static boolean blocks(JsonNode bucket, String what) {
    return bucket.path("Properties").path(ACCESS_BLOCK).path(what).asText().equals("true");
  }

  private static Optional<String> property(FieldChange field) {
    var matcher = PROPERTY.matcher(field.path());
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Properties go by their own names, as nothing else of a resource is called alike. */
  private static FieldChange unnested(FieldChange field) {
    var path = field.path();
    return path.startsWith("Properties.")
        ? new FieldChange(path.substring("Properties.".length()), field.was(), field.becomes())
        : field;
  }
}
