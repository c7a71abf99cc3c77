package dev.fairway.platform.component;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.util.List;

/** Rules of ClusterRoles and Roles. */
public final class Rbac {
  /** The API group of pods, nodes, services and the like. */
  public static final String CORE = "";

  private Rbac() {}

  public static PolicyRule allow(String group, List<String> resources, String... verbs) {
    return new PolicyRuleBuilder()
        .withApiGroups(group)
        .withResources(resources)
        .withVerbs(verbs)
        .build();
  }

  /** The same for one object. Can't hold {@code create} or {@code list}, which name no object. */
  public static PolicyRule allowNamed(String group, String resource, String name, String... verbs) {
    return new PolicyRuleBuilder()
        .withApiGroups(group)
        .withResources(resource)
        .withResourceNames(name)
        .withVerbs(verbs)
        .build();
  }
}
