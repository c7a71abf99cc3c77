package dev.fairway.model;

import java.util.List;
import java.util.Optional;

/**
 * An IAM role of the cluster, named {@code <local_id>-<region>-<name>} under the path {@code
 * /fairway/<region>/<local_id>/}.
 *
 * @param name a node's role ({@code master}, {@code worker}, {@code etcd}) or the component's name
 * @param trust who may assume it
 * @param enabledBy the switch of the component that owns it, if it has one
 */
public record Role(
    String name, Trust trust, List<Statement> statements, Optional<Symbol> enabledBy) {

  /** The longest name that leaves room for the local id, the region and IAM's 64 characters. */
  public static final int NAME_LENGTH = 26;

  public enum Trust {
    /** EC2 hands it to instances by an instance profile. */
    INSTANCES,
    /** Pods assume it through kube2iam, that is through the role of the node they run on. */
    WORKER_PODS,
    /** The same on master nodes. */
    MASTER_PODS
  }

  public Role {
    if (!name.matches("[a-z][a-z0-9-]*") || name.length() > NAME_LENGTH) {
      throw new IllegalArgumentException(
          "not a role's name of at most " + NAME_LENGTH + " characters: " + name);
    }
    statements = List.copyOf(statements);
  }

  public static Role ofPods(String component, List<Statement> statements) {
    return new Role(component, Trust.WORKER_PODS, statements, Optional.empty());
  }

  /**
   * For controllers with power over the cluster: whoever breaks out of a pod on a worker can have
   * every role that trusts workers, and none of these.
   */
  public static Role ofMasterPods(String component, List<Statement> statements) {
    return new Role(component, Trust.MASTER_PODS, statements, Optional.empty());
  }

  public static Role ofInstances(String name, List<Statement> statements) {
    return new Role(name, Trust.INSTANCES, statements, Optional.empty());
  }

  public Role enabledBy(Symbol symbol) {
    return new Role(name, trust, statements, Optional.of(symbol));
  }

  /** The role's name in IAM, for templates. */
  public Value roleName() {
    return Value.join(Facts.LOCAL_ID, "-", Facts.REGION, "-", name);
  }

  /** The path that all roles of the cluster stand under, for templates. */
  public static Value path() {
    return Value.join("/fairway/", Facts.REGION, "/", Facts.LOCAL_ID, "/");
  }

  /**
   * What the ARNs of all roles of the cluster begin with, as text with tokens, for manifests.
   * Fairway knows the commercial partition only.
   */
  public static String arnPrefixToken() {
    return "arn:aws:iam::"
        + Facts.ACCOUNT.token()
        + ":role/fairway/"
        + Facts.REGION.token()
        + "/"
        + Facts.LOCAL_ID.token()
        + "/";
  }

  /** The ARN as text with tokens: {@code iam.amazonaws.com/role} takes it. */
  public String arnToken() {
    return arnPrefixToken() + Facts.LOCAL_ID.token() + "-" + Facts.REGION.token() + "-" + name;
  }
}
