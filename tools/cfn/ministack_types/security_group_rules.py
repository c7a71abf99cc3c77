"""Rules of security groups that stand outside of their group."""

from ministack.services import ec2

import registry

_COMMON = ("FromPort", "GroupId", "GroupName", "IpProtocol", "ToPort", "CidrIp", "CidrIpv6")
_INGRESS = _COMMON + (
    "SourcePrefixListId",
    "SourceSecurityGroupId",
    "SourceSecurityGroupName",
    "SourceSecurityGroupOwnerId",
)
_EGRESS = _COMMON + ("DestinationPrefixListId", "DestinationSecurityGroupId")


def register():
    for direction, replacing in (("Ingress", _INGRESS), ("Egress", _EGRESS)):
        registry.add(
            f"AWS::EC2::SecurityGroup{direction}",
            create=_creation(direction),
            update=_change(direction),
            delete=_deletion(direction),
            replacing=replacing,
        )
    ec2._parse_ip_permissions = _reading_prefix_lists(ec2._parse_ip_permissions)
    ec2._sg_rule_xml = _with_prefix_list(ec2._sg_rule_xml)


def _creation(direction):
    def create(logical_id, properties, stack_name):
        group_id = properties["GroupId"]
        before = _count(group_id)
        answer = registry.call_ec2(
            f"AuthorizeSecurityGroup{direction}", GroupId=group_id, **_permission(properties, direction)
        )
        # The engine answers the rule that is there already; AWS refuses a second one like it.
        if _count(group_id) == before:
            raise ValueError("the specified rule already exists (Error Code: InvalidPermission.Duplicate)")
        rule_id = answer["securityGroupRuleId"]
        return rule_id, {"Id": rule_id}

    return create


def _count(group_id):
    group = ec2._security_groups.get(group_id)
    return len(group["IpPermissions"]) + len(group["IpPermissionsEgress"]) if group else 0


def _permission(properties, direction):
    other = "Source" if direction == "Ingress" else "Destination"
    permission = {
        "IpProtocol": properties["IpProtocol"],
        "FromPort": properties.get("FromPort"),
        "ToPort": properties.get("ToPort"),
    }
    for kind, member, value in (
        ("IpRanges", "CidrIp", properties.get("CidrIp")),
        ("Ipv6Ranges", "CidrIpv6", properties.get("CidrIpv6")),
        ("Groups", "GroupId", properties.get(f"{other}SecurityGroupId")),
        ("PrefixListIds", "PrefixListId", properties.get(f"{other}PrefixListId")),
    ):
        if value is not None:
            permission[f"{kind}__1__{member}"] = value
            permission[f"{kind}__1__Description"] = properties.get("Description")
    return {f"IpPermissions__1__{key}": value for key, value in permission.items()}


def _change(direction):
    def update(rule_id, old, new, stack_name):
        registry.call_ec2(
            "ModifySecurityGroupRules",
            GroupId=new["GroupId"],
            SecurityGroupRule__1__SecurityGroupRuleId=rule_id,
            SecurityGroupRule__1__SecurityGroupRule__Description=new.get("Description", ""),
        )
        return rule_id, {"Id": rule_id}

    return update


def _deletion(direction):
    def delete(rule_id, properties):
        registry.call_ec2(
            f"RevokeSecurityGroup{direction}", GroupId=properties["GroupId"], SecurityGroupRuleId__1=rule_id
        )

    return delete


def _reading_prefix_lists(parse):
    """The engine reads the ranges and the groups of a request for rules, and passes over their prefix lists."""

    def rules(parameters, prefix):
        read = parse(parameters, prefix)
        for number, rule in enumerate(read, 1):
            start = f"{prefix}.{number}.PrefixListIds.1"
            list_id, description = (ec2._p(parameters, f"{start}.{key}") for key in ("PrefixListId", "Description"))
            if list_id:
                described = {"Description": description} if description else {}
                rule["PrefixListIds"] = [{"PrefixListId": list_id, **described}]
        return read

    return rules


def _with_prefix_list(rule_xml):
    """The engine keeps the prefix list of a rule, and leaves it out when it describes the rule."""

    def answer(group_id, rule, is_egress=False):
        text = rule_xml(group_id, rule, is_egress)
        lists = rule.get("PrefixListIds", [])
        if not lists:
            return text
        return text.replace("</toPort>", f"</toPort><prefixListId>{lists[0]['PrefixListId']}</prefixListId>")

    return answer
