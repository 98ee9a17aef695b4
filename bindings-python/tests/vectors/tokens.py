"""Tokens and what they say of themselves."""

from __future__ import annotations

from skifteportal import Auth, Errors, PortalError

from . import wire
from .members import Members


def token(input: Members) -> object:
    response, kind = wire.response(input), wire.kind(input.text("kind"))
    try:
        read = Auth().read_token(response, kind, wire.time(input, "now"))
    except PortalError as error:
        refusal = error.refusal.token_refusal
        return {
            "error": error.code,
            "kind": Errors().kind_name(error.refusal.kind),
            "token_refusal": refusal and Errors().token_refusal_code(refusal),
        }
    return {
        "access_token": read.access_token(),
        "kind": Auth().token_kind_name(read.kind()),
        "expires_at": wire.text(read.expires_at()),
        "scope": read.scope(),
        "refresh_expires_in": read.refresh_expires_in(),
        "not_before_policy": read.not_before_policy(),
    }


def claims(input: Members) -> object:
    read = Auth().access_token_claims(input.text("token"))
    return {
        "issuer": read.issuer,
        "subject": read.subject,
        "audience": read.audience,
        "expires_at": wire.text(read.expires_at),
        "issued_at": wire.text(read.issued_at),
        "not_before": wire.text(read.not_before),
        "authorized_party": read.authorized_party,
        "client_id": read.client_id,
        "scope": read.scope,
        "token_type": read.token_type,
        "certificate_thumbprint": read.certificate_thumbprint,
        "other_claims": read.other_claims,
    }
