"""Rewrites key stores as other programs write them: in BER with indefinite lengths and split octet
strings (older Java, Windows), and with a MAC by PBMAC1 (RFC 9579, openssl 3.4 and later)."""
import hashlib
import hmac
import os


def tlv(tag, body):
    n = len(body)
    if n < 128:
        return bytes([tag, n]) + body
    size = n.to_bytes((n.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(size)]) + size + body


def parse(data):
    """All elements of DER data as (tag, content)."""
    out, i = [], 0
    while i < len(data):
        tag, n, i = data[i], data[i + 1], i + 2
        if n & 0x80:
            k = n & 0x7F
            n, i = int.from_bytes(data[i : i + k], "big"), i + k
        out.append((tag, data[i : i + n]))
        i += n
    return out


def indefinite(data, depth=0):
    out = b""
    for tag, body in parse(data):
        if tag & 0x20:
            out += bytes([tag, 0x80]) + indefinite(body, depth + 1) + b"\0\0"
        elif tag == 0x04 and len(body) > 100:
            pieces = [body[i : i + 1000] for i in range(0, len(body), 1000)]
            out += bytes([0x24, 0x80]) + b"".join(tlv(4, p) for p in pieces) + b"\0\0"
        elif tag == 0x80 and depth > 2:
            pieces = [body[i : i + 1000] for i in range(0, len(body), 1000)]
            out += bytes([0xA0, 0x80]) + b"".join(tlv(4, p) for p in pieces) + b"\0\0"
        else:
            out += tlv(tag, body)
    return out


def main():
    for name in ("modern", "legacy"):
        der = open(name + ".p12", "rb").read()
        open(name + "-ber.p12", "wb").write(indefinite(der))
        # The authenticated safe inside is BER too; the MAC is over its bytes, so it is made again.
        ((_, pfx),) = parse(der)
        version, safe, mac = parse(pfx)
        (_, oid), (_, content) = parse(safe[1])
        ((_, octets),) = parse(content)
        octets = indefinite(octets)
        salt = os.urandom(8)
        password = "hemmelig".encode("utf-16-be") + b"\0\0"

        def derive(iterations):
            v = 64
            fill = lambda s: (s * (v // len(s) + 2))[: v * ((len(s) + v - 1) // v)]
            a = hashlib.sha1(b"\x03" * v + fill(salt) + fill(password)).digest()
            for _ in range(iterations - 1):
                a = hashlib.sha1(a).digest()
            return a

        sha1 = tlv(0x30, tlv(6, bytes.fromhex("2b0e03021a")) + tlv(5, b""))
        digest = hmac.new(derive(2000), octets, "sha1").digest()
        mac = tlv(0x30, tlv(0x30, sha1 + tlv(4, digest)) + tlv(4, salt) + tlv(2, (2000).to_bytes(2, "big")))
        body = tlv(0x30, tlv(6, oid) + tlv(0xA0, tlv(4, octets)))
        open(name + "-ber-inside.p12", "wb").write(indefinite(tlv(0x30, tlv(2, version[1]) + body + mac)))

        # PBMAC1: PBKDF2 and HMAC, both with SHA-256.
        ((_, octets),) = parse(content)
        key = hashlib.pbkdf2_hmac("sha256", b"hemmelig", salt, 2048, 32)
        sha256 = tlv(0x30, tlv(6, bytes.fromhex("2a864886f70d0209")) + tlv(5, b""))
        kdf = tlv(4, salt) + tlv(2, (2048).to_bytes(2, "big")) + tlv(2, b"\x20") + sha256
        kdf = tlv(0x30, tlv(6, bytes.fromhex("2a864886f70d01050c")) + tlv(0x30, kdf))
        algorithm = tlv(0x30, tlv(6, bytes.fromhex("2a864886f70d01050e")) + tlv(0x30, kdf + sha256))
        digest = hmac.new(key, octets, "sha256").digest()
        mac = tlv(0x30, tlv(0x30, algorithm + tlv(4, digest)) + tlv(4, b"NOT USED") + tlv(2, b"\x01"))
        body = tlv(0x30, tlv(6, oid) + tlv(0xA0, tlv(4, octets)))
        open(name + "-pbmac1.p12", "wb").write(tlv(0x30, tlv(2, version[1]) + body + mac))


if __name__ == "__main__":
    main()
