package dev.fairway.model;

import java.util.List;
import java.util.stream.Stream;

/** The network that a cluster stands in: one of its own, or one that was there before. */
public sealed interface Vpc {

  /** AWS takes no VPC that is larger. */
  int LARGEST = 16;

  /** AWS takes no VPC that is smaller. */
  int SMALLEST = 28;

  /**
   * An eighth of this is a /27, a subnet of a network of Fairway's: 27 addresses for nodes,
   * endpoints and load balancers, of which a classic one alone wants a /27 with 8 of them free.
   */
  int SMALLEST_OWN = 24;

  /** Its range of addresses. */
  Cidr cidr();

  /** Returns the range when a VPC may have it, and throws when it may not. */
  static Cidr requireSize(Cidr cidr) {
    Invariant.within("a VPC's prefix", LARGEST, SMALLEST, cidr.prefix());
    return cidr;
  }

  /** Made with the cluster, with subnets, NAT and endpoints. */
  record Own(Cidr cidr) implements Vpc {
    public Own {
      Invariant.holds(fits(cidr), "a VPC of Fairway's is /16 to /24, not " + cidr);
    }

    /** Whether the range can be cut into the subnets of such a network. */
    public static boolean fits(Cidr cidr) {
      return LARGEST <= cidr.prefix() && cidr.prefix() <= SMALLEST_OWN;
    }
  }

  /**
   * Brought by the account's owners.
   *
   * @param publicSubnets one a zone, in the order of the cluster's zones
   * @param privateSubnets one a zone, in the order of the cluster's zones
   * @param natAddresses where traffic of the private subnets comes from, seen from the internet;
   *     sorted
   */
  record Brought(
      Ec2Id id,
      Cidr cidr,
      List<Ec2Id> publicSubnets,
      List<Ec2Id> privateSubnets,
      List<Cidr> natAddresses)
      implements Vpc {
    public Brought {
      requireSize(cidr);
      Invariant.holds(id.is(Ec2Id.Kind.VPC), "not a VPC: " + id);
      requireSubnets(publicSubnets);
      requireSubnets(privateSubnets);
      Invariant.distinct(
          "the subnets", Stream.of(publicSubnets, privateSubnets).flatMap(List::stream).toList());
      Invariant.within("the number of NAT addresses", 0, Facts.CIDRS, natAddresses.size());
      Invariant.distinct("nat_addresses", natAddresses);
      publicSubnets = List.copyOf(publicSubnets);
      privateSubnets = List.copyOf(privateSubnets);
      natAddresses = natAddresses.stream().sorted().toList();
    }

    private static void requireSubnets(List<Ec2Id> subnets) {
      Invariant.within("the number of subnets", Facts.ZONES, Facts.ZONES, subnets.size());
      Invariant.holds(
          subnets.stream().allMatch(id -> id.is(Ec2Id.Kind.SUBNET)), "not subnets: " + subnets);
    }
  }
}
