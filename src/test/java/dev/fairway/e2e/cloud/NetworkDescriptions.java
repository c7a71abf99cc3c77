package dev.fairway.e2e.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.e2e.cloud.Descriptions.Describer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;

/** The stack {@code network}: the VPC and what is in it. */
record NetworkDescriptions(Ec2Client ec2) {

  Map<String, Describer> all() {
    return Map.ofEntries(
        Map.entry("AWS::EC2::VPC", this::vpc),
        Map.entry("AWS::EC2::Subnet", this::subnet),
        Map.entry("AWS::EC2::InternetGateway", this::internetGateway),
        Map.entry("AWS::EC2::VPCGatewayAttachment", this::attachment),
        Map.entry("AWS::EC2::EIP", this::address),
        Map.entry("AWS::EC2::NatGateway", this::natGateway),
        Map.entry("AWS::EC2::RouteTable", this::routeTable),
        Map.entry("AWS::EC2::Route", this::route),
        Map.entry("AWS::EC2::SubnetRouteTableAssociation", this::association),
        Map.entry("AWS::EC2::VPCEndpoint", this::endpoint),
        Map.entry("AWS::EC2::FlowLog", this::flowLog));
  }

  private Optional<ObjectNode> vpc(Resource resource) {
    var found = first(ec2.describeVpcs(request -> request.vpcIds(resource.id())).vpcs());
    found.ifPresent(vpc -> {
      vpc.put("EnableDnsSupport", isOn(resource.id(), VpcAttributeName.ENABLE_DNS_SUPPORT));
      vpc.put("EnableDnsHostnames", isOn(resource.id(), VpcAttributeName.ENABLE_DNS_HOSTNAMES));
    });
    return found;
  }

  private boolean isOn(String vpcId, VpcAttributeName attribute) {
    var answer = ec2.describeVpcAttribute(request -> request.vpcId(vpcId).attribute(attribute));
    return Optional.ofNullable(
            attribute == VpcAttributeName.ENABLE_DNS_SUPPORT
                ? answer.enableDnsSupport()
                : answer.enableDnsHostnames())
        .map(AttributeBooleanValue::value)
        .orElse(false);
  }

  private Optional<ObjectNode> subnet(Resource resource) {
    return first(ec2.describeSubnets(request -> request.subnetIds(resource.id())).subnets());
  }

  private Optional<ObjectNode> internetGateway(Resource resource) {
    return first(gateways(resource.id()));
  }

  private List<? extends SdkPojo> gateways(String id) {
    return ec2.describeInternetGateways(request -> request.internetGatewayIds(id))
        .internetGateways();
  }

  private Optional<ObjectNode> attachment(Resource resource) {
    var id = resource.text("InternetGatewayId");
    return first(gateways(id))
        .flatMap(gateway -> element(gateway.path("Attachments"), "VpcId", resource.text("VpcId")))
        .map(attachment -> attachment.put("InternetGatewayId", id));
  }

  private Optional<ObjectNode> address(Resource resource) {
    return ec2.describeAddresses().addresses().stream()
        .filter(address -> address.publicIp().equals(resource.id()))
        .findFirst()
        .map(Documents::of);
  }

  private Optional<ObjectNode> natGateway(Resource resource) {
    var found =
        first(
            ec2.describeNatGateways(request -> request.natGatewayIds(resource.id())).natGateways());
    found.ifPresent(gateway ->
        gateway.set(
            "AllocationId", gateway.path("NatGatewayAddresses").path(0).path("AllocationId")));
    return found.filter(gateway -> gateway.path("State").asText().equals("available"));
  }

  private Optional<ObjectNode> routeTable(Resource resource) {
    return first(
        ec2.describeRouteTables(request -> request.routeTableIds(resource.id())).routeTables());
  }

  private Optional<ObjectNode> route(Resource resource) {
    var tableId = resource.text("RouteTableId");
    return first(ec2.describeRouteTables(request -> request.routeTableIds(tableId)).routeTables())
        .flatMap(table ->
            element(
                table.path("Routes"),
                "DestinationCidrBlock",
                resource.text("DestinationCidrBlock")))
        .map(route -> route.put("RouteTableId", tableId));
  }

  private Optional<ObjectNode> association(Resource resource) {
    return ec2.describeRouteTables().routeTables().stream()
        .flatMap(table -> table.associations().stream())
        .filter(association -> association.routeTableAssociationId().equals(resource.id()))
        .findFirst()
        .map(Documents::of);
  }

  private Optional<ObjectNode> endpoint(Resource resource) {
    var found =
        first(
            ec2.describeVpcEndpoints(request -> request.vpcEndpointIds(resource.id()))
                .vpcEndpoints());
    found
        .filter(endpoint -> endpoint.has("PolicyDocument"))
        .ifPresent(endpoint ->
            endpoint.set(
                "PolicyDocument", Documents.parse(endpoint.get("PolicyDocument").asText())));
    return found;
  }

  private Optional<ObjectNode> flowLog(Resource resource) {
    return first(ec2.describeFlowLogs(request -> request.flowLogIds(resource.id())).flowLogs());
  }

  static Optional<ObjectNode> first(List<? extends SdkPojo> answers) {
    return answers.stream().findFirst().map(Documents::of);
  }

  private static Optional<ObjectNode> element(JsonNode list, String key, String value) {
    return StreamSupport.stream(list.spliterator(), false)
        .filter(element -> element.path(key).asText().equals(value))
        .findFirst()
        .map(ObjectNode.class::cast);
  }
}
