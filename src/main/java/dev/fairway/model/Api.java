package dev.fairway.model;

import java.util.List;

/**
 * The way to a cluster's API server.
 *
 * @param host its DNS name; the URL is {@code https://<host>}, always on port 443
 * @param access who may reach 443, sorted, so that their order in a file means nothing
 * @param certificate of the public listener, in ACM
 */
public record Api(DnsName host, ApiScheme scheme, List<Cidr> access, Arn certificate) {
  public Api {
    Invariant.within("the number of ranges that may reach the API", 1, Facts.CIDRS, access.size());
    Invariant.distinct("api_access_cidrs", access);
    Invariant.holds(
        certificate.isA("acm", "certificate"), "not an ACM certificate: " + certificate);
    access = access.stream().sorted().toList();
  }

  public String url() {
    return "https://" + host;
  }
}
