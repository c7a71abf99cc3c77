"""The types that moto lacks, each on moto's own backend, so that its API answers what a stack made; no updates."""

import json

from moto.core.common_models import CloudFormationModel
from moto.ec2.models import ec2_backends
from moto.iam.access_control import PermissionResult
from moto.s3.models import FakeBucket, s3_backends
from moto.secretsmanager.models import secretsmanager_backends

# moto finds types among the direct subclasses that are alive.
_TYPES = []


def register():
    _type("AWS::EC2::PrefixList", _prefix_list, ("PrefixListId", "Arn"))
    _type("AWS::EC2::SecurityGroupEgress", _rule("egress", "Destination"), ("Id",))
    # moto's own refuses a rule from a prefix list; of two types with a name it takes the later one.
    _type("AWS::EC2::SecurityGroupIngress", _rule("ingress", "Source"), ("Id",))
    _type("AWS::S3::BucketPolicy", _bucket_policy, ())
    _type("AWS::SecretsManager::Secret", _secret, ("Id",))
    # moto enforces policies of buckets without their conditions: one that refuses what is not TLS would refuse all.
    FakeBucket.get_permission = lambda bucket, action, resource: PermissionResult.NEUTRAL


def _type(type_name, create, attributes):
    """create(properties, account, region) answers the physical id, which the attributes say too."""

    class Added(CloudFormationModel):
        # moto counts the instances of a class by the service that its module's name says.
        __module__ = f"moto.{type_name.split('::')[1].lower()}"

        def __init__(self, physical_id):
            self.physical_resource_id = physical_id

        @staticmethod
        def cloudformation_type():
            return type_name

        @staticmethod
        def cloudformation_name_type():
            return ""

        @classmethod
        def has_cfn_attr(cls, attribute):
            return attribute in attributes

        @classmethod
        def create_from_cloudformation_json(cls, name, definition, account_id, region_name, **_):
            return cls(create(definition["Properties"], account_id, region_name))

        def get_cfn_attribute(self, attribute):
            return self.physical_resource_id

        def is_created(self):
            return True

    _TYPES.append(Added)


def _prefix_list(properties, account, region):
    return (
        ec2_backends[account][region]
        .create_managed_prefix_list(
            address_family=properties["AddressFamily"],
            entry=[dict(entry) for entry in properties["Entries"]],
            max_entries=str(properties["MaxEntries"]),
            prefix_list_name=properties["PrefixListName"],
        )
        .id
    )


def _rule(direction, other):
    def create(properties, account, region):
        authorize = getattr(ec2_backends[account][region], f"authorize_security_group_{direction}")
        described = {"Description": properties.get("Description")}
        rules, _ = authorize(
            properties["GroupId"],
            properties["IpProtocol"],
            properties.get("FromPort"),
            properties.get("ToPort"),
            _source({"CidrIp": properties.get("CidrIp")}, described),
            source_groups=_source({"GroupId": properties.get(f"{other}SecurityGroupId")}, described),
            prefix_list_ids=_source({"PrefixListId": properties.get(f"{other}PrefixListId")}, described),
        )
        return rules[0].id

    return create


def _source(source, described):
    return [{**source, **described}] if all(source.values()) else []


def _bucket_policy(properties, account, region):
    policy = json.dumps(properties["PolicyDocument"]).encode()
    s3_backends[account]["aws"].put_bucket_policy(properties["Bucket"], policy)
    return f"{properties['Bucket']}-policy"


def _secret(properties, account, region):
    answer = secretsmanager_backends[account][region].create_secret(
        name=properties["Name"],
        secret_string=None,
        secret_binary=None,
        description=properties.get("Description"),
        tags=None,
        kms_key_id=properties.get("KmsKeyId"),
        client_request_token=None,
        replica_regions=[],
        force_overwrite=False,
    )
    return json.loads(answer)["ARN"] if isinstance(answer, str) else answer["ARN"]
