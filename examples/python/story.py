"""The whole job, told in steps: two tokens, a claim from its filing to its deletion, a likvidator's letter, four
refusals. `cargo xtask demo --lang python` runs it against the sandbox portal.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from skifteportal import (
    AdgangsprofilId,
    Caller,
    CallError,
    Certificates,
    Checks,
    ClientIdentity,
    CprNummer,
    Dates,
    DoedsbojournalId,
    DoedsbojournalQuery,
    Fritekst,
    Henvendelse,
    HenvendelseDokument,
    Henvendelsestraad,
    Krav,
    Language,
    Page,
    Pdf,
    PortalEnvironment,
    PortalError,
    Profile,
    SagId,
    SanitizeOptions,
    SkifteportalClient,
    Timestamp,
)

FILES = Path(__file__).parent.parent / "rust" / "data"
FAKTURA = (FILES / "faktura.pdf").read_bytes()
TODAY = Dates().in_denmark(Timestamp.now())


class Config:
    """A configuration file: who files, in which environment. The sandbox writes one."""

    def __init__(self, file: Path) -> None:
        self.folder = file.resolve().parent
        self.root: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        hosts = [self.root["environment"][name] for name in ("sysauth", "auth", "api")]
        self.environment = PortalEnvironment.custom(*hosts)
        for operation, path in self.root["paths"].items():
            self.environment = self.environment.with_path(operation, path)
        self.authorities = Certificates().all_from_pem(self.read(self.root["trustAnchors"]))
        self.reporter = self.root["reporters"][0]
        self.api_user = self.root["apiUser"]
        self.likvidator = self.root["likvidator"]
        self.cpr = CprNummer(self.root["testData"]["cprNummer"])
        self.sag = SagId(self.root["testData"]["sager"]["aaben"]["sagId"])

    def read(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def identity(self, party: dict[str, str]) -> ClientIdentity:
        password = self.read(party["passwordFile"]).decode()
        return ClientIdentity.from_p12(self.folder / party["certificate"], password)

    def join(self, client: SkifteportalClient, party: dict[str, str]) -> Caller:
        secret = self.read(party["clientSecretFile"]).decode()
        return client.add_reporter(party["clientId"], secret, self.identity(party))


def step(number: int, title: str) -> None:
    print(f"\n{number:2}. {title}")


def say(line: str) -> None:
    print(f"    {line}")


def token(caller: Caller) -> None:
    got = caller.token()
    say(f"a {got.kind().value} token, good until {got.expires_at()}")


def refused(call: Callable[[], object]) -> None:
    try:
        call()
    except CallError as error:
        for violation in error.violations:
            say(f"before sending: {violation.code} at {violation.pointer}")
    except PortalError as error:
        say(f"{error.code}, {error.certainty.value}")
        say(f"da: {error.danish}")
        say(f"en: {error.english}")
    else:
        raise AssertionError("this should have been refused")


class Story:
    def __init__(self, config: Config, client: SkifteportalClient) -> None:
        self.config = config
        self.client = client
        self.reporter = config.join(client, config.reporter)
        self.doedsbo = self.reporter.doedsbo

    def tell(self) -> None:
        step(1, "The reporter's certificate")
        identity = self.config.identity(self.config.reporter)
        summary = identity.certificate.summary(Timestamp.now(), 30)
        say(f"{summary.common_name}: {summary.kind.value}, CVR {summary.cvr}")
        say(f"valid until {summary.not_after}")
        say(f"SERIALNUMBER for Samarbejdsportalen: {summary.subject_serial_number}")

        step(2, "A token by variant A: Client ID and secret over the reporter's certificate")
        token(self.reporter)

        step(3, "A token by variant B: an assertion signed with the reporter's key")
        issuer = "https://practice-system.example"
        api_user = self.config.identity(self.config.api_user)
        token(self.client.add_signing_reporter(issuer, identity, api_user))

        bo = self.claim()
        self.letter()
        self.refusals(bo)

    def claim(self) -> DoedsbojournalId:
        doedsbo = self.doedsbo
        step(4, "A dødsbo is found by CPR number, a claim is filed, a PDF is attached")
        query = DoedsbojournalQuery(cpr_nummer=self.config.cpr)
        bo = doedsbo.search_bo(query, Page()).items[0].id
        assert bo is not None
        krav = Krav(beloeb=Decimal("12345.67"), endeligt=False, opgjortdato=TODAY)
        filed = doedsbo.add_krav(bo, krav)
        assert filed.id is not None
        doedsbo.upload_krav_bilag(bo, filed.id, "faktura.pdf", FAKTURA, Profile.portal())
        say(f"krav {filed.id}")
        if filed.kvittering is not None and filed.kvittering.overskrift is not None:
            say(f"{filed.kvittering.kode}: {filed.kvittering.overskrift.raw()}")

        step(5, "The claim is made final, read back with its bilag, and deleted")
        changed = doedsbo.get_krav(bo, filed.id).replace(endeligt=True)
        doedsbo.update_krav(bo, filed.id, changed)
        read = doedsbo.get_krav(bo, filed.id)
        say(f"{read.beloeb} kr., {'final' if read.endeligt else 'preliminary'}")
        for bilag in doedsbo.list_krav_bilag(bo, filed.id):
            assert bilag.id is not None
            file = doedsbo.download_krav_bilag(bo, filed.id, bilag.id)
            say(f"bilag {file.filnavn}: {'the same' if file.bytes == FAKTURA else 'other'} bytes")
        doedsbo.delete_krav(bo, filed.id)
        say("deleted")
        return bo

    def letter(self) -> None:
        step(6, "The token is exchanged for a likvidator's delegated token")
        profile = AdgangsprofilId(self.config.likvidator["adgangsprofilId"])
        system = self.config.join(self.client, self.config.likvidator["system"])
        likvidator = system.acting_for(profile)
        token(likvidator)

        step(7, "A document is uploaded, and a henvendelse sent with it")
        dokument = likvidator.dokumentlager.add_v2("redegørelse.pdf", FAKTURA)
        say(f"dokument {dokument.id}")
        vedlagt = HenvendelseDokument(
            dokument_id=dokument.id,
            filnavn=Fritekst("redegørelse.pdf"),
            navn=Fritekst("Redegørelse"),
        )
        henvendelse = Henvendelse(
            tekst=Fritekst("Vedlagt er redegørelsen.\n\nMed venlig hilsen\nLikvidator"),
            dokumenter=[vedlagt],
        )
        traad = Henvendelsestraad(
            sag_id=self.config.sag,
            emneord=Fritekst("Redegørelse"),
            henvendelser=[henvendelse],
        )
        answered = likvidator.henvendelser.add_traad(traad)
        say(f"henvendelsestråd {None if answered is None else answered.id}")

    def refusals(self, bo: DoedsbojournalId) -> None:
        doedsbo = self.doedsbo
        print("\nFour refusals, in plain words")
        print("\n a. A client secret with a typing error")
        reporter = self.config.reporter
        identity = self.config.identity(reporter)
        stranger = self.client.add_reporter(reporter["clientId"], "wrong", identity)
        refused(lambda: stranger.doedsbo.get_all_krav(bo))

        print("\n b. A search by CPR number and by name at once")
        query = DoedsbojournalQuery(cpr_nummer=self.config.cpr, navn=Fritekst("Erlinda Hills"))
        refused(lambda: doedsbo.search_bo(query, Page()))
        refused(lambda: doedsbo.search_bo(query, Page(), checks=Checks.none()))

        print("\n c. A claim that is made up tomorrow")
        krav = Krav(beloeb=Decimal("1.00"), opgjortdato=TODAY + timedelta(days=2))
        refused(lambda: doedsbo.add_krav(bo, krav))
        refused(lambda: doedsbo.add_krav(bo, krav, checks=Checks.none()))

        print("\n d. A PDF that runs JavaScript when it is opened")
        filed = doedsbo.add_krav(bo, krav.replace(opgjortdato=TODAY)).id
        assert filed is not None
        scripted = (FILES / "faktura-med-javascript.pdf").read_bytes()
        pdf, profile = Pdf(), Profile.portal()
        for finding in pdf.check(scripted, profile).findings:
            say(f"before sending: {pdf.explain(finding, Language.ENGLISH)}")
        refused(lambda: doedsbo.upload_krav_bilag(bo, filed, "faktura.pdf", scripted))
        clean = pdf.sanitize(scripted, profile, SanitizeOptions()).bytes
        doedsbo.upload_krav_bilag(bo, filed, "faktura.pdf", clean)
        say("sanitised, the same invoice is accepted")
        doedsbo.delete_krav(bo, filed)


def main() -> None:
    if len(sys.argv) != 3 or sys.argv[1] != "demo":
        raise SystemExit("usage: story.py demo CONFIGURATION")
    config = Config(Path(sys.argv[2]))
    with SkifteportalClient(config.environment, authorities=config.authorities) as client:
        Story(config, client).tell()


if __name__ == "__main__":
    main()
