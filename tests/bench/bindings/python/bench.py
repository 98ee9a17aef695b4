"""The rows of `cargo xtask bench bindings`, by the wheel."""

from __future__ import annotations

import base64
import json
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

from clock import Clock, memory
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from peers import AUTHLIB, PIKEPDF, PYJWT, Peers
from skifteportal import (
    Checks,
    Defaults,
    Doedsbo,
    DoedsbojournalId,
    HeaderField,
    HttpRequest,
    HttpResponse,
    KeyStore,
    Krav,
    KravId,
    Pdf,
    PortalEnvironment,
    Profile,
    Times,
    Timestamp,
    Token,
    TokenKind,
    UnsignedAssertion,
)

JTI = "0b60c02a-46c3-4cc9-b0fc-dd87f81ff0b7"


class Bench:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = PortalEnvironment.test()
        self.now = Timestamp("2026-12-01T12:00:00Z")
        self.seconds = Times().unix_seconds(self.now)
        self.checks = Checks.at(self.now)
        self.doedsbo = Doedsbo()
        self.journal = DoedsbojournalId("e25d84d3-7aec-4361-84da-93125cb83f08")
        self.id = KravId("4b97d591-1b88-4b70-81bc-7a4c4a227627")
        self.pdf, self.profile = Pdf(), Profile.portal()
        self.headers = [HeaderField(name="Content-Type", value="application/json")]
        access = (folder / "token").read_text()
        self.token = Token(access, TokenKind.DIRECT, None)
        store = KeyStore.from_pkcs12(self.read("reporter.p12"), "fixture")
        self.chain, self.key = store.chain(), store.key()
        self.settings = Defaults().assertion("https://reporter.example", "11223344")
        pem = self.key.to_pkcs8_pem()
        key = load_pem_private_key(pem.encode(), None)
        assert isinstance(key, rsa.RSAPrivateKey)
        chain = [one.der() for one in self.chain.certificates()]
        self.peers = Peers(access, self.environment.audience(), chain, key, pem)

    def read(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    @contextmanager
    def mapped(self) -> Iterator[mmap]:
        file = (self.folder / "large.pdf").open("rb")
        with file, mmap(file.fileno(), 0, access=ACCESS_READ) as mapped:
            yield mapped

    def request(self) -> HttpRequest:
        krav = Krav(
            beskrivelse="Faktura 20261101-17, levering af varme i oktober 2026",
            beloeb=Decimal("12345.67"),
            endeligt=False,
            opgjortdato=date(2026, 11, 1),
        )
        call = self.doedsbo.add_krav(self.journal, krav, self.checks)
        return call.prepared().to_request(self.environment, self.token)

    def upload(self, file: bytes) -> HttpRequest:
        call = self.doedsbo.upload_krav_bilag(self.journal, self.id, "bilag.pdf", file, self.checks)
        return call.prepared().to_request(self.environment, self.token)

    def unsigned(self) -> UnsignedAssertion:
        audience = self.environment.audience()
        return UnsignedAssertion.prepare(self.settings, audience, self.chain, self.now, JTI)

    def signed(self) -> str:
        return self.unsigned().sign(self.key, bytes(32)).jwt()

    def signed_outside(self) -> str:
        unsigned = self.unsigned()
        return unsigned.with_signature(self.peers.sign(unsigned.signing_input())).jwt()

    def measure(self, seconds: float) -> None:
        clock, peers = Clock(seconds), self.peers
        print(json.dumps({"who": "Python", "version": f"Python {platform.python_version()}"}))
        clock.ours("cheapest", HttpResponse(200, self.headers, b"").is_success)
        clock.ours("request", self.request)

        def read(request: HttpRequest) -> object:
            return request.method(), request.url(), request.headers(), request.body()

        clock.ours("request_read", lambda: read(self.request()))
        clock.peer("request_read", "json and httpx.Request", peers.request)
        self.decode(clock)
        self.sign(clock)
        small, large = self.read("small.pdf"), self.read("large.pdf")
        clock.ours("pdf_small", lambda: self.pdf.check(small, self.profile))
        clock.peer("pdf_small", f"{PIKEPDF}, every object", lambda: peers.open(small))
        clock.ours("pdf_large", lambda: self.pdf.check(large, self.profile))
        clock.peer("pdf_large", f"{PIKEPDF}, every object", lambda: peers.open(large))
        with self.mapped() as mapped:
            clock.ours("pdf_large_at", lambda: self.pdf.check(mapped, self.profile))
        bilag = self.read("bilag.pdf")
        clock.ours("upload", lambda: self.upload(bilag))
        clock.ours("upload_read", lambda: self.upload(bilag).body())

    def decode(self, clock: Clock) -> None:
        one = self.doedsbo.get_krav(self.journal, self.id)
        every = self.doedsbo.get_all_krav(self.journal)
        for count in (1, 100, 10_000):
            body, call = self.read(f"krav-{count}.json"), one if count == 1 else every

            def decoded(body: bytes = body, call: Any = call) -> object:
                return call.outcome(HttpResponse(200, self.headers, body), self.now)

            def tree(body: bytes = body) -> object:
                return json.loads(body, parse_float=Decimal)

            clock.ours(f"decode_{count}", decoded)
            clock.peer(f"decode_{count}", "json, dicts", tree)

    def sign(self, clock: Clock) -> None:
        peers, now = self.peers, self.seconds
        # A comparison is one only where all make the same.
        ours = parts(self.signed())
        for other in (self.signed_outside(), peers.with_authlib(now), peers.with_pyjwt(now)):
            theirs = parts(other)
            # PyJWT says what kind of token it is.
            theirs[0].pop("typ", None)
            assert theirs == ours, "two assertions that should say the same do not"
        clock.ours("signing_input", lambda: self.unsigned().signing_input())
        clock.peer("signing_input", "json by hand", lambda: peers.signing_input(now))
        clock.ours("sign", self.signed)
        clock.peer("sign", PYJWT, lambda: peers.with_pyjwt(now))
        clock.peer("sign", AUTHLIB, lambda: peers.with_authlib(now))
        clock.ours("sign_outside", self.signed_outside)

    def memory(self, row: str) -> None:
        """One row in a fresh process; what it loads is there by then."""
        small = self.read("small.pdf")
        self.pdf.check(small, self.profile)
        self.upload(small)
        if row == "pdf_large_at":
            with self.mapped() as mapped:
                memory(row, lambda: self.pdf.check(mapped, self.profile))
            return
        file = self.read("large.pdf")
        if row == "pdf_large":
            memory(row, lambda: self.pdf.check(file, self.profile))
        elif row == "upload_large":
            memory(row, lambda: self.upload(file))
        else:
            raise ValueError(row)


def parts(token: str) -> list[dict[str, object]]:
    return [
        json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        for part in token.split(".")[:2]
    ]


if __name__ == "__main__":
    what, folder, argument = sys.argv[1:]
    bench = Bench(Path(folder))
    if what == "measure":
        bench.measure(float(argument))
    else:
        bench.memory(argument)
