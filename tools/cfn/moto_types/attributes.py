"""Attributes for Fn::GetAtt that moto's own types lack."""

from moto.ec2.models.elastic_ip_addresses import ElasticAddress
from moto.elb.models import LoadBalancer


def register():
    _add(ElasticAddress, "PublicIp", lambda address: address.public_ip)
    # Any zone's id will do for an alias; moto makes none.
    _add(LoadBalancer, "CanonicalHostedZoneNameID", lambda balancer: "Z00000000CLASSICELB")


def _add(model, name, value):
    known, has = model.get_cfn_attribute, model.has_cfn_attr
    model.get_cfn_attribute = lambda self, attribute: value(self) if attribute == name else known(self, attribute)
    model.has_cfn_attr = classmethod(lambda cls, attribute: attribute == name or has(attribute))
