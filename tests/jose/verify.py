"""The assertions of tests/vectors/assertion, judged by PyJWT and cryptography, which share no code
with the library. `cargo xtask test jose` runs it with the packages that it needs."""

import base64
import calendar
import hashlib
import json
import sys
import time
import unittest
from pathlib import Path
from urllib.parse import parse_qs

import jwt
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

FOLDER = Path(__file__).parent.parent / "vectors" / "assertion"
AUDIENCES = {
    "test": "https://sysauth.test-minskiftesag.net",
    "production": "https://sysauth.domstol.dk",
}


def cases():
    for path in sorted(FOLDER.glob("*.json")):
        for case in json.loads(path.read_text(encoding="utf-8"))["cases"]:
            if case["input"]["do"] == "sign" and "signature" in case["expect"]:
                yield case


def audience(given):
    environment = given.get("environment", {"kind": "test"})
    return environment.get("audience") or AUDIENCES[environment["kind"]]


def seconds(text):
    """Seconds since the epoch; what follows the second does not count."""
    return calendar.timegm(time.strptime(text[:19], "%Y-%m-%dT%H:%M:%S"))


def decoded(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def verified(token, key, aud):
    # PyJWT reads the clock, so the times are compared by hand.
    options = {
        "verify_exp": False,
        "verify_nbf": False,
        "verify_iat": False,
        "require": ["iss", "sub", "aud", "exp", "jti"],
    }
    return jwt.decode(token, key, algorithms=["RS256"], audience=aud, options=options)


class Assertions(unittest.TestCase):
    def check_chain(self, entries, given):
        certificates = []
        for entry, pem in zip(entries, given["chain"]):
            der = base64.b64decode(entry, validate=True)
            self.assertEqual(base64.b64encode(der).decode(), entry, "standard Base64")
            pem = x509.load_pem_x509_certificate(pem.encode())
            self.assertEqual(der, pem.public_bytes(Encoding.DER))
            certificates.append(x509.load_der_x509_certificate(der))
        whole = len(given["chain"])
        with_root = given["settings"].get("include_root", True)
        self.assertEqual(len(entries), whole if with_root else whole - 1)
        for certificate, issuer in zip(certificates, certificates[1:]):
            self.assertEqual(certificate.issuer, issuer.subject)
            certificate.verify_directly_issued_by(issuer)
        return certificates[0]

    def check_claims(self, claims, given):
        settings, now = given["settings"], seconds(given["now"])
        expected = {
            "iss": settings["issuer"],
            "sub": settings["subject"],
            "aud": audience(given),
            "exp": now + settings.get("lifetime_seconds", 50),
            "jti": given["jti"],
        }
        if settings.get("include_iat"):
            expected["iat"] = now
        if settings.get("include_nbf"):
            expected["nbf"] = now
        self.assertEqual(claims, expected)
        self.assertGreater(claims["exp"], now)

    def verify(self, given, expected):
        # The JWT is taken from the request, because that is what the portal sees.
        (token,) = parse_qs(expected["request"]["body"])["client_assertion"]
        self.assertEqual(token, expected["signing_input"] + "." + expected["signature"])
        header = jwt.get_unverified_header(token)
        self.assertEqual(list(header), ["x5t#S256", "x5c", "alg"])
        self.assertEqual(header["alg"], "RS256")
        leaf = self.check_chain(header["x5c"], given)
        digest = hashlib.sha256(leaf.public_bytes(Encoding.DER)).digest()
        self.assertEqual(header["x5t#S256"], encoded(digest))

        key = leaf.public_key()
        self.check_claims(verified(token, key, audience(given)), given)
        with self.assertRaises(jwt.InvalidAudienceError):
            verified(token, key, "https://sts.example.net")
        parts = token.split(".")
        for at in range(3):
            data = bytearray(decoded(parts[at]))
            data[len(data) // 2] ^= 1
            flipped = [encoded(bytes(data)) if i == at else part for i, part in enumerate(parts)]
            with self.assertRaises(jwt.InvalidTokenError):
                verified(".".join(flipped), key, audience(given))


def as_test(case):
    return lambda self: self.verify(case["input"], case["expect"])


for number, each in enumerate(cases()):
    # A test each, so that each is named and counted.
    method = as_test(each)
    method.__doc__ = each["name"]
    setattr(Assertions, f"test_{number}", method)


class Files(unittest.TestCase):
    def test_there_are_assertions_to_verify(self):
        self.assertGreater(len(list(cases())), 5)


if __name__ == "__main__":
    # To standard output, where the task that runs it counts the tests.
    unittest.main(testRunner=unittest.TextTestRunner(stream=sys.stdout, verbosity=2))
