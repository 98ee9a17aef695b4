"""The whole job over real mutual TLS, by each HTTP library."""

from __future__ import annotations

from decimal import Decimal

from skifteportal import (
    ClientIdentity,
    Fritekst,
    Henvendelse,
    HenvendelseDokument,
    Henvendelsestraad,
    Krav,
    Profile,
    SagId,
    TokenKind,
)
from skifteportal.testing import Sandbox

from .driver import FAKTURA, Way, claims, do, each_way, find, join

KRAV = Krav(beloeb=Decimal("12345.60"), endeligt=False)
ISSUER = "https://practice-system.example"


@each_way
async def test_tokens_by_both_variants(way: Way, sandbox: Sandbox) -> None:
    async with way.client(sandbox) as client:
        secret = await join(client, sandbox.reporter)
        assert (await do(secret.token())).kind() == TokenKind.DIRECT
        reporter, api_user = sandbox.reporter.identity(), sandbox.api_user.identity()
        signing = await do(client.add_signing_reporter(ISSUER, reporter, api_user))
        assert (await do(signing.token())).kind() == TokenKind.DIRECT
        assert client.stats().token_requests_total == 2


@each_way
async def test_keys_in_pem(way: Way, sandbox: Sandbox) -> None:
    party = sandbox.reporter
    identity = ClientIdentity.from_pem(*party.pem_files())
    assert identity.thumbprint == party.identity().thumbprint
    same = ClientIdentity.from_p12(party.certificate_file, party.password)
    assert same.chain == identity.chain
    async with way.client(sandbox) as client:
        caller = await do(client.add_reporter(party.client_id, party.client_secret, identity))
        assert (await do(caller.token())).access_token()


@each_way
async def test_a_claim_from_its_filing_to_its_deletion(way: Way, sandbox: Sandbox) -> None:
    async with way.client(sandbox) as client:
        caller = await join(client, sandbox.reporter)
        doedsbo, bo = caller.doedsbo, await find(caller, sandbox)
        before = claims(sandbox)
        id = (await do(doedsbo.add_krav(bo, KRAV))).id
        assert claims(sandbox) == before + 1
        filnavn = "faktura æøå.pdf"
        await do(doedsbo.upload_krav_bilag(bo, id, filnavn, FAKTURA, Profile.portal()))
        (bilag,) = await do(doedsbo.list_krav_bilag(bo, id))
        file = await do(doedsbo.download_krav_bilag(bo, id, bilag.id))
        assert (file.bytes, file.filnavn) == (FAKTURA, filnavn)
        read = await do(doedsbo.get_krav(bo, id))
        assert str(read.beloeb) == "12345.60"
        await do(doedsbo.update_krav(bo, id, read.replace(endeligt=True)))
        assert (await do(doedsbo.get_krav(bo, id))).endeligt is True
        await do(doedsbo.delete_krav(bo, id))
        assert claims(sandbox) == before


@each_way
async def test_a_likvidators_letter(way: Way, sandbox: Sandbox) -> None:
    async with way.client(sandbox) as client:
        system = await join(client, sandbox.likvidator_system)
        caller = system.acting_for(sandbox.adgangsprofil)
        assert (await do(caller.token())).kind() == TokenKind.DELEGATED
        assert (await do(caller.sagslager.hent_sager())).items
        dokument = await do(caller.dokumentlager.add_v2("redegørelse.pdf", FAKTURA))
        vedlagt = HenvendelseDokument(
            dokument_id=dokument.id,
            filnavn=Fritekst("redegørelse.pdf"),
            navn=Fritekst("Redegørelse"),
        )
        traad = Henvendelsestraad(
            sag_id=SagId(sandbox.setting("/testData/sager/aaben/sagId")),
            emneord=Fritekst("Redegørelse"),
            henvendelser=[Henvendelse(tekst=Fritekst("Vedlagt"), dokumenter=[vedlagt])],
        )
        assert (await do(caller.henvendelser.add_traad(traad))).id
