"""RC4, AES and the standard security handler (ISO 32000-2, 7.6), for writing encrypted files.

Made for small files that are written once; slow, and safe for nothing else.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import md5, sha256, sha384, sha512

PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def rc4(key: bytes, data: bytes) -> bytes:
    """RC4; the same way back and forth."""
    state = list(range(256))
    other = 0
    for here in range(256):
        other = (other + state[here] + key[here % len(key)]) & 0xFF
        state[here], state[other] = state[other], state[here]
    out = bytearray()
    here = other = 0
    for byte in data:
        here = (here + 1) & 0xFF
        other = (other + state[here]) & 0xFF
        state[here], state[other] = state[other], state[here]
        out.append(byte ^ state[(state[here] + state[other]) & 0xFF])
    return bytes(out)


def _double(value: int) -> int:
    value <<= 1
    return value ^ 0x11B if value & 0x100 else value


def _boxes() -> tuple[list[int], list[list[int]]]:
    box = [0] * 256
    left = right = 1
    while True:
        left ^= _double(left)
        for shift in (1, 2, 4):
            right = (right ^ right << shift) & 0xFF
        if right & 0x80:
            right ^= 0x09
        turned = right
        for shift in (1, 2, 3, 4):
            turned ^= (right << shift | right >> (8 - shift)) & 0xFF
        box[left] = turned ^ 0x63
        if left == 1:
            break
    box[0] = 0x63
    first = []
    for value in box:
        two = _double(value)
        first.append(two << 24 | value << 16 | value << 8 | two ^ value)
    tables = [first]
    for _ in range(3):
        tables.append([word >> 8 | (word & 0xFF) << 24 for word in tables[-1]])
    return box, tables


_BOX, _TABLES = _boxes()


@lru_cache(maxsize=64)
def _schedule(key: bytes) -> tuple[int, ...]:
    size = len(key) // 4
    words = [int.from_bytes(key[start : start + 4], "big") for start in range(0, len(key), 4)]
    factor = 1

    def substitute(word: int) -> int:
        return int.from_bytes(bytes(_BOX[byte] for byte in word.to_bytes(4, "big")), "big")

    for index in range(size, 4 * (size + 7)):
        word = words[-1]
        if index % size == 0:
            word = substitute((word << 8 | word >> 24) & 0xFFFFFFFF) ^ factor << 24
            factor = _double(factor)
        elif size > 6 and index % size == 4:
            word = substitute(word)
        words.append(words[index - size] ^ word)
    return tuple(words)


def _block(keys: tuple[int, ...], block: bytes) -> bytes:
    number = int.from_bytes(block, "big")
    a, b, c, d = (number >> shift & 0xFFFFFFFF for shift in (96, 64, 32, 0))
    a, b, c, d = a ^ keys[0], b ^ keys[1], c ^ keys[2], d ^ keys[3]
    t0, t1, t2, t3 = _TABLES
    last = len(keys) - 4
    for at in range(4, last, 4):
        a, b, c, d = (
            t0[a >> 24] ^ t1[b >> 16 & 255] ^ t2[c >> 8 & 255] ^ t3[d & 255] ^ keys[at],
            t0[b >> 24] ^ t1[c >> 16 & 255] ^ t2[d >> 8 & 255] ^ t3[a & 255] ^ keys[at + 1],
            t0[c >> 24] ^ t1[d >> 16 & 255] ^ t2[a >> 8 & 255] ^ t3[b & 255] ^ keys[at + 2],
            t0[d >> 24] ^ t1[a >> 16 & 255] ^ t2[b >> 8 & 255] ^ t3[c & 255] ^ keys[at + 3],
        )
    words = []
    for w, x, y, z, key in ((a, b, c, d, 0), (b, c, d, a, 1), (c, d, a, b, 2), (d, a, b, c, 3)):
        mixed = _BOX[w >> 24] << 24 | _BOX[x >> 16 & 255] << 16 | _BOX[y >> 8 & 255] << 8
        words.append((mixed | _BOX[z & 255]) ^ keys[last + key])
    return b"".join(word.to_bytes(4, "big") for word in words)


def aes_cbc(key: bytes, start: bytes, data: bytes) -> bytes:
    """AES in CBC mode of whole blocks, without padding."""
    keys = _schedule(key)
    out = bytearray()
    before = int.from_bytes(start, "big")
    for place in range(0, len(data), 16):
        block = int.from_bytes(data[place : place + 16], "big") ^ before
        done = _block(keys, block.to_bytes(16, "big"))
        out += done
        before = int.from_bytes(done, "big")
    return bytes(out)


def aes_ecb(key: bytes, data: bytes) -> bytes:
    """One block of AES."""
    return _block(_schedule(key), data)


def aes_padded(key: bytes, salt: bytes, data: bytes) -> bytes:
    """As PDF has it: the start vector, then CBC with padding. The vector is made from `salt`."""
    start = md5(salt + data).digest()
    pad = 16 - len(data) % 16
    return start + aes_cbc(key, start, data + bytes([pad]) * pad)


def hash_r6(password: bytes, salt: bytes, user: bytes = b"") -> bytes:
    """Algorithm 2.B."""
    key = sha256(password + salt + user).digest()
    number = 0
    while True:
        block = aes_cbc(key[:16], key[16:32], (password + key + user) * 64)
        key = (sha256, sha384, sha512)[sum(block[:16]) % 3](block).digest()
        number += 1
        if number >= 64 and block[-1] <= number - 32:
            return key[:32]


def hash_r5(password: bytes, salt: bytes, user: bytes = b"") -> bytes:
    """What the withdrawn revision 5 does instead."""
    return sha256(password + salt + user).digest()


class Handler:
    """One of RC4-40, RC4-128, AES-128 (R4), AES-256 (R5, R6), with its dictionary."""

    def __init__(
        self,
        method: str,
        revision: int,
        user: bytes = b"",
        owner: bytes = b"owner",
        metadata: bool = True,
        file_id: bytes = b"0123456789abcdef",
        extra: str = "",
        plain_streams: bool = False,
    ) -> None:
        self.method = method
        self.revision = revision
        self.user = user
        self.owner = owner
        self.metadata = metadata
        self.file_id = file_id
        self.extra = extra
        self.plain_streams = plain_streams
        self.permissions = -44
        self.dictionary = self._new() if revision >= 5 else self._old()

    def _old(self) -> str:
        size = 5 if self.revision == 2 else 16
        owner_key = md5((self.owner + PADDING)[:32]).digest()
        if self.revision >= 3:
            for _ in range(50):
                owner_key = md5(owner_key[:size]).digest()
        owner = (self.user + PADDING)[:32]
        for step in range(20 if self.revision >= 3 else 1):
            owner = rc4(bytes(byte ^ step for byte in owner_key[:size]), owner)
        flags = self.permissions & 0xFFFFFFFF
        seed = (self.user + PADDING)[:32] + owner + flags.to_bytes(4, "little") + self.file_id
        if self.revision >= 4 and not self.metadata:
            seed += b"\xff\xff\xff\xff"
        key = md5(seed).digest()
        if self.revision >= 3:
            for _ in range(50):
                key = md5(key[:size]).digest()
        self.key = key[:size]
        if self.revision == 2:
            check = rc4(self.key, PADDING)
        else:
            check = md5(PADDING + self.file_id).digest()
            for step in range(20):
                check = rc4(bytes(byte ^ step for byte in self.key), check)
            check += bytes(16)
        version = {2: "/V 1", 3: "/V 2/Length 128"}.get(self.revision)
        if version is None:
            kind = "AESV2" if self.method == "AES-128" else "V2"
            streams = "Identity" if self.plain_streams else "StdCF"
            version = f"/V 4/Length 128/CF<</StdCF<</CFM/{kind}/AuthEvent/DocOpen/Length 16>>>>"
            version += f"/StmF/{streams}/StrF/StdCF"
        return f"<</Filter/Standard{version}/R {self.revision}/O<{owner.hex()}>/U<{check.hex()}>/P {self.permissions}{self._meta()}{self.extra}>>"

    def _meta(self) -> str:
        return "" if self.metadata else "/EncryptMetadata false"

    def _new(self) -> str:
        digest = hash_r6 if self.revision >= 6 else hash_r5
        self.key = sha256(b"file key").digest()
        salts = [sha256(bytes([number])).digest()[:8] for number in range(4)]
        user = digest(self.user, salts[0]) + salts[0] + salts[1]
        user_key = aes_cbc(digest(self.user, salts[1]), bytes(16), self.key)
        owner = digest(self.owner, salts[2], user) + salts[2] + salts[3]
        owner_key = aes_cbc(digest(self.owner, salts[3], user), bytes(16), self.key)
        flags = (self.permissions & 0xFFFFFFFF).to_bytes(4, "little") + b"\xff\xff\xff\xff"
        block = flags + (b"T" if self.metadata else b"F") + b"adbabcd"
        filters = "/CF<</StdCF<</CFM/AESV3/AuthEvent/DocOpen/Length 32>>>>/StmF/StdCF/StrF/StdCF"
        return f"<</Filter/Standard/V 5/R {self.revision}/Length 256{filters}/O<{owner.hex()}>/U<{user.hex()}>/OE<{owner_key.hex()}>/UE<{user_key.hex()}>/Perms<{aes_ecb(self.key, block).hex()}>/P {self.permissions}{self._meta()}{self.extra}>>"

    def _crypt(self, number: int, generation: int, data: bytes) -> bytes:
        salt = number.to_bytes(3, "little") + generation.to_bytes(2, "little")
        if self.revision >= 5:
            return aes_padded(self.key, salt, data)
        if self.method == "AES-128":
            key = md5(self.key + salt + b"sAlT").digest()[: min(16, len(self.key) + 5)]
            return aes_padded(key, salt, data)
        return rc4(md5(self.key + salt).digest()[: min(16, len(self.key) + 5)], data)

    def stream(self, number: int, generation: int, data: bytes) -> bytes:
        """The data of a stream."""
        return data if self.plain_streams else self._crypt(number, generation, data)

    def text(self, number: int, data: bytes, generation: int = 0) -> str:
        """A string of an object, as it is written."""
        return f"<{self._crypt(number, generation, data).hex()}>"
