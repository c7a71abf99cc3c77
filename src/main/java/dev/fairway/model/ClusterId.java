package dev.fairway.model;

/**
 * A cluster's id, {@code aws:<account>:<region>:<local id>}: unique in the fleet and permanent.
 *
 * @param localId the cluster's name within its account and region, the prefix of its stacks and
 *     roles
 */
public record ClusterId(AwsAccount account, Region region, String localId)
    implements Comparable<ClusterId> {

  /** A role's name is {@code <local id>-<region>-<component>}, and IAM gives it 64 characters. */
  public static final int LOCAL_ID_LENGTH = 20;

  private static final String LOCAL_ID = "[a-z][a-z0-9-]*[a-z0-9]";
  private static final String SYNTAX = "aws:[0-9]{12}:" + Region.PATTERN + ":" + LOCAL_ID;

  public ClusterId {
    requireLocalId(localId);
  }

  public static ClusterId of(String text) {
    Invariant.matches("a cluster's id", SYNTAX, text);
    var parts = text.split(":", 4);
    return new ClusterId(new AwsAccount(parts[1]), new Region(parts[2]), parts[3]);
  }

  /** Returns the text when it may be a local id, and throws when it may not. */
  public static String requireLocalId(String text) {
    Invariant.matches("a local id", LOCAL_ID, text);
    Invariant.within("a local id's length", 2, LOCAL_ID_LENGTH, text.length());
    Invariant.holds(
        !("-" + text + "-").contains("-pool-"),
        "a local id with -pool- in it: stack kube-pool-x could then be of two clusters: " + text);
    return text;
  }

  @Override
  public int compareTo(ClusterId other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return account.registryId() + ":" + region + ":" + localId;
  }
}
