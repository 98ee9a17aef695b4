"""Encoders of stream filters whose output is the same on every machine.

The zlib of different systems packs differently, so nothing that is committed is packed with it.
"""

from __future__ import annotations

import zlib


class _Bits:
    """Bits in the order of deflate: the lowest bit of a byte comes first."""

    def __init__(self) -> None:
        self.out = bytearray()
        self._held = 0
        self._count = 0

    def put(self, value: int, width: int) -> None:
        """Appends a number, its lowest bit first."""
        self._held |= value << self._count
        self._count += width
        while self._count >= 8:
            self.out.append(self._held & 0xFF)
            self._held >>= 8
            self._count -= 8

    def code(self, value: int, width: int) -> None:
        """Appends a Huffman code, its highest bit first."""
        turned = 0
        for bit in range(width):
            turned |= (value >> bit & 1) << (width - 1 - bit)
        self.put(turned, width)

    def end(self) -> bytes:
        if self._count:
            self.put(0, 8 - self._count)
        return bytes(self.out)


def _zlib(deflated: bytes, adler: int) -> bytes:
    return b"\x78\x01" + deflated + adler.to_bytes(4, "big")


def stored(data: bytes) -> bytes:
    """Flate without packing: stored blocks."""
    blocks = bytearray()
    pieces = [data[start : start + 0xFFFF] for start in range(0, len(data), 0xFFFF)] or [b""]
    for number, piece in enumerate(pieces):
        blocks.append(number == len(pieces) - 1)
        size = len(piece)
        blocks += size.to_bytes(2, "little") + (size ^ 0xFFFF).to_bytes(2, "little") + piece
    return _zlib(bytes(blocks), zlib.adler32(data))


def _bases(start: int, extra_bits: list[int]) -> list[tuple[int, int]]:
    rows = []
    for extra in extra_bits:
        rows.append((start, extra))
        start += 1 << extra
    return rows


_LENGTHS = _bases(3, [0] * 8 + [1] * 4 + [2] * 4 + [3] * 4 + [4] * 4 + [5] * 4)
_DISTANCES = _bases(1, [0, 0, 0, 0] + [extra for extra in range(1, 14) for _ in (0, 1)])


def _fixed_literal(bits: _Bits, symbol: int) -> None:
    if symbol < 144:
        bits.code(0x30 + symbol, 8)
    elif symbol < 256:
        bits.code(0x190 + symbol - 144, 9)
    elif symbol < 280:
        bits.code(symbol - 256, 7)
    else:
        bits.code(0xC0 + symbol - 280, 8)


def _row(rows: list[tuple[int, int]], value: int) -> int:
    return max(index for index, (base, _) in enumerate(rows) if base <= value)


def flate(data: bytes) -> bytes:
    """Flate with fixed codes and the first match that is found: packs what repeats itself."""
    bits = _Bits()
    bits.put(1, 1)
    bits.put(1, 2)
    seen: dict[bytes, int] = {}
    place = 0
    while place < len(data):
        key = data[place : place + 4]
        earlier = seen.get(key, -1) if len(key) == 4 else -1
        length = 0
        if earlier >= 0 and place - earlier <= 32768:
            length = 4
            while (
                length < 258 and place + length < len(data) and data[earlier + length] == data[place + length]
            ):
                length += 1
        for inner in range(place, place + max(1, min(length, 16))):
            seen[data[inner : inner + 4]] = inner
        if not length:
            _fixed_literal(bits, data[place])
            place += 1
            continue
        if length == 258:
            _fixed_literal(bits, 285)
        else:
            symbol = _row(_LENGTHS, length)
            _fixed_literal(bits, 257 + symbol)
            bits.put(length - _LENGTHS[symbol][0], _LENGTHS[symbol][1])
        distance = place - earlier
        symbol = _row(_DISTANCES, distance)
        bits.code(symbol, 5)
        bits.put(distance - _DISTANCES[symbol][0], _DISTANCES[symbol][1])
        place += length
    _fixed_literal(bits, 256)
    return _zlib(bits.end(), zlib.adler32(data))


def flate_run(byte: int, matches: int, start: bytes = b"") -> bytes:
    """Flate of `start`, then 1 + 258 * `matches` times the same byte, in two bits a match.

    The checksum is left out as wrong: no reader minds, and computing it would take the unpacked size.
    """
    bits = _Bits()
    if start:
        bits.put(0, 1)
        bits.put(0, 2)
        bits.put(0, 5)  # up to the next byte
        for field in (len(start), len(start) ^ 0xFFFF):
            bits.put(field, 16)
        for literal in start:
            bits.put(literal, 8)
    bits.put(1, 1)
    bits.put(2, 2)
    # Code lengths: the byte 2, the end (256) 2, the length 258 (285) 1; distance 1 has the one code.
    lengths = [0] * 286
    lengths[byte] = 2
    lengths[256] = 2
    lengths[285] = 1
    order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    bits.put(286 - 257, 5)
    bits.put(0, 5)
    bits.put(len(order) - 4, 4)
    own = {0: 1, 1: 2, 2: 2}  # the code lengths of the code lengths: 0 is '0', 1 is '10', 2 is '11'
    for symbol in order:
        bits.put(own.get(symbol, 0), 3)
    codes = {0: (0, 1), 1: (2, 2), 2: (3, 2)}
    for length in lengths + [1]:
        bits.code(*codes[length])
    bits.code(2, 2)  # the byte
    for _ in range(matches):
        bits.code(0, 1)
        bits.code(0, 1)
    bits.code(3, 2)
    return _zlib(bits.end(), 0)


def lzw(data: bytes, early: int = 1) -> bytes:
    """LZW as PDF has it: codes of 9 to 12 bits, the highest bit first."""
    out: list[str] = []
    table: dict[bytes, int] = {}
    width = 9

    def put(code: int) -> None:
        out.append(format(code, f"0{width}b"))

    put(256)
    table = {bytes([byte]): byte for byte in range(256)}
    word = b""
    following = 258
    for byte in data:
        longer = word + bytes([byte])
        if longer in table:
            word = longer
            continue
        put(table[word])
        table[longer] = following
        following += 1
        word = bytes([byte])
        if following + early > 1 << width:
            width += 1
        if width > 12:
            width = 12
            put(256)
            table = {bytes([value]): value for value in range(256)}
            following = 258
            width = 9
    if word:
        put(table[word])
        following += 1
        if following + early > 1 << width and width < 12:
            width += 1
    put(257)
    text = "".join(out)
    text += "0" * (-len(text) % 8)
    return bytes(int(text[start : start + 8], 2) for start in range(0, len(text), 8))


def ascii85(data: bytes, end: bytes = b"~>") -> bytes:
    """ASCII base-85."""
    out = bytearray()
    for start in range(0, len(data), 4):
        piece = data[start : start + 4]
        number = int.from_bytes(piece + b"\0" * (4 - len(piece)), "big")
        if number == 0 and len(piece) == 4:
            out += b"z"
            continue
        digits = []
        for _ in range(5):
            number, digit = divmod(number, 85)
            digits.append(33 + digit)
        out += bytes(digits[::-1][: len(piece) + 1])
    return bytes(out) + end


def ascii_hex(data: bytes, end: bytes = b">") -> bytes:
    """Two hexadecimal digits a byte."""
    return data.hex().encode() + end


def run_length(data: bytes) -> bytes:
    """Runs of up to 128 bytes; none of them is packed."""
    out = bytearray()
    for start in range(0, len(data), 128):
        piece = data[start : start + 128]
        out += bytes([len(piece) - 1]) + piece
    return bytes(out) + b"\x80"


def predict_up(data: bytes, columns: int) -> bytes:
    """PNG rows of the type Up (predictor 12)."""
    data += b" " * (-len(data) % columns)
    out = bytearray()
    above = bytes(columns)
    for start in range(0, len(data), columns):
        row = data[start : start + columns]
        out.append(2)
        out += bytes((here - up) & 0xFF for here, up in zip(row, above))
        above = row
    return bytes(out)


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    near = sorted(((abs(guess - left), 0, left), (abs(guess - up), 1, up), (abs(guess - corner), 2, corner)))
    return near[0][2]


def predict_mixed(data: bytes, columns: int, wide: int = 1) -> bytes:
    """PNG rows of all five types in turn (predictor 15); `wide` is the number of bytes of a pixel."""
    data += b" " * (-len(data) % columns)
    out = bytearray()
    above = bytes(columns)
    for number, start in enumerate(range(0, len(data), columns)):
        row = data[start : start + columns]
        kind = number % 5
        out.append(kind)
        for place, here in enumerate(row):
            left = row[place - wide] if place >= wide else 0
            up = above[place]
            corner = above[place - wide] if place >= wide else 0
            guess = (0, left, up, (left + up) // 2, _paeth(left, up, corner))[kind]
            out.append((here - guess) & 0xFF)
        above = row
    return bytes(out)


def predict_tiff(data: bytes, columns: int) -> bytes:
    """TIFF rows (predictor 2), one byte a pixel."""
    data += b" " * (-len(data) % columns)
    out = bytearray()
    for start in range(0, len(data), columns):
        left = 0
        for here in data[start : start + columns]:
            out.append((here - left) & 0xFF)
            left = here
    return bytes(out)
