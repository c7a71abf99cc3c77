"""The classic load balancer, of which the engine has nothing: a stand-in, kept as the template declares it.

No traffic goes through it. Its API answers DescribeLoadBalancers, DescribeLoadBalancerAttributes,
DescribeLoadBalancerPolicies, DescribeTags and DescribeInstanceHealth (of no instance), and makes and deletes what
controllers in a cluster make beside all stacks; everything else of the API's version 2012-06-01 is refused. As on AWS a listener's certificate must exist.
"""

from urllib.parse import parse_qsl
from xml.sax.saxutils import escape

from ministack.core.responses import AccountRegionScopedDict, get_account_id, get_region, new_uuid
from ministack.services import acm, alb, autoscaling, ec2
from ministack.services.cloudformation import provisioners

import registry

_TYPE = "AWS::ElasticLoadBalancing::LoadBalancer"
_VERSION = "2012-06-01"
_balancers = AccountRegionScopedDict()


def register():
    registry.add(
        _TYPE, create=_create, update=_update, delete=_delete, replacing=("LoadBalancerName", "Scheme")
    )
    registry.take_stack_tags(_TYPE)
    provisioners._CUSTOM_NAME_REPLACEMENT[_TYPE] = {"name": "LoadBalancerName", "exists": "{name} already exists"}
    alb.handle_request = _by_version(alb.handle_request)


def _create(logical_id, properties, stack_name):
    name = properties.get("LoadBalancerName") or provisioners._physical_name(stack_name, logical_id, max_len=32)
    if name in _balancers:
        raise ValueError(f"{name} already exists")
    _check(properties)
    internal = "internal-" if properties.get("Scheme") == "internal" else ""
    _balancers[name] = {
        "dns": f"{internal}{name}-{new_uuid()[:8]}.{get_region()}.elb.amazonaws.com",
        # The one that AWS publishes for this region is of no use here; any zone's id will do for an alias.
        "zone": "Z" + new_uuid().replace("-", "").upper()[:13],
        "properties": properties,
    }
    return name, _attributes(name)


def _update(name, old, new, stack_name):
    _check(new)
    _balancers[name]["properties"] = new
    return name, _attributes(name)


def _delete(name, properties):
    _balancers.pop(name, None)


def _attributes(name):
    balancer = _balancers[name]
    return {
        "CanonicalHostedZoneName": balancer["dns"],
        "CanonicalHostedZoneNameID": balancer["zone"],
        "DNSName": balancer["dns"],
        "SourceSecurityGroup.GroupName": "",
        "SourceSecurityGroup.OwnerAlias": get_account_id(),
    }


def _check(properties):
    for listener in properties["Listeners"]:
        certificate = listener.get("SSLCertificateId", "")
        if certificate.startswith("arn:") and ":acm:" in certificate and certificate not in acm._certificates:
            raise ValueError(f"Server Certificate not found for the key: {certificate} (CertificateNotFound)")
    for subnet_id in properties.get("Subnets", []):
        if subnet_id not in ec2._subnets:
            raise ValueError(f"The subnet ID '{subnet_id}' does not exist (SubnetNotFound)")
    for group_id in properties.get("SecurityGroups", []):
        if group_id not in ec2._security_groups:
            raise ValueError(f"The security group '{group_id}' does not exist (InvalidSecurityGroup)")


def _by_version(handle_request):
    """Both APIs of load balancers share a host and the names of their actions; the version tells them apart."""

    async def answer(method, path, headers, body, query):
        parameters = _parameters(body, query)
        if parameters.get("Version") != _VERSION:
            return await handle_request(method, path, headers, body, query)
        action = parameters.get("Action", "")
        try:
            return _xml(action, _ACTIONS[action](parameters)) if action in _ACTIONS else _refusal(action)
        except LookupError:
            return _error("LoadBalancerNotFound", "There is no ACTIVE Load Balancer of a given name")

    return answer


def _parameters(body, query):
    return dict(parse_qsl(body.decode())) if body else {key: value[0] for key, value in (query or {}).items()}


def _refusal(action):
    return _error("InvalidAction", f"the stand-in of the classic load balancer does not know {action}")


def _error(code, message):
    body = (
        f'<ErrorResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/{_VERSION}/"><Error><Type>Sender</Type>'
        f"<Code>{code}</Code><Message>{escape(message)}</Message></Error><RequestId>{new_uuid()}</RequestId>"
        "</ErrorResponse>"
    )
    return 400, {"Content-Type": "text/xml"}, body.encode()


def _xml(action, result):
    body = (
        f'<{action}Response xmlns="http://elasticloadbalancing.amazonaws.com/doc/{_VERSION}/">'
        f"<{action}Result>{autoscaling._member_xml(result)}</{action}Result>"
        f"<ResponseMetadata><RequestId>{new_uuid()}</RequestId></ResponseMetadata></{action}Response>"
    )
    return 200, {"Content-Type": "text/xml"}, body.encode()


def _names(parameters):
    return autoscaling._parse_member_list(parameters, "LoadBalancerNames")


def _describe(parameters):
    return {"LoadBalancerDescriptions": [_description(name) for name in _names(parameters) or list(_balancers)]}


def _description(name):
    balancer = _balancers[name]
    properties = balancer["properties"]
    subnets = properties.get("Subnets", [])
    return {
        "LoadBalancerName": name,
        "DNSName": balancer["dns"],
        "CanonicalHostedZoneName": balancer["dns"],
        "CanonicalHostedZoneNameID": balancer["zone"],
        "ListenerDescriptions": [
            {"Listener": _without_policies(listener), "PolicyNames": listener.get("PolicyNames", [])}
            for listener in properties["Listeners"]
        ],
        "Policies": {"OtherPolicies": [policy["PolicyName"] for policy in properties.get("Policies", [])]},
        "AvailabilityZones": [ec2._subnets[subnet_id]["AvailabilityZone"] for subnet_id in subnets],
        "Subnets": subnets,
        "VPCId": ec2._subnets[subnets[0]]["VpcId"] if subnets else "",
        "Instances": [],
        "HealthCheck": properties.get("HealthCheck", {}),
        "SecurityGroups": properties.get("SecurityGroups", []),
        "Scheme": properties.get("Scheme", "internet-facing"),
    }


def _without_policies(listener):
    return {key: value for key, value in listener.items() if key != "PolicyNames"}


def _make(parameters):
    name = parameters["LoadBalancerName"]
    _balancers[name] = {
        "dns": f"{name}-{new_uuid()[:8]}.{get_region()}.elb.amazonaws.com",
        "zone": "Z" + new_uuid().replace("-", "").upper()[:13],
        "properties": {"Listeners": [], "Tags": _tags(parameters)},
    }
    return {"DNSName": _balancers[name]["dns"]}


def _tags(parameters):
    tags = []
    while f"Tags.member.{len(tags) + 1}.Key" in parameters:
        prefix = f"Tags.member.{len(tags) + 1}."
        tags.append({part: parameters.get(prefix + part, "") for part in ("Key", "Value")})
    return tags


def _drop(parameters):
    """As on AWS it is no error that there is none."""
    _balancers.pop(parameters["LoadBalancerName"], None)
    return {}


def _describe_attributes(parameters):
    properties = _balancers[parameters["LoadBalancerName"]]["properties"]
    return {
        "LoadBalancerAttributes": {
            "CrossZoneLoadBalancing": {"Enabled": properties.get("CrossZone", False)},
            "AccessLog": properties.get("AccessLoggingPolicy", {"Enabled": False}),
            "ConnectionDraining": properties.get("ConnectionDrainingPolicy", {"Enabled": False}),
            "ConnectionSettings": properties.get("ConnectionSettings", {"IdleTimeout": 60}),
        }
    }


def _describe_policies(parameters):
    policies = _balancers[parameters["LoadBalancerName"]]["properties"].get("Policies", [])
    return {
        "PolicyDescriptions": [
            {
                "PolicyName": policy["PolicyName"],
                "PolicyTypeName": policy["PolicyType"],
                "PolicyAttributeDescriptions": [
                    {"AttributeName": attribute["Name"], "AttributeValue": attribute["Value"]}
                    for attribute in policy.get("Attributes", [])
                ],
            }
            for policy in policies
        ]
    }


def _describe_tags(parameters):
    return {
        "TagDescriptions": [
            {"LoadBalancerName": name, "Tags": _balancers[name]["properties"].get("Tags", [])}
            for name in _names(parameters)
        ]
    }


def _describe_instance_health(parameters):
    _balancers[parameters["LoadBalancerName"]]
    return {"InstanceStates": []}


_ACTIONS = {
    "CreateLoadBalancer": _make,
    "DeleteLoadBalancer": _drop,
    "DescribeLoadBalancers": _describe,
    "DescribeLoadBalancerAttributes": _describe_attributes,
    "DescribeLoadBalancerPolicies": _describe_policies,
    "DescribeTags": _describe_tags,
    "DescribeInstanceHealth": _describe_instance_health,
}
