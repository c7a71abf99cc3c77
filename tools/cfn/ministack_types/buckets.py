"""What the engine passes over of a bucket, through its own API: encryption, lifecycle, ownership and tags."""

from xml.etree import ElementTree

from ministack.services import s3
from ministack.services.cloudformation import provisioners

import registry


def register():
    provisioners._S3_BUCKET_CONFIGURATIONS += (
        ("BucketEncryption", _encryption, s3._put_bucket_encryption, s3._delete_bucket_encryption),
        ("LifecycleConfiguration", _lifecycle, s3._put_bucket_lifecycle, s3._delete_bucket_lifecycle),
        ("OwnershipControls", _ownership, s3._put_bucket_ownership_controls, s3._delete_bucket_ownership_controls),
        ("Tags", _tags, s3._put_bucket_tagging, s3._delete_bucket_tagging),
    )
    registry.take_stack_tags("AWS::S3::Bucket")


def _encryption(value):
    return _xml(
        "ServerSideEncryptionConfiguration",
        [
            (
                "Rule",
                [
                    (
                        "ApplyServerSideEncryptionByDefault",
                        _default_encryption(rule["ServerSideEncryptionByDefault"]),
                    ),
                    *_members(rule, "BucketKeyEnabled"),
                ],
            )
            for rule in value["ServerSideEncryptionConfiguration"]
        ],
    )


def _default_encryption(default):
    """Without a key AWS takes its own, which the engine wants to be named."""
    members = _members(default, "SSEAlgorithm", "KMSMasterKeyID")
    if default["SSEAlgorithm"] == "aws:kms" and "KMSMasterKeyID" not in default:
        members.append(("KMSMasterKeyID", "alias/aws/s3"))
    return members


def _lifecycle(value):
    return _xml("LifecycleConfiguration", [("Rule", list(_rule(rule))) for rule in value["Rules"]])


def _rule(rule):
    """The template's names of a rule's parts are not those of the API."""
    yield "ID", rule["Id"]
    yield "Filter", _members(rule, "Prefix")
    yield "Status", rule["Status"]
    if "ExpirationInDays" in rule:
        yield "Expiration", [("Days", rule["ExpirationInDays"])]
    for part, member in (
        ("NoncurrentVersionExpiration", "NoncurrentDays"),
        ("AbortIncompleteMultipartUpload", "DaysAfterInitiation"),
    ):
        if part in rule:
            yield part, _members(rule[part], member)


def _ownership(value):
    return _xml("OwnershipControls", [("Rule", _members(rule, "ObjectOwnership")) for rule in value["Rules"]])


def _tags(value):
    return _xml("Tagging", [("TagSet", [("Tag", _members(tag, "Key", "Value")) for tag in value])])


def _members(record, *names):
    return [(name, record[name]) for name in names if name in record]


def _xml(name, children):
    return ElementTree.tostring(_element(name, children))


def _element(name, content):
    element = ElementTree.Element(name)
    if isinstance(content, list):
        element.extend(_element(*child) for child in content)
    else:
        element.text = str(content).lower() if isinstance(content, bool) else str(content)
    return element
