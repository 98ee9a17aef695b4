"""Assertions: signed, received, checked."""

from __future__ import annotations

import base64

from skifteportal import (
    AssertionSettings,
    Auth,
    AuthFinding,
    Chain,
    Defaults,
    PrivateKey,
    SignedAssertion,
    UnsignedAssertion,
)

from . import certificate_files as certificates
from . import wire
from .members import Members


def answer(input: Members) -> object:
    do = input.text("do")
    if do == "sign":
        return _sign(input)
    if do == "receive":
        return _receive(input)
    if do == "check":
        return _check(input)
    return {"jti": Auth().jti(bytes.fromhex(input.text("entropy")))}


def _settings(given: Members) -> AssertionSettings:
    settings = Defaults().assertion(given.text("issuer"), given.text("subject"))
    names = ["lifetime_seconds", "include_root", "include_iat", "include_nbf"]
    changes = {name: given.optional(name) for name in names}
    told = {name: value for name, value in changes.items() if value is not None}
    return given.end(settings.replace(**told))


def _key(pem: str | None) -> PrivateKey | None:
    return None if pem is None else PrivateKey.from_pem(pem.encode(), None)


def _text(part: str) -> str:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode()


def _sign(input: Members) -> object:
    environment = wire.environment(input)
    chain = Chain.as_given(certificates.every(input.texts("chain")))
    settings = _settings(input.members("settings"))
    now, jti, scope = wire.time(input, "now"), input.text("jti"), input.text("scope")
    key, signature = _key(input.optional_text("test_only_key")), input.optional_text("signature")
    unsigned = UnsignedAssertion.prepare(settings, environment.audience(), chain, now, jti)
    signing_input = unsigned.signing_input().decode()
    if key is not None:
        signed = unsigned.sign(key, bytes([1] * 32))
        assert unsigned.sign(key, bytes([9] * 32)).jwt() == signed.jwt()
    else:
        assert signature is not None
        signed = unsigned.with_signature(base64.b64decode(signature))
    head, _, last = signed.jwt().rpartition(".")
    assert head == signing_input
    header, claims = signing_input.split(".")
    return {
        "header": _text(header),
        "claims": _text(claims),
        "signing_input": signing_input,
        "signature": last,
        "request": wire.request(Auth().variant_b_request(environment, signed, scope)),
    }


def _receive(input: Members) -> object:
    signed = SignedAssertion.from_jwt(input.text("jwt"))
    claims = signed.claims()
    return {
        "issuer": claims.issuer,
        "subject": claims.subject,
        "audience": claims.audience,
        "expires_at": claims.expires_at,
        "jti": claims.jti,
        "issued_at": claims.issued_at,
        "not_before": claims.not_before,
        "chain": certificates.thumbprints(signed.chain().certificates()),
    }


def _check(input: Members) -> object:
    chain = Chain.as_given(certificates.every(input.texts("chain")))
    now, given = wire.time(input, "now"), input.members("claims")
    settings = Defaults().assertion("https://test.local", given.text("subject"))
    audience = given.text("audience")
    made = UnsignedAssertion.prepare(settings, audience, chain, now, "1").claims()
    claims = given.end(made.replace(expires_at=given.number("expires_at")))
    api_user = input.optional_text("api_user")
    check = (
        Defaults()
        .check(now)
        .replace(
            roots=certificates.every(input.texts("roots")),
            audience=input.optional_text("audience"),
            api_user=None if api_user is None else certificates.one(api_user),
            subject_is_cvr=not input.flag("any_subject"),
            root_expected=not input.flag("without_root"),
        )
    )
    key = _key(input.optional_text("test_only_key"))
    found = Auth().check_assertion(claims, chain, key, check)
    return {"findings": [_shown(finding) for finding in found]}


def _shown(finding: AuthFinding) -> object:
    role = getattr(finding, "role", None)
    return {
        "code": Auth().finding_code(finding),
        "role": role and role.value,
        "reason": Auth().finding_reason(finding),
    }
