"""Issues one certificate per ASN.1 string type, signed with openssl (PKCS#1 v1.5, SHA-256)."""
import subprocess
import sys
import tempfile

from ber import parse, tlv

issuer_key, issuer_pem, leaf_pem = sys.argv[1:]


def der_of(pem):
    return subprocess.run(["openssl", "x509", "-in", pem, "-outform", "DER"], check=True, capture_output=True).stdout


def fields(pem):
    ((_, certificate),) = parse(der_of(pem))
    return parse(parse(certificate)[0][1])


leaf, issuer = fields(leaf_pem), fields(issuer_pem)
sha256_rsa = tlv(0x30, tlv(6, bytes.fromhex("2a864886f70d01010b")) + tlv(5, b""))
text = "Blåbærgrød Æ/Ø/Å"
types = {
    "utf8": (0x0C, text.encode()),
    "t61": (0x14, text.encode("latin-1")),
    "bmp": (0x1E, text.encode("utf-16-be")),
    "universal": (0x1C, text.encode("utf-32-be")),
    "printable": (0x13, b"Blaabaergroed"),
    "ia5": (0x16, b"Blaabaergroed@example.dk"),
    "printable-latin1": (0x13, text.encode("latin-1")),
    "not-text": (0x02, b"\x2a"),
}
for name, (tag, value) in types.items():
    def attribute(oid, tag, value):
        return tlv(0x31, tlv(0x30, tlv(6, bytes.fromhex(oid)) + tlv(tag, value)))

    subject = tlv(0x30, attribute("550406", 0x13, b"DK") + attribute("550403", tag, value))
    # version, serial, algorithm, issuer (the issuing CA's subject), validity, subject, key
    tbs = tlv(leaf[0][0], leaf[0][1]) + tlv(2, b"\x55\x05") + sha256_rsa
    tbs = tlv(0x30, tbs + tlv(0x30, issuer[5][1]) + tlv(0x30, leaf[4][1]) + subject + tlv(0x30, leaf[6][1]))
    with tempfile.NamedTemporaryFile() as file:
        file.write(tbs)
        file.flush()
        signature = subprocess.run(["openssl", "dgst", "-sha256", "-sign", issuer_key, file.name], check=True, capture_output=True).stdout
    certificate = tlv(0x30, tbs + sha256_rsa + tlv(3, b"\0" + signature))
    open(f"string-{name}.der", "wb").write(certificate)
