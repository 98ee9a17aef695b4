"""Scripts in object streams, through every filter and chain of filters."""

from __future__ import annotations

from typing import Callable

from . import codecs
from .expected import Case, made, trick
from .packed import FOUND, INNER, file_with
from .writer import (
    Body,
    object_stream,
    packed,
)

AREA = "filters"


Encode = Callable[[bytes], bytes]


def _same(data: bytes) -> bytes:
    return data


def _chain(data: bytes) -> bytes:
    data = codecs.lzw(codecs.run_length(data))
    return codecs.ascii_hex(codecs.ascii85(codecs.flate(data)))


_FILTERS: dict[str, tuple[Encode, str, str]] = {
    "plain": (_same, "", "The object stream has no filter."),
    "flate_stored": (codecs.stored, "/Filter/FlateDecode", "Flate with stored blocks."),
    "flate": (codecs.flate, "/Filter/FlateDecode", "Flate with fixed codes."),
    "flate_up": (
        lambda data: codecs.flate(codecs.predict_up(data, 8)),
        "/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 8>>",
        "Flate, and above it rows that differ from the row before.",
    ),
    "flate_mixed": (
        lambda data: codecs.flate(codecs.predict_mixed(data, 12, 3)),
        "/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 4/Colors 3>>",
        "Flate, and above it rows of all five kinds of PNG with pixels of three bytes.",
    ),
    "flate_predictor_name_only": (
        lambda data: codecs.flate(codecs.predict_mixed(data, 7)),
        "/Filter/FlateDecode/DecodeParms<</Predictor 10/Columns 7>>",
        "The predictor says that no row differs (10), and each row says otherwise.",
    ),
    "flate_tiff": (
        lambda data: codecs.flate(codecs.predict_tiff(data, 9)),
        "/Filter/FlateDecode/DecodeParms<</Predictor 2/Columns 9>>",
        "Flate with the predictor of TIFF.",
    ),
    "lzw": (codecs.lzw, "/Filter/LZWDecode", "LZW."),
    "lzw_late": (
        lambda data: codecs.lzw(data, 0),
        "/Filter/LZWDecode/DecodeParms<</EarlyChange 0>>",
        "LZW whose codes grow late.",
    ),
    "lzw_up": (
        lambda data: codecs.lzw(codecs.predict_up(data, 8)),
        "/Filter/LZWDecode/DecodeParms<</Predictor 12/Columns 8>>",
        "LZW with a predictor.",
    ),
    "ascii85": (codecs.ascii85, "/Filter/ASCII85Decode", "ASCII85."),
    "ascii85_mark": (
        lambda data: b"<~" + codecs.ascii85(data),
        "/Filter/ASCII85Decode",
        "ASCII85 that begins with the mark which PDF does not have, and viewers skip.",
    ),
    "ascii85_open": (
        lambda data: codecs.ascii85(data, b""),
        "/Filter/ASCII85Decode",
        "ASCII85 without its end mark.",
    ),
    "ascii_hex": (codecs.ascii_hex, "/Filter/ASCIIHexDecode", "Hexadecimal digits."),
    "ascii_hex_open": (
        lambda data: codecs.ascii_hex(data, b""),
        "/Filter/ASCIIHexDecode",
        "Hexadecimal digits without the end mark.",
    ),
    "run_length": (codecs.run_length, "/Filter/RunLengthDecode", "RunLength."),
    "ascii85_flate": (
        lambda data: codecs.ascii85(codecs.flate(data)),
        "/Filter[/ASCII85Decode/FlateDecode]",
        "ASCII85 around Flate.",
    ),
    "chain_of_five": (
        _chain,
        "/Filter[/ASCIIHexDecode/ASCII85Decode/FlateDecode/LZWDecode/RunLengthDecode]",
        "Five filters around each other.",
    ),
    "flate_twice": (
        lambda data: codecs.flate(codecs.flate(data)),
        "/Filter[/FlateDecode/FlateDecode]",
        "Flate in Flate.",
    ),
    "abbreviated": (
        lambda data: codecs.ascii85(codecs.flate(data)),
        "/Filter[/A85/Fl]",
        "The filters' names are the short ones of inline images, which viewers take here too.",
    ),
    "parameters_null": (
        lambda data: codecs.ascii85(codecs.flate(codecs.predict_up(data, 8))),
        "/Filter[/ASCII85Decode/FlateDecode]/DecodeParms[null<</Predictor 12/Columns 8>>]",
        "The parameters are an array, and null for the first filter.",
    ),
    "parameters_short_key": (
        lambda data: codecs.flate(codecs.predict_up(data, 8)),
        "/Filter/FlateDecode/DP<</Predictor 12/Columns 8>>",
        "The parameters stand under the short key /DP.",
    ),
    "filter_in_array": (codecs.flate, "/Filter[/FlateDecode]", "An array of one filter."),
    "filter_empty": (_same, "/Filter[]", "An empty array of filters."),
    "filter_null": (_same, "/Filter null/DecodeParms null", "Filter and parameters are null."),
    "crypt_identity": (
        codecs.flate,
        "/Filter[/Crypt/FlateDecode]/DecodeParms[<</Name/Identity>>null]",
        "A Crypt filter that does nothing, in a file that is not encrypted.",
    ),
    "no_zlib_header": (
        lambda data: codecs.flate(data)[2:],
        "/Filter/FlateDecode",
        "Flate without the two bytes of zlib before it.",
    ),
    "wrong_checksum": (
        lambda data: codecs.flate(data)[:-4] + b"\0\0\0\0",
        "/Filter/FlateDecode",
        "The checksum of Flate is wrong.",
    ),
    "cut_short": (
        lambda data: codecs.stored(data)[:-6],
        "/Filter/FlateDecode",
        "Flate that ends before its end; all that matters came before.",
    ),
    "junk_behind": (
        lambda data: codecs.flate(data) + b"\nmore\n",
        "/Filter/FlateDecode",
        "More bytes stand behind the end of Flate.",
    ),
}


def _filters() -> None:
    for name, (encode, entries, words) in _FILTERS.items():

        def make(encode: Encode = encode, entries: str = entries) -> Case:
            data = encode(packed(INNER))
            return Case(file_with(object_stream(INNER, data, entries), INNER).whole(), list(FOUND))

        made(AREA, name, words, make)


_filters()


@trick(AREA)
def filter_by_reference() -> Case:
    """The filter and its parameters are objects of their own."""
    data = codecs.ascii85(codecs.flate(codecs.predict_up(packed(INNER), 8)))
    container = object_stream(INNER, data, "/Filter 11 0 R/DecodeParms 12 0 R")
    others: dict[int, Body] = {
        11: "[13 0 R/FlateDecode]",
        12: "[null 14 0 R]",
        13: "/ASCII85Decode",
        14: "<</Predictor 12/Columns 15 0 R>>",
        15: "8",
    }
    return Case(file_with(container, INNER, others).whole(), list(FOUND))


@trick(AREA)
def unknown_filter() -> Case:
    """No reader knows the filter of an object stream in which the OpenAction is said to be."""
    container = object_stream(INNER, b"\1\2\3\4", "/Filter/SecretDecode")
    return Case(file_with(container, INNER).whole(), [], "unreadable")


@trick(AREA)
def image_filter() -> Case:
    """An object stream says that it is a JPEG."""
    container = object_stream(INNER, b"\xff\xd8\xff\xd9", "/Filter/DCTDecode")
    return Case(file_with(container, INNER).whole(), [], "unreadable")


@trick(AREA)
def damaged_flate() -> Case:
    """The data of an object stream is no Flate at all."""
    container = object_stream(INNER, b"\xff" * 60, "/Filter/FlateDecode")
    return Case(file_with(container, INNER).whole(), [], "unreadable")
