"""Runs what docs/python.md shows, where it calls somebody."""

from __future__ import annotations

import asyncio
import logging
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import httpx
import pytest
from skifteportal import Krav, PortalError, SessionError, TokenKind
from skifteportal.testing import Sandbox

from ..guide import sections
from .driver import FAKTURA, claims, fault, find

SECTIONS = sections()
BELOEB = Decimal("12345.60")


def shown(title: str) -> dict[str, Any]:
    """What a section defines."""
    section = SECTIONS[title]
    section.run()
    return section.namespace


def test_a_claim_is_filed(skifteportal_sandbox: Sandbox) -> None:
    sandbox, guide = skifteportal_sandbox, shown("A claim in ten lines")
    party = sandbox.reporter
    for name in ("client", "client_by_requests"):
        with guide[name]() as made:
            assert made.stats().reporters == 0
    before = claims(sandbox)
    with sandbox.client() as client:
        caller = guide["reporter"](
            client,
            str(party.certificate_file),
            party.password,
            party.client_id,
            party.client_secret,
        )
        assert guide["file_a_claim"](caller, sandbox.cpr_nummer, BELOEB, FAKTURA)
    assert claims(sandbox) == before + 1
    assert "bilag" in sandbox.control("GET", "/requests")


def test_a_claim_is_filed_in_a_task(skifteportal_sandbox: Sandbox) -> None:
    async def story(sandbox: Sandbox) -> None:
        guide = shown("A claim in ten lines")
        before = claims(sandbox)
        async with sandbox.async_client() as client:
            caller = await sandbox.reporter.add_to_async(client)
            assert await guide["file_a_claim_async"](caller, sandbox.cpr_nummer, BELOEB, FAKTURA)
        assert claims(sandbox) == before + 1

    asyncio.run(story(skifteportal_sandbox))


def test_the_programs_own_client_is_used(skifteportal_sandbox: Sandbox) -> None:
    sandbox, guide = skifteportal_sandbox, shown("A claim in ten lines")
    party, identity = sandbox.reporter, sandbox.reporter.identity()
    seen: list[str] = []
    context = identity.context(sandbox.authorities())
    hooks = {"request": [lambda request: seen.append(request.method)]}
    with httpx.Client(verify=context, trust_env=False, event_hooks=hooks) as own:
        with sandbox.client() as client:
            caller = guide["reporter_over"](
                client, own, identity, party.client_id, party.client_secret
            )
            assert caller.token().kind() is TokenKind.DIRECT
        assert seen == ["POST"]


def test_certificates_connect_and_sign(skifteportal_sandbox: Sandbox) -> None:
    sandbox, guide = skifteportal_sandbox, shown("Certificates in the connection")
    chain, key = sandbox.reporter.pem_files()
    reporter = guide["from_pem"](str(chain), str(key), None)
    asked: list[bytes] = []
    kept = guide["kept"](
        reporter.chain, reporter.context(sandbox.authorities()), lambda input: asked.append(input)
    )
    with sandbox.client() as client:
        caller = guide["by_assertion"](client, reporter, sandbox.api_user.identity())
        assert caller.token().kind() is TokenKind.DIRECT
        caller = guide["by_assertion"](client, kept, sandbox.api_user.identity())
        with pytest.raises(SessionError):
            caller.token()
        assert len(asked) == 1


def test_customers_are_kept_apart_renewed_and_removed(skifteportal_sandbox: Sandbox) -> None:
    sandbox, guide = skifteportal_sandbox, shown("Many customers")
    a, b = sandbox.reporter, sandbox.other_reporter
    # Another company's certificate stands for a renewed one.
    certificates = {"a": [a.identity(), b.identity()], "b": [b.identity()]}

    def settings(name: str) -> Any:
        party = a if name == "a" else b
        held = certificates[name].pop(0)
        return guide["Settings"](party.client_id, party.client_secret, held)

    assert a.client_secret not in repr(guide["Settings"]("id", a.client_secret, a.identity()))
    with sandbox.client() as client:
        customers = guide["Customers"](client, settings)
        caller = customers.of("a")
        assert caller is customers.of("a")
        assert caller.token().access_token() != customers.of("b").token().access_token()
        assert client.stats().token_requests_total == 2
        customers.renew("a")
        caller.token()
        assert client.stats().token_requests_total == 3
        customers.remove("a")
        customers.remove("a")
        with pytest.raises(SessionError):
            caller.token()
        assert client.stats().reporters == 1


def test_a_likvidator_is_acted_for(skifteportal_sandbox: Sandbox) -> None:
    guide = shown("For likvidators")
    with skifteportal_sandbox.client() as client:
        system = skifteportal_sandbox.likvidator_system.add_to(client)
        assert guide["sager"](system, skifteportal_sandbox.adgangsprofil)


def test_failures_are_told(skifteportal_sandbox: Sandbox) -> None:
    sandbox, outcome = skifteportal_sandbox, shown("When a call fails")["outcome"]
    with sandbox.client() as client:
        caller = sandbox.reporter.add_to(client)
        bo = asyncio.run(find(caller, sandbox))
        krav = Krav(beloeb=BELOEB)

        def filing() -> object:
            return caller.doedsbo.add_krav(bo, krav)

        assert outcome(filing) == "Indsendt."
        tomorrow = caller.checks().today() + timedelta(days=1)
        broken = Krav(beloeb=BELOEB, opgjortdato=tomorrow)
        assert outcome(lambda: caller.doedsbo.add_krav(bo, broken)).startswith("Ikke sendt: ")
        fault(sandbox, "POST", kind="dropAfterProcessing")
        assert outcome(filing).startswith("Måske indsendt.")
        fault(sandbox, "POST", kind="garbage")
        assert outcome(filing).startswith("Indsendt, men")
        stranger = client.add_reporter(
            sandbox.reporter.client_id, "wrong", sandbox.reporter.identity()
        )
        assert outcome(stranger.token).startswith("Afvist: ")


def test_a_claim_is_filed_once(skifteportal_sandbox: Sandbox) -> None:
    sandbox, guide = skifteportal_sandbox, shown("Many claims, and the last day")
    saved: dict[str, Krav] = {}
    with sandbox.client() as client:
        caller = sandbox.reporter.add_to(client)
        bo = asyncio.run(find(caller, sandbox))
        named = {key: Krav(beloeb=BELOEB, titel=f"Sag {key}") for key in ("1", "2", "3")}
        work = [(key, bo, krav) for key, krav in named.items()]
        before = claims(sandbox)
        assert guide["file_all"](caller, work, saved.__setitem__) == 0
        assert guide["file_all"](caller, work, saved.__setitem__) == 0
        assert claims(sandbox) == before + 3
        assert all(krav.id and krav.kvittering for krav in saved.values())
        # The answer is lost, and the claim is there: it is found, and not filed again.
        fault(sandbox, "POST", kind="dropAfterProcessing")
        lost = Krav(beloeb=BELOEB, titel="Sag 4")
        assert guide["file_once"](caller, bo, lost).id
        assert claims(sandbox) == before + 4
        # The connection is cut, and the claim is not there: nobody knows, and the next run files it.
        fault(sandbox, "POST", kind="dropBefore")
        with pytest.raises(PortalError):
            guide["file_once"](caller, bo, Krav(beloeb=BELOEB, titel="Sag 5"))
        assert claims(sandbox) == before + 4
        assert guide["file_once"](caller, bo, Krav(beloeb=BELOEB, titel="Sag 5")).id
        assert claims(sandbox) == before + 5
        refused = Krav(beloeb=BELOEB, titel="Sag 6", opgjortdato=date(9999, 1, 1))
        assert guide["file_all"](caller, [("6", bo, refused)], saved.__setitem__) == 1


def test_a_worker_has_a_caller_of_its_own(
    skifteportal_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    party, logger = skifteportal_sandbox.reporter, logging.getLogger("skifteportal")
    monkeypatch.setenv("REPORTER_P12", str(party.certificate_file))
    monkeypatch.setenv("REPORTER_PASSWORD", party.password)
    monkeypatch.setenv("REPORTER_CLIENT_ID", party.client_id)
    monkeypatch.setenv("REPORTER_CLIENT_SECRET", party.client_secret)
    level = logger.level
    try:
        guide = shown("In workers, notebooks and logs")
        assert logger.level == logging.INFO
    finally:
        logger.setLevel(level)
    assert guide["caller"]() is guide["caller"]()


def test_the_test_that_is_shown(skifteportal_sandbox: Sandbox) -> None:
    shown("Testing with the sandbox")["test_a_cut_connection_leaves_it_open"](skifteportal_sandbox)


def test_certificates_that_expire_are_told(skifteportal_sandbox: Sandbox) -> None:
    warning = shown("Going to production")["warning"]
    assert warning(skifteportal_sandbox.reporter.identity()) is None
    expired = skifteportal_sandbox.party("/refusedCertificates/expired").identity()
    assert "UI:DK-O:G:" in warning(expired)
