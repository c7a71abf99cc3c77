package dev.fairway.model;

/**
 * What EC2 calls a resource: its kind and 17 hexadecimal digits (8 for resources made before 2016),
 * such as {@code vpc-0123456789abcdef0}.
 */
public record Ec2Id(String text) implements Comparable<Ec2Id> {

  /** The kinds that a cluster record names. */
  public enum Kind implements Keyword {
    AMI,
    SUBNET,
    VPC
  }

  public Ec2Id {
    Invariant.matches("an EC2 resource's id", "(ami|subnet|vpc)-[0-9a-f]{8}([0-9a-f]{9})?", text);
  }

  public boolean is(Kind kind) {
    return text.startsWith(kind.keyword() + "-");
  }

  @Override
  public int compareTo(Ec2Id other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
