"""EBS volumes; the key and the throughput that the engine drops are kept."""

from ministack.services import ec2
from ministack.services.cloudformation import _stacks

import registry

_CHANGEABLE = ("Iops", "Size", "Tags", "Throughput", "VolumeType")


def register():
    registry.add("AWS::EC2::Volume", create=_create, update=_update, delete=_delete)
    registry.take_stack_tags("AWS::EC2::Volume")
    ec2._volume_inner_xml = _with_kept(ec2._volume_inner_xml)


def _create(logical_id, properties, stack_name):
    answer = registry.call_ec2(
        "CreateVolume",
        **{
            key: properties.get(key)
            for key in ("AvailabilityZone", "Encrypted", "Iops", "Size", "SnapshotId", "VolumeType")
        },
    )
    volume_id = answer["volumeId"]
    _keep(volume_id, properties)
    registry.tag_ec2(volume_id, properties)
    return volume_id, {"VolumeId": volume_id}


def _keep(volume_id, properties):
    volume = ec2._volumes[volume_id]
    if "KmsKeyId" in properties:
        volume["KmsKeyId"] = properties["KmsKeyId"]
    if "Throughput" in properties:
        volume["Throughput"] = int(properties["Throughput"])


def _update(volume_id, old, new, stack_name):
    """AWS neither replaces a volume nor makes it smaller; a rollback leaves it as large as it has become."""
    fixed = [key for key in old.keys() | new.keys() if key not in _CHANGEABLE and old.get(key) != new.get(key)]
    if fixed:
        raise ValueError(f"Update to resource type AWS::EC2::Volume is not supported: {', '.join(sorted(fixed))}")
    smaller = int(new.get("Size", 0)) < int(old.get("Size", 0))
    if smaller and _stacks[stack_name]["StackStatus"] == "UPDATE_ROLLBACK_IN_PROGRESS":
        new = {**new, "Size": old["Size"]}
    elif smaller:
        raise ValueError("New size cannot be smaller than existing size (Error Code: InvalidParameterValue)")
    registry.call_ec2(
        "ModifyVolume", VolumeId=volume_id, **{key: new.get(key) for key in ("Iops", "Size", "VolumeType")}
    )
    _keep(volume_id, new)
    registry.tag_ec2(volume_id, new, old)
    return volume_id, {"VolumeId": volume_id}


def _delete(volume_id, properties):
    registry.call_ec2("DeleteVolume", VolumeId=volume_id)
    registry.untag_ec2(volume_id)


def _with_kept(volume_xml):
    def answer(volume):
        key = f"<kmsKeyId>{volume['KmsKeyId']}</kmsKeyId>" if volume.get("KmsKeyId") else ""
        throughput = f"<throughput>{volume['Throughput']}</throughput>" if volume.get("Throughput") else ""
        return volume_xml(volume) + key + throughput

    return answer
