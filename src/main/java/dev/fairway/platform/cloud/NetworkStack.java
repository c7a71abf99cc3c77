package dev.fairway.platform.cloud;

import static dev.fairway.platform.cloud.Network.FLOW_LOG_GROUP;
import static dev.fairway.platform.cloud.Network.FLOW_LOG_ROLE;
import static dev.fairway.platform.cloud.Network.NAT_PREFIX_LIST;
import static dev.fairway.platform.cloud.Network.S3_ENDPOINT;
import static dev.fairway.platform.cloud.Network.VPC;

import dev.fairway.model.Facts;
import dev.fairway.model.Role;
import dev.fairway.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awscdk.services.ec2.CfnEIP;
import software.amazon.awscdk.services.ec2.CfnEIPProps;
import software.amazon.awscdk.services.ec2.CfnFlowLog;
import software.amazon.awscdk.services.ec2.CfnFlowLogProps;
import software.amazon.awscdk.services.ec2.CfnInternetGateway;
import software.amazon.awscdk.services.ec2.CfnInternetGatewayProps;
import software.amazon.awscdk.services.ec2.CfnNatGateway;
import software.amazon.awscdk.services.ec2.CfnNatGatewayProps;
import software.amazon.awscdk.services.ec2.CfnPrefixList;
import software.amazon.awscdk.services.ec2.CfnPrefixListProps;
import software.amazon.awscdk.services.ec2.CfnRoute;
import software.amazon.awscdk.services.ec2.CfnRouteProps;
import software.amazon.awscdk.services.ec2.CfnRouteTable;
import software.amazon.awscdk.services.ec2.CfnRouteTableProps;
import software.amazon.awscdk.services.ec2.CfnSubnet;
import software.amazon.awscdk.services.ec2.CfnSubnetProps;
import software.amazon.awscdk.services.ec2.CfnSubnetRouteTableAssociation;
import software.amazon.awscdk.services.ec2.CfnSubnetRouteTableAssociationProps;
import software.amazon.awscdk.services.ec2.CfnVPC;
import software.amazon.awscdk.services.ec2.CfnVPCEndpoint;
import software.amazon.awscdk.services.ec2.CfnVPCEndpointProps;
import software.amazon.awscdk.services.ec2.CfnVPCGatewayAttachment;
import software.amazon.awscdk.services.ec2.CfnVPCGatewayAttachmentProps;
import software.amazon.awscdk.services.ec2.CfnVPCProps;
import software.amazon.awscdk.services.iam.CfnRole;
import software.amazon.awscdk.services.iam.CfnRoleProps;
import software.amazon.awscdk.services.logs.CfnLogGroup;
import software.amazon.awscdk.services.logs.CfnLogGroupProps;
import software.constructs.Construct;

/** Builds {@link Network}. */
public final class NetworkStack extends ClusterStack {
  private static final String EVERYWHERE = "0.0.0.0/0";

  /** The eight equal parts of the VPC's range: public 1 to 3, private 5 to 7, two spare. */
  private static final int PARTS = 8;

  private static final int FIRST_PRIVATE_PART = 4;

  private final Network facts;

  public NetworkStack(Construct app, Network facts) {
    super(app, facts);
    this.facts = facts;
    vpc();
    publicRoutes();
    for (var zone = 1; zone <= Facts.ZONES; zone++) {
      publicSubnet(zone);
      natGateway(zone);
      privateSubnet(zone);
    }
    s3Endpoint();
    natPrefixList();
    flowLogs();
    export(facts);
  }

  private void vpc() {
    var _ =
        new CfnVPC(
            this,
            VPC,
            CfnVPCProps.builder()
                .cidrBlock(text(Facts.VPC_CIDR))
                .enableDnsHostnames(true)
                .enableDnsSupport(true)
                .tags(List.of(nameTag("vpc"), clusterTag()))
                .build());
    var _ =
        new CfnInternetGateway(
            this,
            "InternetGateway",
            CfnInternetGatewayProps.builder().tags(List.of(nameTag("vpc"))).build());
    var _ =
        new CfnVPCGatewayAttachment(
            this,
            "InternetGatewayAttachment",
            CfnVPCGatewayAttachmentProps.builder()
                .vpcId(text(Value.ref(VPC)))
                .internetGatewayId(text(Value.ref("InternetGateway")))
                .build());
  }

  private void publicRoutes() {
    routeTable("PublicRoutes", "public");
    var route =
        new CfnRoute(
            this,
            "PublicDefaultRoute",
            CfnRouteProps.builder()
                .routeTableId(text(Value.ref("PublicRoutes")))
                .destinationCidrBlock(EVERYWHERE)
                .gatewayId(text(Value.ref("InternetGateway")))
                .build());
    dependsOn(route, List.of("InternetGatewayAttachment"));
  }

  /** Controllers find the subnets of public load balancers by the role tag. */
  private void publicSubnet(int zone) {
    subnet(Network.publicSubnet(zone), "public", zone, zone - 1, "kubernetes.io/role/elb");
    associate(Network.publicSubnet(zone), "PublicRoutes");
  }

  /** Its default route leads to the zone's own NAT gateway, or to the only one. */
  private void privateSubnet(int zone) {
    var id = Network.privateSubnet(zone);
    var part = FIRST_PRIVATE_PART + zone - 1;
    subnet(id, "private", zone, part, "kubernetes.io/role/internal-elb");
    routeTable("PrivateRoutes" + zone, "private-" + zone);
    associate(id, "PrivateRoutes" + zone);
    var _ =
        new CfnRoute(
            this,
            "PrivateDefaultRoute" + zone,
            CfnRouteProps.builder()
                .routeTableId(text(Value.ref("PrivateRoutes" + zone)))
                .destinationCidrBlock(EVERYWHERE)
                .natGatewayId(natGatewayOf(zone))
                .build());
  }

  private String natGatewayOf(int zone) {
    var first = Value.ref("NatGateway1");
    return zone == 1
        ? text(first)
        : text(
            either(
                natPerZone(),
                Value.ref("NatGateway" + zone).cloudFormation(),
                first.cloudFormation()));
  }

  private void natGateway(int zone) {
    var address =
        new CfnEIP(
            this,
            "NatAddress" + zone,
            CfnEIPProps.builder().domain("vpc").tags(List.of(nameTag("nat-" + zone))).build());
    dependsOn(address, List.of("InternetGatewayAttachment"));
    var gateway =
        new CfnNatGateway(
            this,
            "NatGateway" + zone,
            CfnNatGatewayProps.builder()
                .allocationId(text(Value.attribute("NatAddress" + zone, "AllocationId")))
                .subnetId(text(Value.ref(Network.publicSubnet(zone))))
                .tags(List.of(nameTag("nat-" + zone)))
                .build());
    if (zone > 1) {
      onlyIf(natPerZone(), address);
      onlyIf(natPerZone(), gateway);
    }
  }

  private void subnet(String id, String kind, int zone, int part, String roleTag) {
    var parts =
        Map.of(
            "Fn::Cidr",
            List.of(json(Value.of(Facts.VPC_CIDR)), PARTS, json(Value.of(Facts.SUBNET_HOST_BITS))));
    var _ =
        new CfnSubnet(
            this,
            id,
            CfnSubnetProps.builder()
                .vpcId(text(Value.ref(VPC)))
                .availabilityZone(text(Facts.zone(zone)))
                .cidrBlock(text(Map.of("Fn::Select", List.of(part, parts))))
                .mapPublicIpOnLaunch(false)
                .tags(List.of(nameTag(kind + "-" + zone), clusterTag(), tag(roleTag, "1")))
                .build());
  }

  private void routeTable(String id, String name) {
    var _ =
        new CfnRouteTable(
            this,
            id,
            CfnRouteTableProps.builder()
                .vpcId(text(Value.ref(VPC)))
                .tags(List.of(nameTag(name)))
                .build());
  }

  private void associate(String subnet, String routeTable) {
    var _ =
        new CfnSubnetRouteTableAssociation(
            this,
            subnet + "Routes",
            CfnSubnetRouteTableAssociationProps.builder()
                .subnetId(text(Value.ref(subnet)))
                .routeTableId(text(Value.ref(routeTable)))
                .build());
  }

  /** Image layers and node configs come from S3, so they need not pass the NAT. */
  private void s3Endpoint() {
    var tables = IntStream.rangeClosed(1, Facts.ZONES).mapToObj(zone -> "PrivateRoutes" + zone);
    var _ =
        new CfnVPCEndpoint(
            this,
            S3_ENDPOINT,
            CfnVPCEndpointProps.builder()
                .vpcId(text(Value.ref(VPC)))
                .vpcEndpointType("Gateway")
                .serviceName(text(Value.join("com.amazonaws.", Value.Pseudo.REGION, ".s3")))
                .routeTableIds(tables.map(id -> text(Value.ref(id))).toList())
                .policyDocument(document(facts, S3_ENDPOINT, "PolicyDocument"))
                .build());
  }

  /** Nodes reach an internet-facing API from these addresses. */
  private void natPrefixList() {
    var entries = new ArrayList<Object>();
    for (var zone = 1; zone <= Facts.ZONES; zone++) {
      var address = Value.join(Value.attribute("NatAddress" + zone, "PublicIp"), "/32");
      var description = "NAT gateway of zone " + zone;
      entries.add(
          zone == 1
              ? CfnPrefixList.EntryProperty.builder()
                  .cidr(text(address))
                  .description(description)
                  .build()
              : any(
                  onlyIf(
                      natPerZone(),
                      Map.of("Cidr", address.cloudFormation(), "Description", description))));
    }
    var _ =
        new CfnPrefixList(
            this,
            NAT_PREFIX_LIST,
            CfnPrefixListProps.builder()
                .prefixListName(text(Value.join(Facts.LOCAL_ID, "-nat")))
                .addressFamily("IPv4")
                .maxEntries(Facts.CIDRS)
                .entries(entries)
                .build());
  }

  private void flowLogs() {
    var _ =
        new CfnLogGroup(
            this,
            FLOW_LOG_GROUP,
            CfnLogGroupProps.builder()
                .logGroupName(text(Value.join("/fairway/", Facts.LOCAL_ID, "/flow-logs")))
                .retentionInDays(number(facts.flowLogDays()))
                .build());
    var _ =
        new CfnRole(
            this,
            FLOW_LOG_ROLE,
            CfnRoleProps.builder()
                .roleName(text(Network.flowLogRoleName()))
                .path(text(Role.path()))
                .assumeRolePolicyDocument(
                    document(facts, FLOW_LOG_ROLE, "AssumeRolePolicyDocument"))
                .policies(inline(facts, FLOW_LOG_ROLE))
                .build());
    var _ =
        new CfnFlowLog(
            this,
            "FlowLog",
            CfnFlowLogProps.builder()
                .resourceId(text(Value.ref(VPC)))
                .resourceType("VPC")
                .trafficType("ALL")
                .logDestinationType("cloud-watch-logs")
                .logGroupName(text(Value.ref(FLOW_LOG_GROUP)))
                .deliverLogsPermissionArn(text(Value.attribute(FLOW_LOG_ROLE, "Arn")))
                .tags(List.of(nameTag("flow-log")))
                .build());
  }

  private String natPerZone() {
    return equal("NatPerZone", facts.natGateways(), "per-zone");
  }
}
