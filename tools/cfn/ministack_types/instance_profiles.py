"""Ref of an instance profile is its name, by which launch templates name it; the engine's is its ARN."""

from ministack.services import iam

import registry


def register():
    registry.wrap("AWS::IAM::InstanceProfile", create=_create, update=_update, delete=_delete)


def _create(original, logical_id, properties, stack_name):
    arn, attributes = original(logical_id, properties, stack_name)
    return _name(arn), attributes


def _update(original, name, old, new, stack_name, logical_id):
    arn, attributes = original(_arn(name), old, new, stack_name, logical_id)
    return _name(arn), attributes


def _delete(original, name, properties):
    original(_arn(name), properties)


def _name(arn):
    return arn.rpartition("/")[2]


def _arn(name):
    profile = iam._instance_profiles.get(name)
    return profile["Arn"] if profile else name
