"""Managed prefix lists, with their entries."""

from ministack.services import ec2

import registry


def register():
    registry.add(
        "AWS::EC2::PrefixList", create=_create, update=_update, delete=_delete, replacing=("AddressFamily",)
    )
    registry.take_stack_tags("AWS::EC2::PrefixList")


def _create(logical_id, properties, stack_name):
    _check(properties)
    answer = registry.call_ec2(
        "CreateManagedPrefixList",
        PrefixListName=properties["PrefixListName"],
        AddressFamily=properties["AddressFamily"],
        MaxEntries=properties["MaxEntries"],
        **_entries("Entry", properties.get("Entries", [])),
    )
    list_id = answer["prefixListId"]
    registry.tag_ec2(list_id, properties)
    return list_id, _attributes(list_id)


def _update(list_id, old, new, stack_name):
    _check(new)
    before, after = old.get("Entries", []), new.get("Entries", [])
    # The engine adds before it removes, and removes by address: an entry with another description is taken out first.
    gone = [entry for entry in before if entry not in after]
    if gone:
        registry.call_ec2("ModifyManagedPrefixList", PrefixListId=list_id, **_entries("RemoveEntry", gone))
    registry.call_ec2(
        "ModifyManagedPrefixList",
        PrefixListId=list_id,
        PrefixListName=new["PrefixListName"],
        MaxEntries=new["MaxEntries"],
        **_entries("AddEntry", [entry for entry in after if entry not in before]),
    )
    registry.tag_ec2(list_id, new, old)
    return list_id, _attributes(list_id)


def _delete(list_id, properties):
    registry.call_ec2("DeleteManagedPrefixList", PrefixListId=list_id)
    registry.untag_ec2(list_id)


def _check(properties):
    entries, most = len(properties.get("Entries", [])), int(properties["MaxEntries"])
    if entries > most:
        raise ValueError(f"{entries} entries, at most {most} (Error Code: PrefixListMaxEntriesExceeded)")


def _entries(kind, entries):
    parameters = {}
    for number, entry in enumerate(entries, 1):
        parameters[f"{kind}__{number}__Cidr"] = entry["Cidr"]
        parameters[f"{kind}__{number}__Description"] = entry.get("Description")
    return parameters


def _attributes(list_id):
    record = ec2._prefix_lists[list_id]
    return {
        "PrefixListId": list_id,
        "Arn": record["PrefixListArn"],
        "OwnerId": record["OwnerId"],
        "Version": str(record["Version"]),
    }
