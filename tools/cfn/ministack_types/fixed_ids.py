"""Hosted zones and certificates with an id that the test chose.

A cluster's record names its hosted zone and its certificate, so both are there before anything is deployed, with ids
that the test knows. AWS chooses ids itself; here a zone gets the id that its caller reference is, when that looks like
one, and a certificate the one that its idempotency token is, 32 hexadecimal digits.
"""

import re
import uuid

from ministack.services import acm, route53


def register():
    create_zone = route53._create_hosted_zone
    any_zone_id = route53._zone_id

    def create(body, query):
        wanted = re.search(rb"<CallerReference>\s*(Z[0-9A-Z]+)\s*</CallerReference>", body)
        route53._zone_id = (lambda: wanted[1].decode()) if wanted else any_zone_id
        return create_zone(body, query)

    route53._create_hosted_zone = create

    request_certificate = acm._request_certificate
    any_arn = acm._cert_arn

    def request(data):
        token = data.get("IdempotencyToken", "")
        wanted = re.fullmatch(r"[0-9a-f]{32}", token)
        prefix = any_arn().rpartition("/")[0]
        acm._cert_arn = (lambda: f"{prefix}/{uuid.UUID(token)}") if wanted else any_arn
        return request_certificate(data)

    acm._request_certificate = request
