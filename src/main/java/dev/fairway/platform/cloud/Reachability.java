package dev.fairway.platform.cloud;

import static dev.fairway.platform.cloud.Addresses.API;
import static dev.fairway.platform.cloud.Addresses.ETCD_CLIENT;
import static dev.fairway.platform.cloud.Addresses.ETCD_METRICS;
import static dev.fairway.platform.cloud.Addresses.ETCD_PEER;
import static dev.fairway.platform.cloud.Addresses.INGRESS;
import static dev.fairway.platform.cloud.Addresses.KUBELET;
import static dev.fairway.platform.cloud.Addresses.PUBLIC_API;
import static dev.fairway.platform.cloud.Addresses.PUBLIC_API_ON_MASTERS;
import static dev.fairway.platform.cloud.Addresses.VXLAN;

import dev.fairway.model.Facts;
import dev.fairway.model.Ports;
import dev.fairway.model.Reach;
import dev.fairway.model.Reach.Direction;
import dev.fairway.model.Reach.Peer;
import dev.fairway.model.Reach.PrefixList;
import dev.fairway.model.Reach.Protocol;
import dev.fairway.model.Reach.SecurityGroup;
import dev.fairway.model.Reach.When;
import dev.fairway.model.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who may open which port to whom, in every cluster; components add what they need. What is not
 * here is not reachable: no SSH, no etcd for workers, nothing of pods but through flannel.
 */
public final class Reachability {
  public static final SecurityGroup MASTER = new SecurityGroup("master");
  public static final SecurityGroup WORKER = new SecurityGroup("worker");
  public static final SecurityGroup ETCD = new SecurityGroup("etcd");
  public static final SecurityGroup API_ELB = new SecurityGroup("api-elb");

  /** Of the load balancers that Ingresses get; their controller finds it by a tag. */
  public static final SecurityGroup INGRESS_ALB = new SecurityGroup("ingress-alb");

  /** Of whose groups components open ports: those that run pods, and the door to them. */
  private static final List<SecurityGroup> OPENED = List.of(MASTER, WORKER, INGRESS_ALB);

  private static final Ports HTTPS = Ports.of(443);
  private static final Ports HTTP = Ports.of(80);
  private static final Reach.Network ANYWHERE = new Reach.Network(Value.of("0.0.0.0/0"));
  private static final Reach.Network VPC = new Reach.Network(Value.of(Facts.VPC_CIDR));
  private static final PrefixList API_ACCESS = new PrefixList(Value.ref(Foundation.API_ACCESS));
  private static final PrefixList NAT = new PrefixList(Value.imported(Network.NAT_PREFIX_LIST_ID));

  /** What applications are there for. */
  public static final Reach PUBLIC_HTTPS =
      Reach.tcp(ANYWHERE, INGRESS_ALB, HTTPS, "applications are there for the world");

  /** Answered by the load balancer, which sends people on to HTTPS. */
  public static final Reach PUBLIC_HTTP =
      Reach.tcp(ANYWHERE, INGRESS_ALB, HTTP, "who asks by HTTP is sent on to HTTPS");

  private Reachability() {}

  /** The public listeners: no other port may ever be open to the whole internet. */
  public static boolean isPublic(Reach reach) {
    return Stream.of(PUBLIC_HTTPS, PUBLIC_HTTP).map(Rule::of).anyMatch(Rule.of(reach)::equals);
  }

  /** The groups, in the order in which they may name each other. */
  static List<SecurityGroup> groups() {
    return List.of(MASTER, WORKER, ETCD, API_ELB, INGRESS_ALB);
  }

  /** The rules of every cluster. */
  static List<Reach> rules() {
    return List.of(
        Reach.tcp(API_ACCESS, API_ELB, PUBLIC_API, "people and CI, as the cluster record lists"),
        // Behind a NAT a node has the NAT's address, so no security group can name it.
        Reach.tcp(NAT, API_ELB, API, "nodes come to a public load balancer from their NAT")
            .when(Facts.API_SCHEME, "internet-facing"),
        Reach.tcp(VPC, API_ELB, API, "nodes come to an internal load balancer from the VPC")
            .when(Facts.API_SCHEME, "internal"),
        Reach.tcp(API_ELB, MASTER, API, "the listener for nodes ends here"),
        // Security groups judge a packet before the master redirects it.
        Reach.tcp(
            API_ELB,
            MASTER,
            PUBLIC_API_ON_MASTERS,
            "the listener for people and CI and the health check end here"),
        Reach.tcp(WORKER, MASTER, API, "pods reach the API by the kubernetes Service, directly"),
        Reach.tcp(MASTER, MASTER, API, "pods on masters reach the API of the other master"),
        Reach.tcp(MASTER, WORKER, KUBELET, "the API server asks kubelets for logs and exec"),
        Reach.tcp(MASTER, MASTER, KUBELET, "the API server asks the kubelets of masters too"),
        Reach.udp(MASTER, MASTER, VXLAN, "flannel carries packets of pods between masters"),
        Reach.udp(WORKER, MASTER, VXLAN, "flannel carries packets of pods from workers"),
        Reach.udp(MASTER, WORKER, VXLAN, "flannel carries packets of pods from masters"),
        Reach.udp(WORKER, WORKER, VXLAN, "flannel carries packets of pods between workers"),
        Reach.tcp(
            MASTER, ETCD, ETCD_CLIENT, "the API server and backups, the only clients of etcd"),
        Reach.tcp(MASTER, ETCD, ETCD_METRICS, "masters hand the metrics of etcd on to Prometheus"),
        Reach.tcp(ETCD, ETCD, ETCD_PEER, "members replicate to each other"),
        Reach.egress(API_ELB, MASTER, API, "the load balancer has business with masters alone"),
        Reach.egress(API_ELB, MASTER, PUBLIC_API_ON_MASTERS, "people and CI, and the health check"),
        Reach.egress(
            INGRESS_ALB, WORKER, INGRESS, "Skipper takes requests, and is asked for health"),
        Reach.egressToAll(MASTER, "registries, AWS, and whatever webhooks and pods talk to"),
        Reach.egressToAll(WORKER, "whatever pods talk to"),
        // No security group filters Amazon's DNS, time (169.254.169.123) and metadata.
        Reach.egress(ETCD, ANYWHERE, HTTPS, "AWS and the registries that etcd comes from"),
        Reach.egress(ETCD, ETCD, ETCD_PEER, "members replicate to each other"));
  }

  /** The rules of every cluster and those of the components, each of them once. */
  static List<Reach> with(List<Reach> components) {
    var rules = new LinkedHashMap<Rule, Reach>();
    rules().forEach(reach -> rules.put(Rule.of(reach), reach));
    for (var reach : components) {
      if (reach.direction() != Direction.INGRESS || !OPENED.contains(reach.owner())) {
        throw new IllegalArgumentException(
            "a component opens ports of pods' nodes and of their load balancers, not: " + reach);
      }
      rules.merge(Rule.of(reach), reach, Reachability::both);
    }
    return List.copyOf(rules.values());
  }

  /** What makes two rules one for EC2, which refuses the second. */
  private record Rule(
      Direction direction,
      SecurityGroup owner,
      Peer peer,
      Protocol protocol,
      Optional<Ports> ports) {

    static Rule of(Reach reach) {
      return new Rule(
          reach.direction(), reach.owner(), reach.peer(), reach.protocol(), reach.ports());
    }
  }

  private static Reach both(Reach first, Reach second) {
    if (first.when().isPresent()
        && second.when().isPresent()
        && !first.when().equals(second.when())) {
      throw new IllegalArgumentException(
          "two switches for one rule, which exists once: " + first + " and " + second);
    }
    var when = first.when().equals(second.when()) ? first.when() : Optional.<When>empty();
    var reason =
        first.reason().equals(second.reason())
            ? first.reason()
            : first.reason() + "; " + second.reason();
    return new Reach(
        first.direction(),
        first.owner(),
        first.peer(),
        first.protocol(),
        first.ports(),
        reason,
        when);
  }

  /**
   * The logical id of a rule's resource. It says what the rule is and not where it stands in the
   * list, so that a new rule moves no other: a moved rule is taken away and given back.
   */
  static String logicalId(Reach reach) {
    return LogicalIds.of(reach.owner().name())
        + (reach.direction() == Direction.INGRESS ? "From" : "To")
        + label(reach.peer())
        + switch (reach.protocol()) {
          case TCP -> "Tcp";
          case UDP -> "Udp";
          case ALL -> "All";
        }
        + reach.ports().map(ports -> ports.toString().replace('-', 'x')).orElse("");
  }

  private static String label(Peer peer) {
    return switch (peer) {
      case SecurityGroup(var name) -> LogicalIds.of(name);
      case Reach.Network(var cidr) -> label(cidr);
      case PrefixList(var id) -> label(id);
    };
  }

  private static String label(Value value) {
    return switch (value) {
      case Value.Literal(var text) -> text.replaceAll("[^A-Za-z0-9-]", "x");
      case Value.Parameter(var symbol) -> symbol.parameter();
      case Value.Attribute(var logicalId, var _) -> logicalId;
      case Value.Import(Value.Literal(var name)) -> LogicalIds.of(name);
      case Value.Import _, Value.Joined _, Value.Pseudo _ ->
          throw new IllegalArgumentException("no name for a rule's peer: " + value);
    };
  }
}
