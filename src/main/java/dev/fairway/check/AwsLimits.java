package dev.fairway.check;

import com.google.auto.service.AutoService;
import dev.fairway.diagnostic.Code;
import dev.fairway.model.Export;
import dev.fairway.model.Facts;
import dev.fairway.model.Reach;
import dev.fairway.model.Role;
import dev.fairway.model.Statement;
import dev.fairway.platform.Platform;
import dev.fairway.platform.cloud.ExistingNetwork;
import dev.fairway.platform.cloud.Foundation;
import dev.fairway.platform.cloud.Reachability;
import dev.fairway.platform.cloud.Template;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Quotas that AWS refuses a stack for in the middle of an update. What a name or a value may be is
 * in the model's types already.
 */
@AutoService(Rule.class)
public final class AwsLimits implements Rule {
  private static final int PARAMETERS = 200;

  /** The default of a VPC, each way; a prefix list counts as many as it may hold. */
  private static final int RULES_OF_A_GROUP = 60;

  /** All inline policies of a role, white space left out. */
  private static final int POLICY_CHARACTERS = 10_240;

  @Override
  public Code code() {
    return Code.AWS_LIMIT;
  }

  @Override
  public Stream<Finding> check(Platform platform) {
    return Stream.of(
            platform.templates().stream().flatMap(template -> parameters(platform, template)),
            groups(platform),
            roles(platform),
            exports(platform))
        .flatMap(found -> found);
  }

  /** What could be one at most: facts, settings, and the switches of what stands in foundation. */
  private static Stream<Finding> parameters(Platform platform, Template template) {
    var switches =
        template instanceof Foundation
            ? platform.parts().stream().filter(part -> part.enabledBy().isPresent()).count()
            : 0;
    var count = Facts.all().size() + template.settings().size() + switches;
    return count <= PARAMETERS
        ? Stream.empty()
        : Stream.of(
            Finding.at(
                Origin.of(template, "settings"),
                "template %s may have %d parameters, above %d"
                    .formatted(template.name(), count, PARAMETERS),
                "split the template, or drop settings that no cluster overrides"));
  }

  private static Stream<Finding> groups(Platform platform) {
    record Way(String group, Reach.Direction direction) {}
    var rules =
        Reaches.of(platform)
            .collect(
                Collectors.groupingBy(
                    reach -> new Way(reach.owner().name(), reach.direction()),
                    Collectors.summingInt(AwsLimits::weight)));
    return rules.entrySet().stream()
        .filter(way -> way.getValue() > RULES_OF_A_GROUP)
        .map(way ->
            Finding.at(
                Origin.of(Reachability.class, way.getKey().group()),
                "security group %s has %d %s rules, above %d"
                    .formatted(
                        way.getKey().group(),
                        way.getValue(),
                        way.getKey().direction().name().toLowerCase(Locale.ROOT),
                        RULES_OF_A_GROUP),
                "join neighbouring ports to ranges, or ask for a group of the components' own"));
  }

  private static int weight(Reach reach) {
    return reach.peer() instanceof Reach.PrefixList ? Facts.CIDRS : 1;
  }

  private static Stream<Finding> roles(Platform platform) {
    return Roles.all(platform)
        .filter(role -> size(role) > POLICY_CHARACTERS)
        .map(role ->
            Finding.at(
                Origin.ofRole(platform, role.name(), role.name()),
                "the policies of role %s have %d characters, above %d"
                    .formatted(role.name(), size(role), POLICY_CHARACTERS),
                "name fewer actions, or split the work between two roles"));
  }

  /** As text, references and all, which is near enough to what IAM counts. */
  private static int size(Role role) {
    return role.statements().stream()
        .map(statement -> Statement.document(List.of(statement)).toString().replace(" ", ""))
        .mapToInt(String::length)
        .sum();
  }

  /** A brought network has a template of its own, with the exports of the other. */
  private static Stream<Finding> exports(Platform platform) {
    record Offer(Template template, Export export) {}
    var offers =
        platform.templates().stream()
            .filter(template -> !(template instanceof ExistingNetwork))
            .flatMap(
                template -> template.exports().stream().map(export -> new Offer(template, export)))
            .collect(Collectors.groupingBy(offer -> offer.export().name()));
    return offers.values().stream()
        .filter(same -> same.size() > 1)
        .sorted(Comparator.comparing(same -> same.getFirst().export().name()))
        .map(same ->
            Finding.at(
                Origin.of(same.getLast().template(), same.getLast().export().name()),
                "export %s is offered by %s"
                    .formatted(
                        same.getFirst().export().name(),
                        same.stream()
                            .map(offer -> offer.template().name())
                            .collect(Collectors.joining(" and "))),
                "give one of them another name"));
  }
}
