package dev.fairway.platform.node;

import dev.fairway.platform.cloud.Addresses;
import dev.fairway.platform.node.NodeFile.Format;

/**
 * The second port of the API server, where the load balancer's listener for people and CI ends. The
 * API server listens on one port only, so the kernel leads the other one there.
 */
final class ApiRedirect {
  /** The unit names it. */
  static final String PATH = "/etc/fairway/redirect-api.nft";

  /**
   * In a table of its own: kube-proxy and iptables write theirs and leave this one alone, and it
   * leaves theirs. Of connections to other machines, which a master forwards for its pods, it
   * touches none.
   */
  private static final String RULES =
      """
      # Made if it is not there, and made anew: all of this file is one transaction, which may be repeated.
      table ip fairway
      delete table ip fairway
      table ip fairway {
        chain redirect-api {
          type nat hook prerouting priority dstnat; policy accept;
          fib daddr type local tcp dport %s redirect to :%s
        }
      }
      """
          .formatted(Addresses.PUBLIC_API_ON_MASTERS, Addresses.API);

  private ApiRedirect() {}

  static Part part() {
    return Part.files(new NodeFile(PATH, 0644, Format.TEXT, RULES))
        .and(Part.units(Resources.enabled("redirect-api.service")));
  }
}
