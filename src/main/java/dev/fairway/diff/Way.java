package dev.fairway.diff;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A way that is open into or out of a security group. Who describes it otherwise opens none.
 *
 * @param protocol {@code tcp}, or {@link #ALL}
 * @param from the first port
 * @param to the last port
 * @param peer a range of addresses, or what names one
 * @param on where it is open
 */
record Way(
    String group, String direction, String protocol, String from, String to, String peer, Switch on)
    implements Comparable<Way> {
  /** What AWS calls every protocol. */
  private static final String ALL = "-1";

  /** Of a prefix list: whatever opens a way to the list opens it to each of them. */
  private static final String ENTRY = "entry";

  private static final List<String> PEERS =
      List.of(
          "CidrIp",
          "CidrIpv6",
          "SourceSecurityGroupId",
          "SourcePrefixListId",
          "DestinationSecurityGroupId",
          "DestinationPrefixListId",
          "SourceSecurityGroupName");

  private static final Comparator<Way> ORDER =
      Comparator.comparing(Way::group)
          .thenComparing(Way::direction)
          .thenComparing(Way::shown)
          .thenComparing(Way::protocol)
          .thenComparing(it -> it.on().toString());

  static Way of(String group, String direction, Branch rule) {
    var tree = rule.tree();
    var peer =
        PEERS.stream()
            .filter(tree::has)
            .map(name -> plain(Intrinsics.shown(tree.path(name))))
            .findFirst()
            .orElse("?");
    var protocol = tree.path("IpProtocol").asText();
    var isAll = protocol.equals(ALL);
    var from = isAll ? "" : Intrinsics.shown(tree.path("FromPort"));
    var to = isAll ? "" : Intrinsics.shown(tree.path("ToPort"));
    return new Way(group, direction, protocol, from, to, peer, rule.on());
  }

  static Way outward(String group, String range, Switch on) {
    return new Way(group, "egress", ALL, "", "", range, on);
  }

  static Way entry(String list, Branch entry) {
    var range = plain(Intrinsics.shown(entry.tree().path("Cidr")));
    return new Way(list, ENTRY, ALL, "", "", range, entry.on());
  }

  /** A security group by its logical id. */
  static String plain(String text) {
    return text.replaceFirst("\\.GroupId$", "").replaceFirst("^\\$\\{([A-Za-z0-9]+)}$", "$1");
  }

  /** Whether the other is the same way, and open at least where this one is. */
  boolean isKeptAs(Way other) {
    return group.equals(other.group)
        && direction.equals(other.direction)
        && shown().equals(other.shown())
        && on.staysIn(other.on);
  }

  /** Whether it surely lets through all that the later one does, wherever that is open. */
  boolean holds(Way later) {
    return group.equals(later.group)
        && direction.equals(later.direction)
        && holdsPorts(later)
        && Ranges.holds(peer, later.peer)
        && later.on.staysIn(on);
  }

  private boolean holdsPorts(Way later) {
    if (protocol.equals(ALL)) {
      return true;
    }
    var isSame = from.equals(later.from) && to.equals(later.to);
    return protocol.equals(later.protocol) && (isSame || (hasPorts() && isWithin(later)));
  }

  /** Of other protocols they are kinds of messages. */
  private boolean hasPorts() {
    return protocol.equals("tcp") || protocol.equals("udp");
  }

  private boolean isWithin(Way later) {
    return port(from)
        .flatMap(low -> port(later.from).filter(it -> it >= low))
        .flatMap(_ -> port(to))
        .flatMap(high -> port(later.to).filter(it -> it <= high))
        .isPresent();
  }

  private static Optional<Integer> port(String text) {
    return text.matches("[0-9]{1,5}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }

  boolean isOpenToAll() {
    return peer.equals("0.0.0.0/0") || peer.equals("::/0");
  }

  String shown() {
    return direction.equals(ENTRY)
        ? "whatever names the list to " + peer
        : ports() + (direction.equals("ingress") ? " from " : " to ") + peer;
  }

  private String ports() {
    return protocol.equals(ALL)
        ? "everything"
        : (from.equals(to) ? from : from + "-" + to) + "/" + protocol;
  }

  static Difference told(Act act, String file, Way way) {
    var text = Optional.of(way.shown());
    var field =
        new FieldChange(
            way.direction(),
            act == Act.ADDED ? Optional.empty() : text,
            act == Act.ADDED ? text : Optional.empty());
    var change =
        Difference.of(Area.NETWORK, act, file, way.group(), way.direction()).with(List.of(field));
    return act == Act.REMOVED ? change.noting("closes " + way.shown()) : change;
  }

  @Override
  public int compareTo(Way other) {
    return ORDER.compare(this, other);
  }
}
