"""Secrets without a value, and by their ARN.

AWS makes no version of a secret that is declared without a value; the engine makes one that is empty, and Fairway could
not tell a secret that nobody filled. Ref of a secret is its ARN; the engine's is its name.
"""

from ministack.services import secretsmanager
from ministack.services.cloudformation import drift

import registry


def register():
    registry.wrap("AWS::SecretsManager::Secret", create=_create, update=_update, delete=_delete)
    reader, supported = drift._DRIFT_READERS["AWS::SecretsManager::Secret"]
    drift._DRIFT_READERS["AWS::SecretsManager::Secret"] = (
        lambda arn, properties: reader(_name(arn), properties),
        supported,
    )


def _create(original, logical_id, properties, stack_name):
    name, attributes = original(logical_id, properties, stack_name)
    if "SecretString" not in properties and "GenerateSecretString" not in properties:
        secretsmanager._secrets[name]["Versions"].clear()
    return attributes["Arn"], attributes


def _name(arn):
    name, _ = secretsmanager._resolve(arn)
    return name or arn


def _update(original, arn, old, new, stack_name, logical_id):
    _, attributes = original(_name(arn), old, new, stack_name, logical_id)
    return attributes["Arn"], attributes


def _delete(original, arn, properties):
    original(_name(arn), properties)
