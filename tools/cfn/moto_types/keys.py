"""Tags of a key, which moto reads from a template as if its API had given them; and its policy as its API has it."""

import copy
import json

from moto.kms.models import Key


def register():
    create = Key.create_from_cloudformation_json

    def created(cls, name, definition, *arguments, **named):
        definition = copy.deepcopy(definition)
        properties = definition["Properties"]
        properties["KeyPolicy"] = json.dumps(properties["KeyPolicy"])
        properties["Tags"] = [{"TagKey": tag["Key"], "TagValue": tag["Value"]} for tag in properties.get("Tags", [])]
        return create(name, definition, *arguments, **named)

    Key.create_from_cloudformation_json = classmethod(created)
