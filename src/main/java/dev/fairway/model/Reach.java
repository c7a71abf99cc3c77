package dev.fairway.model;

import java.util.Optional;

/**
 * Who may open a connection to whom: one rule of a security group. What is not declared is not
 * reachable.
 *
 * @param owner the group that the rule stands in: the target of an ingress, the source of an egress
 * @param peer the other end
 * @param ports empty for every port of every protocol
 * @param reason why the rule stands, which becomes its description; at most 255 characters of the
 *     set that EC2 allows
 * @param when the clusters that have the rule; empty for all
 */
public record Reach(
    Direction direction,
    SecurityGroup owner,
    Peer peer,
    Protocol protocol,
    Optional<Ports> ports,
    String reason,
    Optional<When> when) {

  /** The rule stands only where the symbol has this value. */
  public record When(Symbol symbol, String value) {}

  /** Seen from the group that owns the rule. */
  public enum Direction {
    INGRESS,
    EGRESS
  }

  /** The names that EC2 gives protocols. */
  public enum Protocol {
    TCP("tcp"),
    UDP("udp"),
    ALL("-1");

    private final String ec2;

    Protocol(String ec2) {
      this.ec2 = ec2;
    }

    public String ec2() {
      return ec2;
    }
  }

  /** The other end of a rule. */
  public sealed interface Peer {}

  /** A security group of the cluster, by its name: {@code master}, {@code worker}, ... */
  public record SecurityGroup(String name) implements Peer {}

  /** A range of addresses. */
  public record Network(Value cidr) implements Peer {}

  /** A managed prefix list, by its id. */
  public record PrefixList(Value id) implements Peer {}

  public Reach {
    if (!reason.matches("[A-Za-z0-9 ._\\-:/()#,@\\[\\]+=&;{}!$*]{1,255}")) {
      throw new IllegalArgumentException("EC2 refuses this description: " + reason);
    }
    if ((protocol == Protocol.ALL) == ports.isPresent()) {
      throw new IllegalArgumentException("ports go with a protocol: " + reason);
    }
  }

  public static Reach tcp(Peer from, SecurityGroup to, Ports ports, String reason) {
    return new Reach(
        Direction.INGRESS, to, from, Protocol.TCP, Optional.of(ports), reason, Optional.empty());
  }

  public static Reach udp(Peer from, SecurityGroup to, Ports ports, String reason) {
    return new Reach(
        Direction.INGRESS, to, from, Protocol.UDP, Optional.of(ports), reason, Optional.empty());
  }

  public static Reach egress(SecurityGroup from, Peer to, Ports ports, String reason) {
    return new Reach(
        Direction.EGRESS, from, to, Protocol.TCP, Optional.of(ports), reason, Optional.empty());
  }

  public static Reach egressToAll(SecurityGroup from, String reason) {
    return new Reach(
        Direction.EGRESS,
        from,
        new Network(Value.of("0.0.0.0/0")),
        Protocol.ALL,
        Optional.empty(),
        reason,
        Optional.empty());
  }

  /** The same, only where the symbol has this value. */
  public Reach when(Symbol symbol, String value) {
    return new Reach(
        direction, owner, peer, protocol, ports, reason, Optional.of(new When(symbol, value)));
  }
}
