package dev.fairway.model;

/** The Route 53 zone in which all names of a cluster stand. */
public record HostedZone(String id, DnsName name) {
  public HostedZone {
    requireId(id);
  }

  /** Returns the text when it may be a hosted zone's id, and throws when it may not. */
  public static String requireId(String text) {
    Invariant.matches("a hosted zone's id", "Z[A-Z0-9]{1,31}", text);
    return text;
  }
}
