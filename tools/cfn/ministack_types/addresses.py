"""Elastic addresses and the NAT gateways that hold them."""

import re
import uuid

from ministack.services import ec2

import registry


def register():
    registry.add(
        "AWS::EC2::EIP",
        create=_create_address,
        update=_update_address,
        delete=_delete_address,
        replacing=("Domain", "NetworkBorderGroup", "PublicIpv4Pool"),
    )
    registry.add(
        "AWS::EC2::NatGateway",
        create=_create_gateway,
        update=_update_gateway,
        delete=_delete_gateway,
        replacing=("AllocationId", "ConnectivityType", "PrivateIpAddress", "SubnetId"),
    )
    registry.take_stack_tags("AWS::EC2::EIP", "AWS::EC2::NatGateway")
    ec2._ACTION_MAP["DescribeNatGateways"] = _with_addresses(ec2._ACTION_MAP["DescribeNatGateways"])


def _create_address(logical_id, properties, stack_name):
    answer = registry.call_ec2("AllocateAddress", Domain=properties.get("Domain", "vpc"))
    registry.tag_ec2(answer["allocationId"], properties)
    return answer["publicIp"], _address_attributes(answer["allocationId"], answer["publicIp"])


def _address_attributes(allocation_id, public_ip):
    return {"AllocationId": allocation_id, "PublicIp": public_ip}


def _allocation_of(public_ip):
    """Ref of an address is the address itself; everything else goes by its allocation."""
    for allocation_id, address in ec2._addresses.items():
        if address["PublicIp"] == public_ip:
            return allocation_id
    raise ValueError(f"Address '{public_ip}' not found.")


def _update_address(public_ip, old, new, stack_name):
    allocation_id = _allocation_of(public_ip)
    registry.tag_ec2(allocation_id, new, old)
    return public_ip, _address_attributes(allocation_id, public_ip)


def _delete_address(public_ip, properties):
    allocation_id = _allocation_of(public_ip)
    if ec2._addresses[allocation_id]["AssociationId"]:
        raise ValueError(f"Address {public_ip} is in use.")
    registry.call_ec2("ReleaseAddress", AllocationId=allocation_id)


def _create_gateway(logical_id, properties, stack_name):
    allocation_id, subnet_id = properties.get("AllocationId"), properties["SubnetId"]
    if allocation_id not in ec2._addresses:
        raise ValueError(f"Elastic IP address {allocation_id} could not be found.")
    if subnet_id not in ec2._subnets:
        raise ValueError(f"The subnet ID '{subnet_id}' does not exist.")
    answer = registry.call_ec2("CreateNatGateway", SubnetId=subnet_id, AllocationId=allocation_id)
    gateway_id = answer["natGatewayId"]
    ec2._addresses[allocation_id]["AssociationId"] = f"eipassoc-{uuid.uuid4().hex[:17]}"
    registry.tag_ec2(gateway_id, properties)
    return gateway_id, {"NatGatewayId": gateway_id}


def _update_gateway(gateway_id, old, new, stack_name):
    registry.tag_ec2(gateway_id, new, old)
    return gateway_id, {"NatGatewayId": gateway_id}


def _delete_gateway(gateway_id, properties):
    address = ec2._addresses.get(properties.get("AllocationId"))
    if address:
        address["AssociationId"] = None
    registry.call_ec2("DeleteNatGateway", NatGatewayId=gateway_id)


def _with_addresses(describe):
    """The engine keeps a gateway's allocation, and answers no addresses."""

    def answer(parameters):
        status, headers, body = describe(parameters)
        text = re.sub(
            r"(<natGatewayId>([^<]+)</natGatewayId>.*?)<natGatewayAddressSet/>",
            lambda found: found[1] + _addresses_xml(ec2._nat_gateways[found[2]]),
            body.decode(),
            flags=re.DOTALL,
        )
        return status, headers, text.encode()

    return answer


def _addresses_xml(gateway):
    address = ec2._addresses.get(gateway["AllocationId"])
    if not address or gateway["State"] == "deleted":
        return "<natGatewayAddressSet/>"
    return (
        f"<natGatewayAddressSet><item><allocationId>{address['AllocationId']}</allocationId>"
        f"<publicIp>{address['PublicIp']}</publicIp><isPrimary>true</isPrimary><status>succeeded</status>"
        "</item></natGatewayAddressSet>"
    )
