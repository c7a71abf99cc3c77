package dev.fairway.check;

import com.google.auto.service.AutoService;
import dev.fairway.diagnostic.Code;
import dev.fairway.model.Policy;
import dev.fairway.model.Statement;
import dev.fairway.model.Statement.Effect;
import dev.fairway.model.Statement.Principal.Everybody;
import dev.fairway.platform.Platform;
import dev.fairway.platform.cloud.Template;
import java.util.List;
import java.util.stream.Stream;

/**
 * A {@code *} in an action, in a resource that nothing of the cluster's own bounds, or as principal
 * grants what nobody has thought of. Some statements need one; those say why, and no others do.
 */
@AutoService(Rule.class)
public final class WildcardsHaveReasons implements Rule {
  @Override
  public Code code() {
    return Code.UNEXPLAINED_WILDCARD;
  }

  @Override
  public Stream<Finding> check(Platform platform) {
    return platform.templates().stream()
        .flatMap(template ->
            template.policies().stream().flatMap(policy -> check(platform, template, policy)));
  }

  private static Stream<Finding> check(Platform platform, Template template, Policy policy) {
    return policy.statements().stream()
        .filter(
            statement -> wildcards(statement).isEmpty() == statement.wildcardReason().isPresent())
        .map(statement -> finding(origin(platform, template, policy, statement), statement));
  }

  private static Finding finding(Origin origin, Statement statement) {
    if (statement.wildcardReason().isPresent()) {
      return Finding.at(
          origin,
          "statement %s gives a reason for a wildcard that it does not have"
              .formatted(statement.sid()),
          "take the reason away, or the next wildcard has one that is not its own");
    }
    return Finding.at(
        origin,
        "statement %s has %s, and no reason"
            .formatted(statement.sid(), String.join(", ", wildcards(statement))),
        "name the actions and resources, or say by because(...) why they can't be named");
  }

  private static List<String> wildcards(Statement statement) {
    return Stream.concat(
            statement.wildcards().stream(),
            Stream.of(statement)
                .filter(WildcardsHaveReasons::allowsEverybody)
                .map(_ -> "principal *"))
        .toList();
  }

  private static boolean allowsEverybody(Statement statement) {
    return statement.effect() == Effect.ALLOW
        && statement.conditions().isEmpty()
        && statement.principals().filter(Everybody.class::isInstance).isPresent();
  }

  private static Origin origin(
      Platform platform, Template template, Policy policy, Statement statement) {
    return Roles.all(platform)
        .filter(role -> role.statements().contains(statement))
        .findFirst()
        .map(role -> Origin.ofRole(platform, role.name(), statement.sid()))
        .orElseGet(() -> Origin.of(template, statement.sid(), policy.logicalId()));
  }
}
