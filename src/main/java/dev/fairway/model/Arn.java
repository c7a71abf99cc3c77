package dev.fairway.model;

/**
 * An Amazon resource name that belongs to an account and a region, such as a certificate's.
 *
 * @param resource the rest, such as {@code certificate/1b2c...}
 */
public record Arn(
    String partition, String service, Region region, AwsAccount account, String resource) {
  private static final String SYNTAX =
      "arn:aws[a-z-]*:[a-z0-9-]+:" + Region.PATTERN + ":[0-9]{12}:[A-Za-z0-9/_.:-]+";

  public static Arn of(String text) {
    Invariant.matches("an ARN", SYNTAX, text);
    var parts = text.split(":", 6);
    return new Arn(parts[1], parts[2], new Region(parts[3]), new AwsAccount(parts[4]), parts[5]);
  }

  /** True for a resource of this service and kind: {@code isA("acm", "certificate")}. */
  public boolean isA(String service, String kind) {
    return this.service.equals(service) && resource.startsWith(kind + "/");
  }

  @Override
  public String toString() {
    return String.join(":", "arn", partition, service, region.name(), account.id(), resource);
  }
}
