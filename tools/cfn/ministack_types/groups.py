"""Auto Scaling groups with all that a template says of them, inline hooks included, and with instances.

The engine starts no machines. A group's instances are a stand-in: records that say which version of which launch
template they were started with, so that those of an older version can be told. As on AWS they stay when the template's
version changes, follow the desired capacity, and are gone with their group; unlike there they are in service at once,
and neither hooks nor update policies hold anything up.
"""

import uuid

from ministack.services import autoscaling, ec2

import registry

_TYPE = "AWS::AutoScaling::AutoScalingGroup"
_KEPT = ("CapacityRebalance", "LoadBalancerNames", "MixedInstancesPolicy")


def register():
    registry.wrap(_TYPE, create=_create, update=_update, delete=_delete)
    autoscaling._reconcile_instances = _launch_and_end
    autoscaling._ACTION_MAP["DescribeAutoScalingGroups"] = _describe
    autoscaling._instance_member_xml = _instance_xml


def _create(original, logical_id, properties, stack_name):
    name = properties.get("AutoScalingGroupName")
    if name in autoscaling._asgs:
        raise ValueError(f"{name} already exists")
    answer = original(logical_id, _propagating(properties), stack_name)
    _complete(answer[0], {}, properties)
    return answer


def _update(original, name, old, new, stack_name, logical_id):
    before = autoscaling._asgs[name]["DesiredCapacity"]
    answer = original(name, _propagating(old), _propagating(new), stack_name, logical_id)
    if answer[0] != name:
        _complete(answer[0], {}, new)
        return answer
    if "DesiredCapacity" not in new:
        group = autoscaling._asgs[name]
        group["DesiredCapacity"] = min(max(before, group["MinSize"]), group["MaxSize"])
    _complete(name, old, new)
    return answer


def _delete(original, name, properties):
    original(name, properties)


def _propagating(properties):
    """Tags of a stack reach a group's instances; those of the template say themselves whether they do."""
    tags = [{"PropagateAtLaunch": True, **tag} for tag in properties.get("Tags", [])]
    return {**properties, "Tags": tags}


def _complete(name, old, new):
    group = autoscaling._asgs[name]
    subnets = [ec2._subnets[subnet_id] for subnet_id in filter(None, group["VPCZoneIdentifier"].split(","))]
    if subnets:
        group["AvailabilityZones"] = [subnet["AvailabilityZone"] for subnet in subnets]
    for key in _KEPT:
        group[key] = new.get(key)
    group["EnabledMetrics"] = [
        {"Metric": metric, "Granularity": collection["Granularity"]}
        for collection in new.get("MetricsCollection", [])
        for metric in collection.get("Metrics") or ["GroupDesiredCapacity"]
    ]
    _put_hooks(name, old.get("LifecycleHookSpecificationList", []), new.get("LifecycleHookSpecificationList", []))
    _launch_and_end(group)


def _put_hooks(name, old, new):
    for hook in old:
        autoscaling._hooks.pop(f"{name}/{hook['LifecycleHookName']}", None)
    for hook in new:
        hook_name = hook["LifecycleHookName"]
        autoscaling._hooks[f"{name}/{hook_name}"] = autoscaling._hook_record(name, hook_name, hook)


def _launch_and_end(group):
    instances, zones = group["Instances"], group["AvailabilityZones"]
    while len(instances) < group["DesiredCapacity"]:
        fewest = min(zones, key=lambda zone: sum(i["AvailabilityZone"] == zone for i in instances))
        instances.append(
            {
                "InstanceId": f"i-{uuid.uuid4().hex[:17]}",
                "LifecycleState": "InService",
                "HealthStatus": "Healthy",
                "AvailabilityZone": fewest,
                "ProtectedFromScaleIn": str(group["NewInstancesProtectedFromScaleIn"]).lower() == "true",
                **_launched_with(group),
            }
        )
    # The oldest go first, as with the default termination policy when they run an older template.
    del instances[: len(instances) - group["DesiredCapacity"]]


def _launched_with(group):
    """The template's version and the instance type that a group starts instances with now."""
    policy = (group.get("MixedInstancesPolicy") or {}).get("LaunchTemplate")
    specification = policy["LaunchTemplateSpecification"] if policy else group["LaunchTemplate"]
    template = ec2._launch_templates.get(specification.get("LaunchTemplateId"))
    if not template:
        return {}
    number = str(specification["Version"])
    version = next(v for v in template["Versions"] if str(v["VersionNumber"]) == number)
    overrides = policy.get("Overrides") if policy else None
    kind = overrides[0]["InstanceType"] if overrides else version["LaunchTemplateData"].get("InstanceType", "")
    return {
        "InstanceType": kind,
        "LaunchTemplate": {
            "LaunchTemplateId": template["LaunchTemplateId"],
            "LaunchTemplateName": template["LaunchTemplateName"],
            "Version": number,
        },
    }


def _instance_xml(instance, include_group_name=""):
    group = {"AutoScalingGroupName": include_group_name} if include_group_name else {}
    return f"<member>{autoscaling._member_xml({**instance, **group})}</member>"


def _describe(parameters):
    """All groups, or those named or with all the tags asked for; one page."""
    names = autoscaling._parse_member_list(parameters, "AutoScalingGroupNames")
    filters = _filters(parameters)
    members = "".join(
        f"<member>{autoscaling._member_xml(_shown(group))}</member>"
        for name, group in autoscaling._asgs.items()
        if (not names or name in names) and all(_matches(group, *wanted) for wanted in filters)
    )
    return autoscaling._xml(
        200,
        "DescribeAutoScalingGroupsResponse",
        "<DescribeAutoScalingGroupsResult>"
        f"<AutoScalingGroups>{members}</AutoScalingGroups></DescribeAutoScalingGroupsResult>",
    )


def _filters(parameters):
    found, number = [], 1
    while name := autoscaling._p(parameters, f"Filters.member.{number}.Name"):
        found.append((name, autoscaling._parse_member_list(parameters, f"Filters.member.{number}.Values")))
        number += 1
    return found


def _matches(group, name, values):
    tags = group["Tags"]
    if name.startswith("tag:"):
        return any(tag["Key"] == name[4:] and tag["Value"] in values for tag in tags)
    part = {"tag-key": "Key", "tag-value": "Value"}.get(name)
    return part is not None and any(tag[part] in values for tag in tags)


def _shown(group):
    left_out = ("Status", "LaunchConfigurationName")
    if group.get("MixedInstancesPolicy"):
        left_out += ("LaunchTemplate",)
    return {key: value for key, value in group.items() if value is not None and key not in left_out}
