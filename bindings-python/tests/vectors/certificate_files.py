"""Certificates, chains, key stores and keys."""

from __future__ import annotations

from skifteportal import (
    Certificate,
    CertificateError,
    Certificates,
    Chain,
    Defaults,
    KeyChoiceFriendlyName,
    KeyStore,
    PrivateKey,
    Timestamp,
)

from . import wire
from .members import Members


def one(pem: str) -> Certificate:
    return Certificate.from_pem(pem.encode())


def every(pems: list[str]) -> list[Certificate]:
    return [one(pem) for pem in pems]


def thumbprints(certificates: list[Certificate]) -> list[str]:
    return [certificate.thumbprint() for certificate in certificates]


def _is_pem(file: bytes) -> bool:
    return b"-----BEGIN " in file


def answer(input: Members) -> object:
    do = input.text("do")
    if do == "certificate":
        file, now = input.bytes("file"), wire.time(input, "now")
        days = input.number("warning_days")
        if _is_pem(file):
            read = Certificates().all_from_pem(file)
        else:
            read = [Certificate.from_der(file)]
        return {"certificates": [_shown(certificate, now, days) for certificate in read]}
    if do == "chain":
        return _chain(input)
    if do == "key_store":
        return _key_store(input)
    file, password = input.bytes("test_only_file"), input.optional_text("password")
    pem = input.optional_text("certificate")
    read_key = PrivateKey.from_pem if _is_pem(file) else PrivateKey.from_der
    key = read_key(file, password)
    return {
        "bits": key.bits(),
        "belongs_to_certificate": None if pem is None else key.belongs_to(one(pem)),
    }


def _shown(certificate: Certificate, now: Timestamp, days: int) -> object:
    names, summary = Certificates(), certificate.summary(now, days)
    return {
        "kind": names.kind_name(summary.kind),
        "hierarchy": names.hierarchy_name(summary.hierarchy),
        "subject_serial_number": summary.subject_serial_number,
        "x509_serial_number": certificate.x509_serial_number(),
        "cvr": summary.cvr,
        "common_name": summary.common_name,
        "organisation": summary.organisation,
        "issuer": summary.issuer,
        "not_before": str(summary.not_before),
        "not_after": str(summary.not_after),
        "validity": names.validity_name(summary.validity),
        "key_kind": names.key_kind_name(summary.key_kind),
        "key_bits": summary.key_bits,
        "thumbprint": summary.thumbprint,
        "x5t_s256": certificate.x5t_s256(),
        "authority": certificate.is_authority(),
        "warnings": [names.warning_code(warning) for warning in summary.warnings],
    }


def _chain(input: Members) -> object:
    leaf, pool = one(input.text("leaf")), every(input.texts("pool"))
    roots, now = every(input.texts("roots")), wire.time(input, "now")
    chain = Chain.ordered(leaf, pool)
    refusal = None
    try:
        chain.verify(roots, now)
    except CertificateError as error:
        refusal = error.code
    return {
        "chain": thumbprints(chain.certificates()),
        "has_root": chain.has_root(),
        "verified": refusal is None,
        "refusal": refusal,
    }


def _key_store(input: Members) -> object:
    settings = Defaults().key_store()
    name = input.optional_text("friendly_name")
    if name is not None:
        settings = settings.replace(choice=KeyChoiceFriendlyName(name=name))
    if input.optional("max_iterations") is not None:
        settings = settings.replace(max_iterations=input.number("max_iterations"))
    store = KeyStore.from_pkcs12_with(input.bytes("file"), input.text("password"), settings)
    return {
        "chain": thumbprints(store.chain().certificates()),
        "has_root": store.chain().has_root(),
        "others": thumbprints(store.others()),
        "friendly_name": store.friendly_name(),
        "key_bits": store.key().bits(),
    }
