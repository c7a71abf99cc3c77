package dev.fairway.model;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A range of IPv4 addresses such as {@code 172.31.0.0/16}. Canonical: no bit is set after the
 * prefix, so equal ranges are equal values.
 *
 * @param address the first address, its four bytes as one int
 */
public record Cidr(int address, int prefix) implements Comparable<Cidr> {
  private static final String BYTE = "(?:0|[1-9][0-9]{0,2})";
  private static final String ADDRESS = BYTE + "(?:\\." + BYTE + "){3}";

  public Cidr {
    Invariant.within("a prefix", 0, 32, prefix);
    Invariant.holds(
        (address & ~mask(prefix)) == 0,
        "bits are set after the prefix: " + dotted(address) + "/" + prefix);
  }

  /** Reads an address and a prefix length, {@code 172.31.0.0/16}. */
  public static Cidr of(String text) {
    Invariant.matches("an IPv4 range", ADDRESS + "/(?:[0-9]|[1-3][0-9])", text);
    var slash = text.indexOf('/');
    return new Cidr(bytes(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
  }

  /** Reads a single address, {@code 203.0.113.7}, as the range that holds it alone. */
  public static Cidr ofAddress(String text) {
    Invariant.matches("an IPv4 address", ADDRESS, text);
    return new Cidr(bytes(text), 32);
  }

  /** The range of the given prefix length in which the address lies. */
  public static Cidr around(int address, int prefix) {
    return new Cidr(address & mask(prefix), prefix);
  }

  /** How many addresses it has: 1 to 2^32. */
  public long size() {
    return 1L << (32 - prefix);
  }

  public boolean contains(Cidr other) {
    return prefix <= other.prefix && (other.address & mask(prefix)) == address;
  }

  /** Two ranges either lie within each other or have no address in common. */
  public boolean overlaps(Cidr other) {
    return contains(other) || other.contains(this);
  }

  @Override
  public int compareTo(Cidr other) {
    var byAddress = Integer.compareUnsigned(address, other.address);
    return byAddress != 0 ? byAddress : Integer.compare(prefix, other.prefix);
  }

  @Override
  public String toString() {
    return dotted(address) + "/" + prefix;
  }

  /** In Java a shift by 32 is a shift by none, which would make /0 a single address. */
  private static int mask(int prefix) {
    return prefix == 0 ? 0 : -1 << (32 - prefix);
  }

  private static int bytes(String dotted) {
    var bytes = dotted.split("\\.", -1);
    return IntStream.range(0, 4).map(i -> octet(bytes[i]) << (24 - 8 * i)).reduce(0, Integer::sum);
  }

  private static int octet(String text) {
    var number = Integer.parseInt(text);
    Invariant.within("a byte of an address", 0, 255, number);
    return number;
  }

  /** Not by a format: some locales have digits of their own. */
  private static String dotted(int address) {
    return IntStream.of(24, 16, 8, 0)
        .mapToObj(shift -> Integer.toString((address >>> shift) & 0xff))
        .collect(Collectors.joining("."));
  }
}
