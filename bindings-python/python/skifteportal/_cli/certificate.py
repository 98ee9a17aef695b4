"""`cert`: what a certificate says, and what to type where."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable
from typing import NamedTuple

from skifteportal._cli import files
from skifteportal._cli.output import NOT_FOUND, OK, UNREADABLE, Output, shown
from skifteportal._model import (
    CertificateError,
    CertificateSummary,
    CertificateWarning,
    KeyChoiceThumbprint,
    Timestamp,
    ValidityExpiresSoon,
)
from skifteportal._native import Certificate, Certificates, Chain, Defaults, KeyStore

__all__ = ["PASSWORD", "PASSWORD_OF_FILE", "WARNINGS", "Secret", "ask", "tell"]

PASSWORD = "SKIFTEPORTAL_PASSWORD"  # noqa: S105 - it is the name of a variable
"""The variable of the environment that may hold the password of a key store."""


class Secret(NamedTuple):
    """What is asked for without showing it."""

    danish: str
    english: str
    option: str
    variable: str


PASSWORD_OF_FILE = Secret("adgangskode", "password", "--password-file", PASSWORD)
_AT_RISK = 4

WARNINGS = {
    CertificateWarning.NOT_YET_VALID: (
        "Certifikatet er ikke gyldigt endnu.",
        "It is not valid yet.",
    ),
    CertificateWarning.EXPIRES_SOON: (
        "Certifikatet udløber snart. Bestil et nyt.",
        "It expires soon. Order a new one.",
    ),
    CertificateWarning.EXPIRED: (
        "Certifikatet er udløbet.",
        "It has expired.",
    ),
    CertificateWarning.OCES2: (
        "Det er et OCES2-certifikat, som ikke længere godtages.",
        "It is of OCES2, which is no longer accepted.",
    ),
    CertificateWarning.NOT_AN_ORGANISATION: (
        "Det er udstedt til en person eller medarbejder. Portalen ventes at kræve organisationens.",
        "It is for a person or an employee. The portal is expected to ask for the organisation's.",
    ),
    CertificateWarning.NOT_OCES: (
        "Det er en udsteders certifikat, eller slet ikke et OCES-certifikat.",
        "It is an authority's certificate, or none of OCES.",
    ),
    CertificateWarning.NO_SUBJECT_SERIAL_NUMBER: (
        "Der er intet SERIALNUMBER i certifikatets emne, eller der er flere.",
        "Its subject has no SERIALNUMBER, or several.",
    ),
    CertificateWarning.NO_CVR: (
        "Der er intet CVR-nummer i certifikatet.",
        "It has no CVR number.",
    ),
    CertificateWarning.KEY_NOT_RSA: (
        "Nøglen er ikke en RSA-nøgle.",
        "Its key is not an RSA key.",
    ),
    CertificateWarning.KEY_TOO_SHORT: (
        "RSA-nøglen er kortere end 2048 bit.",
        "Its RSA key has fewer than 2048 bits.",
    ),
    CertificateWarning.KEY_NOT_FOR_SIGNING: (
        "Nøglen må ikke bruges til at underskrive med, så ingen klient kan bruge certifikatet.",
        "Its key is not allowed to sign, so that no client can use it.",
    ),
}

Found = list[tuple[Chain, bool]]
"""Chains, and whether the file holds the key of each."""


def tell(
    output: Output, file: str, password_file: str | None, warning_days: int, now: Timestamp
) -> int:
    """Tells of the certificates of a file that are nobody's issuers; returns the exit code."""
    try:
        content = files.read_small(file)
        found = _open(content, lambda: ask(output, file, PASSWORD_OF_FILE, password_file))
    except OSError as failure:
        output.failure(file, files.reason(failure))
        return UNREADABLE
    except CertificateError as error:
        output.failure(file, str(error))
        return UNREADABLE
    worst = OK
    for place, (chain, has_key) in enumerate(found):
        if place and not output.is_json:
            output.line("")
        summary = chain.leaf().summary(now, warning_days)
        _one(output, file, chain, summary, has_key)
        if not Certificates().is_usable(summary.validity):
            worst = NOT_FOUND
        elif summary.warnings:
            worst = worst or _AT_RISK
    return worst


def ask(output: Output, file: str, secret: Secret, secret_file: str | None) -> str:
    """A secret: of a file, of the environment, or typed. It is never an argument, which others see."""
    if secret_file is not None:
        lines = files.read_small(secret_file).decode("utf-8-sig", "replace").splitlines()
        return lines[0] if lines else ""
    name = output.words(secret.danish, secret.english)
    given = os.environ.get(secret.variable)
    if given is not None:
        return _checked(output, name, given)
    if file == "-" or not sys.stdin.isatty():
        option = secret.option
        raise OSError(
            output.words(
                f"{name} mangler; brug {option} eller {secret.variable}",
                f"the {name} is missing; use {option} or {secret.variable}",
            )
        )
    try:
        typed = getpass.getpass(f"{name}: ")
    except EOFError:
        raise OSError(output.words(f"{name} blev ikke indtastet", f"no {name} was typed")) from None
    return _checked(output, name, typed)


def _checked(output: Output, name: str, text: str) -> str:
    """What is not UTF-8 stands in a text of Python in a way that nothing else can read."""
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise OSError(output.words(f"{name} er ikke UTF-8", f"the {name} is not UTF-8"))
    return text


def _open(content: bytes, password: Callable[[], str]) -> Found:
    if b"-----BEGIN" in content:
        certificates = Certificates().all_from_pem(content)
        has_key = b"PRIVATE KEY-----" in content
        # Those that issued another one of the file belong to its chain.
        leaves = [
            one
            for one in certificates
            if not any(
                one is not other and one.subject().matches(other.issuer()) for other in certificates
            )
        ]
        return [
            (_chain(leaf, certificates), has_key and len(leaves) == 1)
            for leaf in leaves or certificates[:1]
        ]
    try:
        return [(Chain.as_given([Certificate.from_der(content)]), False)]
    except CertificateError as no_certificate:
        try:
            return _key_store(content, "")
        except CertificateError as error:
            if error.code == "certificate.wrong_password":
                return _key_store(content, password())
            # What is neither is told of as what it was first taken for, unless it began as a key store.
            if error.code == "certificate.malformed":
                raise no_certificate from None
            raise


def _chain(leaf: Certificate, pool: list[Certificate]) -> Chain:
    try:
        return Chain.ordered(leaf, pool)
    except CertificateError as error:
        # A file with the certificate alone is what is sent around.
        if error.code == "certificate.missing_issuer":
            return Chain.as_given([leaf])
        raise


def _key_store(content: bytes, password: str) -> Found:
    found = []
    for key in Certificates().list_pkcs12(content, password):
        settings = Defaults().key_store()
        settings = settings.replace(
            choice=KeyChoiceThumbprint(sha256=key.thumbprint), allow_missing_chain=True
        )
        store = KeyStore.from_pkcs12_with(content, password, settings)
        found.append((store.chain(), True))
    if not found:
        raise OSError("no private key with its certificate")
    return found


def _one(
    output: Output, file: str, chain: Chain, summary: CertificateSummary, has_key: bool
) -> None:
    names, leaf = Certificates(), chain.leaf()
    validity = names.validity_name(summary.validity)
    days = summary.validity
    days_left = days.days_left if isinstance(days, ValidityExpiresSoon) else None
    kind, hierarchy = names.kind_name(summary.kind), names.hierarchy_name(summary.hierarchy)
    key = names.key_kind_name(summary.key_kind)
    links = [str(one.subject().common_name() or one.subject()) for one in chain.certificates()]
    if output.is_json:
        output.object(
            {
                "file": shown(file),
                "serialnumber": summary.subject_serial_number,
                "cvr": summary.cvr,
                "common_name": summary.common_name,
                "organisation": summary.organisation,
                "issuer": summary.issuer,
                "kind": kind,
                "hierarchy": hierarchy,
                "validity": validity,
                "not_before": str(summary.not_before),
                "not_after": str(summary.not_after),
                "days_left": days_left,
                "key": {"kind": key, "bits": summary.key_bits, "is_in_file": has_key},
                "thumbprint": summary.thumbprint,
                "x5t#S256": leaf.x5t_s256(),
                "chain": {"names": links, "has_root": chain.has_root()},
                "warnings": [
                    {
                        "code": names.warning_code(one),
                        "da": WARNINGS[one][0],
                        "en": WARNINGS[one][1],
                    }
                    for one in summary.warnings
                ],
            }
        )
        return
    words = output.words
    until = str(summary.not_after)
    if days_left is not None:
        until += words(f" ({days_left} dage)", f" ({days_left} days)")
    ends = words("uden rod", "without its root")
    output.rows(
        [
            (
                words("Skriv i Samarbejdsportalen", "Type in Samarbejdsportalen"),
                summary.subject_serial_number or "-",
            ),
            ("CVR", summary.cvr),
            (words("Navn", "Name"), summary.common_name),
            (words("Organisation", "Organisation"), summary.organisation),
            (words("Art", "Kind"), f"{kind} ({hierarchy})"),
            (words("Udsteder", "Issuer"), summary.issuer),
            (words("Gyldigt fra", "Valid from"), str(summary.not_before)),
            (words("Gyldigt til", "Valid until"), until),
            (
                words("Nøgle", "Key"),
                f"{key} {summary.key_bits}"
                + (words(", i filen", ", in the file") if has_key else ""),
            ),
            (words("Fingeraftryk (SHA-256)", "Thumbprint (SHA-256)"), summary.thumbprint),
            (
                words("Kæde", "Chain"),
                " < ".join(links) + ("" if chain.has_root() else f" ({ends})"),
            ),
        ]
    )
    for one in summary.warnings:
        output.line(f"! {words(*WARNINGS[one])} [{names.warning_code(one)}]")
