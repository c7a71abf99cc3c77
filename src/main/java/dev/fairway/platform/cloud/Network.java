package dev.fairway.platform.cloud;

import static dev.fairway.model.Statement.Effect.ALLOW;

import dev.fairway.model.Export;
import dev.fairway.model.Facts;
import dev.fairway.model.Policy;
import dev.fairway.model.Statement;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType;
import dev.fairway.model.Value;
import dev.fairway.model.Value.Pseudo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * The cluster's own VPC: one public and one private subnet in each of three zones, NAT, the S3
 * gateway endpoint, flow logs, and the prefix list of the NAT's addresses.
 */
public record Network(Symbol natGateways, Symbol flowLogDays) implements Template {
  static final String VPC = "Vpc";
  static final String NAT_PREFIX_LIST = "NatPrefixList";
  static final String S3_ENDPOINT = "S3Endpoint";
  static final String FLOW_LOG_GROUP = "FlowLogGroup";
  static final String FLOW_LOG_ROLE = "FlowLogRole";

  /** Exports that every network offers, by name. */
  public static final String VPC_ID = "vpc-id";

  public static final String VPC_CIDR = "vpc-cidr";
  public static final String NAT_PREFIX_LIST_ID = "nat-prefix-list";

  /** What the network stack needs of a cluster. */
  public static Network declare() {
    return new Network(
        Symbol.setting(
            "nat_gateways",
            new SymbolType.Choice(List.of("per-zone", "one")),
            "per-zone",
            "A NAT gateway in each zone, or one for all: cheaper, but its zone takes all down"),
        Symbol.setting(
            "flow_log_days",
            new SymbolType.Choice(List.of("7", "14", "30", "90", "365")),
            "30",
            "How many days the VPC's flow logs are kept"));
  }

  @Override
  public String name() {
    return "network";
  }

  @Override
  public String description() {
    return "The VPC of a cluster: three zones, public and private subnets, NAT";
  }

  @Override
  public List<Symbol> settings() {
    return List.of(natGateways, flowLogDays);
  }

  static String publicSubnet(int zone) {
    return "PublicSubnet" + zone;
  }

  static String privateSubnet(int zone) {
    return "PrivateSubnet" + zone;
  }

  /** The export that names the public subnet of a zone, from 1. */
  public static String publicSubnetExport(int zone) {
    return "public-subnet-" + zone;
  }

  /** The export that names the private subnet of a zone, from 1. */
  public static String privateSubnetExport(int zone) {
    return "private-subnet-" + zone;
  }

  @Override
  public List<Export> exports() {
    return exports(
        Value.ref(VPC),
        zone -> Value.ref(publicSubnet(zone)),
        zone -> Value.ref(privateSubnet(zone)),
        Value.ref(NAT_PREFIX_LIST));
  }

  /** The exports of any network, so that nothing downstream knows which one it was. */
  static List<Export> exports(
      Value vpc, IntFunction<Value> publicSubnet, IntFunction<Value> privateSubnet, Value nat) {
    var exports = new ArrayList<Export>();
    exports.add(new Export(VPC_ID, vpc, "The VPC"));
    exports.add(new Export(VPC_CIDR, Value.of(Facts.VPC_CIDR), "The VPC's address range"));
    for (var zone = 1; zone <= Facts.ZONES; zone++) {
      exports.add(
          new Export(
              publicSubnetExport(zone),
              publicSubnet.apply(zone),
              "The public subnet, zone " + zone));
      exports.add(
          new Export(
              privateSubnetExport(zone),
              privateSubnet.apply(zone),
              "The private subnet, zone " + zone));
    }
    exports.add(new Export(NAT_PREFIX_LIST_ID, nat, "The addresses that nodes come from"));
    return List.copyOf(exports);
  }

  @Override
  public List<Policy> policies() {
    return List.of(
        new Policy(FLOW_LOG_ROLE, "AssumeRolePolicyDocument", List.of(flowLogTrust())),
        new Policy(FLOW_LOG_ROLE, "Policies/0/PolicyDocument", List.of(writeFlowLogs())),
        new Policy(S3_ENDPOINT, "PolicyDocument", List.of(anyBucket())));
  }

  static Value flowLogRoleName() {
    return Value.join(Facts.LOCAL_ID, "-", Facts.REGION, "-flow-logs");
  }

  private static Statement flowLogTrust() {
    return Statement.allow("FlowLogs", List.of("sts:AssumeRole"), List.of())
        .principals(new Statement.Principal.Services(List.of("vpc-flow-logs.amazonaws.com")))
        .when("StringEquals", "aws:SourceAccount", Pseudo.ACCOUNT);
  }

  private static Statement writeFlowLogs() {
    return Statement.allow(
        "WriteFlowLogs",
        List.of("logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"),
        List.of(Value.attribute(FLOW_LOG_GROUP, "Arn")));
  }

  /** The endpoint is a road, not a guard: identity and bucket policies decide who may do what. */
  private static Statement anyBucket() {
    return new Statement(
        "AnyBucket",
        ALLOW,
        Optional.of(new Statement.Principal.Everybody()),
        List.of("s3:*"),
        List.of(Value.of("*")),
        new TreeMap<>(),
        Optional.of("image registries keep layers in buckets of their own accounts"));
  }
}
