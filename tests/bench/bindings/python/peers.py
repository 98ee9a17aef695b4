"""The same work as other libraries for Python do it."""

from __future__ import annotations

import base64
import hashlib
import io
import json

import authlib
import httpx
import jwt
import pikepdf
from authlib.jose import JsonWebKey, JsonWebSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

KRAV = (
    "https://api.test-minskiftesag.net/doedsbojournaler/e25d84d3-7aec-4361-84da-93125cb83f08/krav"
)
PYJWT = f"PyJWT {jwt.__version__}"
AUTHLIB = f"authlib {authlib.__version__}"
PIKEPDF = f"pikepdf {pikepdf.__version__}"


def base64url(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


class Peers:
    def __init__(
        self, token: str, audience: str, chain: list[bytes], key: rsa.RSAPrivateKey, pem: str
    ) -> None:
        self.token = token
        self.audience = audience
        self.key = key
        # Read once, as the others' keys are.
        self.imported = JsonWebKey.import_key(pem)
        self.header = {
            "x5t#S256": base64url(hashlib.sha256(chain[0]).digest()),
            "x5c": [base64.b64encode(one).decode() for one in chain],
            "alg": "RS256",
        }

    def request(self) -> httpx.Request:
        krav = {
            "beskrivelse": "Faktura 20261101-17, levering af varme i oktober 2026",
            "beloeb": 12345.67,
            "endeligt": False,
            "opgjortdato": "2026-11-01",
        }
        return httpx.Request(
            "POST",
            KRAV,
            headers={
                "Accept": "application/json",
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
            },
            content=json.dumps(krav, ensure_ascii=False).encode(),
        )

    def claims(self, now: int) -> dict[str, object]:
        return {
            "iss": "https://reporter.example",
            "sub": "11223344",
            "aud": self.audience,
            "jti": "0b60c02a-46c3-4cc9-b0fc-dd87f81ff0b7",
            "exp": now + 50,
        }

    def signing_input(self, now: int) -> str:
        parts = (self.header, self.claims(now))
        return ".".join(base64url(json.dumps(one, separators=(",", ":")).encode()) for one in parts)

    def with_pyjwt(self, now: int) -> str:
        return jwt.encode(self.claims(now), self.key, algorithm="RS256", headers=self.header)

    def with_authlib(self, now: int) -> str:
        claims = json.dumps(self.claims(now)).encode()
        signed = JsonWebSignature().serialize_compact(self.header, claims, self.imported)
        return bytes(signed).decode()

    def sign(self, octets: bytes) -> bytes:
        return self.key.sign(octets, padding.PKCS1v15(), SHA256())

    @staticmethod
    def open(file: bytes) -> int:
        """Reads every object: less than a check."""
        with pikepdf.open(io.BytesIO(file)) as pdf:
            return sum(1 for _ in pdf.objects)
