"""Functions of templates: Fn::Cidr, and AWS::NoValue as an element of a list."""

import ipaddress

from moto.cloudformation import parsing


def register():
    parsing.clean_json = _with_more(parsing.clean_json)


def _with_more(clean):
    def resolved(node, resources):
        if isinstance(node, list):
            return [value for value in (resolved(element, resources) for element in node) if value is not None]
        if isinstance(node, dict) and "Fn::Cidr" in node:
            return _subnets(*(resolved(part, resources) for part in node["Fn::Cidr"]))
        return clean(node, resources)

    return resolved


def _subnets(block, count, host_bits):
    subnets = ipaddress.ip_network(block).subnets(new_prefix=32 - int(host_bits))
    return [str(subnet) for subnet, _ in zip(subnets, range(int(count)))]
