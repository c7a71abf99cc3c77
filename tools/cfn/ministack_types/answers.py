"""What the engine keeps of types that it has itself, and leaves out when it is asked."""

import json
from xml.sax.saxutils import escape

from ministack.services import ec2


def register():
    ec2._vpce_fields_xml = _with_policy(ec2._vpce_fields_xml)
    ec2._lt_data_xml = _with_keys(ec2._lt_data_xml)


def _with_policy(endpoint_xml):
    def answer(endpoint, tag="item"):
        policy = endpoint.get("PolicyDocument")
        if not policy:
            return endpoint_xml(endpoint, tag)
        text = policy if isinstance(policy, str) else json.dumps(policy)
        end = f"</{tag}>"
        start = endpoint_xml(endpoint, tag).removesuffix(end)
        return f"{start}<policyDocument>{escape(text)}</policyDocument>{end}"

    return answer


def _with_keys(data_xml):
    """The keys of a launch template's volumes, in the order of the volumes."""

    def answer(data):
        volumes = [mapping["Ebs"] for mapping in data.get("BlockDeviceMappings", []) if "Ebs" in mapping]
        parts = data_xml(data).split("</ebs>")
        for number, volume in enumerate(volumes):
            key = volume.get("KmsKeyId")
            parts[number] += (f"<kmsKeyId>{escape(key)}</kmsKeyId>" if key else "") + "</ebs>"
        return "".join(parts)

    return answer
