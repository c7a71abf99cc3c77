package dev.fairway.model;

/** A name in the DNS with at least two labels, in lower case and without the last dot. */
public record DnsName(String text) implements Comparable<DnsName> {
  private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

  public DnsName {
    Invariant.matches("a DNS name", LABEL + "(\\." + LABEL + ")+", text);
    Invariant.within("a DNS name's length", 3, 253, text.length());
  }

  /** True for the names under this one, not for the name itself. */
  public boolean isParentOf(DnsName other) {
    return other.text.endsWith("." + text);
  }

  @Override
  public int compareTo(DnsName other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
