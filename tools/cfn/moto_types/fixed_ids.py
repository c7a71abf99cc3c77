"""Hosted zones and certificates with an id that the test chose, as ministack_types/fixed_ids.py has it."""

import re
import uuid

from moto.acm.models import AWSCertificateManagerBackend
from moto.route53.models import Route53Backend


def register():
    Route53Backend.create_hosted_zone = _with_id(Route53Backend.create_hosted_zone)
    AWSCertificateManagerBackend.request_certificate = _with_token(AWSCertificateManagerBackend.request_certificate)


def _with_id(create):
    def created(backend, *arguments, **named):
        zone = create(backend, *arguments, **named)
        wanted = named.get("caller_reference") or ""
        if re.fullmatch(r"Z[0-9A-Z]+", wanted):
            backend.zones[wanted] = backend.zones.pop(zone.resource_id)
            zone.resource_id = wanted
        return zone

    return created


def _with_token(request):
    def requested(backend, domain_name, idempotency_token, *arguments, **named):
        arn = request(backend, domain_name, idempotency_token, *arguments, **named)
        if re.fullmatch(r"[0-9a-f]{32}", idempotency_token or ""):
            certificate = backend._certificates.pop(arn)
            certificate.arn = f"{arn.rpartition('/')[0]}/{uuid.UUID(idempotency_token)}"
            backend._certificates[certificate.arn] = certificate
            return certificate.arn
        return arn

    return requested
