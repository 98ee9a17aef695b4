"""Data that unpacks to far more than it is, and filters without end."""

from __future__ import annotations

from . import codecs
from .expected import ANY, Case, Facts, Finding, made, script_at, trick
from .limits import limit_reached
from .writer import (
    Body,
    Stream,
    document,
    first,
    object_stream,
    packed,
    script,
)

AREA = "bombs"
# Two hundred million bytes, more than one stream may unpack to.
_MATCHES = 800_000


def _bomb(number: int) -> Finding:
    return Finding("decompression_bomb", number, ANY, None, 1, ANY)


@trick(AREA)
def bomb_in_object_stream() -> Case:
    """An object stream unpacks to 200 MB; its first object is harmless, and the next is behind them."""
    head = b"7 0 6 200000000 "
    pdf = document(catalog="/OpenAction 6 0 R")
    pdf.packed = {7: (10, 0), 6: (10, 1)}
    pdf.size = 8
    data = codecs.flate(codecs.flate_run(0x20, _MATCHES, head + b"<<>>"))
    pdf.add(10, Stream(data, "/Type/ObjStm/N 2/First 16/Filter[/FlateDecode/FlateDecode]"))
    return Case(pdf.xref_stream(20).whole(), [_bomb(10), limit_reached()], "unpacked")


@trick(AREA)
def bomb_in_object_stream_script_first() -> Case:
    """An object stream begins with a script and unpacks to 200 MB: what came before the limit counts."""
    inner = {6: script()}
    pdf = document(catalog="/OpenAction 6 0 R")
    pdf.pack(10, inner)
    data = codecs.flate(codecs.flate_run(0x20, _MATCHES, packed(inner)))
    pdf.add(10, Stream(data, f"/Type/ObjStm/N 1/First {first(inner)}/Filter[/FlateDecode/FlateDecode]"))
    return Case(pdf.xref_stream(20).whole(), [script_at(6, "Root/OpenAction"), _bomb(10), limit_reached()])


@trick(AREA)
def bomb_in_form() -> Case:
    """The stream of an XFA form unpacks to 200 MB."""
    data = codecs.flate(codecs.flate_run(0x20, _MATCHES, b"<template>"))
    objects: dict[int, Body] = {
        6: "<</Fields[7 0 R]/XFA 8 0 R>>",
        7: "<</FT/Tx/T(a)>>",
        8: Stream(data, "/Filter[/FlateDecode/FlateDecode]"),
    }
    found = [Finding("xfa", 6, "Root/AcroForm/XFA"), _bomb(8), limit_reached()]
    pdf = document(objects, catalog="/AcroForm 6 0 R")
    return Case(pdf.end(), found, "unpacked", Facts(form=True))


@trick(AREA)
def bomb_in_content() -> Case:
    """The page's content unpacks to 200 MB: a viewer chokes on it."""
    data = codecs.flate_run(0x20, _MATCHES)
    return Case(document(content=Stream(data, "/Filter/FlateDecode")).end(), [_bomb(4)], "unpacked")


@trick(AREA)
def bomb_in_bomb_in_content() -> Case:
    """The page's content is Flate in Flate, and unpacks to 200 MB."""
    data = codecs.flate(codecs.flate_run(0x20, _MATCHES))
    return Case(
        document(content=Stream(data, "/Filter[/FlateDecode/FlateDecode]")).end(), [_bomb(4)], "unpacked"
    )


@trick(AREA)
def bomb_whose_filters_are_elsewhere() -> Case:
    """The page's content is Flate in Flate, and the list of its filters is an object of its own."""
    data = codecs.flate(codecs.flate_run(0x20, _MATCHES))
    pdf = document({30: "[/FlateDecode/FlateDecode]"}, content=Stream(data, "/Filter 30 0 R"))
    return Case(pdf.end(), [_bomb(4)], "unpacked")


@trick(AREA)
def bomb_whose_filter_is_elsewhere() -> Case:
    """The page's content is Flate in Flate, and the names of its filters are objects of their own."""
    data = codecs.flate(codecs.flate_run(0x20, _MATCHES))
    pdf = document({30: "/FlateDecode"}, content=Stream(data, "/Filter[30 0 R 30 0 R]"))
    return Case(pdf.end(), [_bomb(4)], "unpacked")


@trick(AREA)
def bomb_in_cross_reference_stream() -> Case:
    """The cross-reference stream unpacks to 200 MB of rows of free objects; the table can be rebuilt."""
    pdf = document(catalog="/OpenAction" + script())
    rows, _ = pdf.stream_rows(20)
    place = pdf.here
    data = codecs.flate(codecs.flate_run(0, _MATCHES, rows[: 6 * 6]))
    entries = "/W[1 3 2]/Index[0 30000000]/Root 1 0 R/Filter[/FlateDecode/FlateDecode]"
    pdf.raw_xref_stream(20, data, entries, "30000000")
    found = [script_at(1, "Root/OpenAction"), _bomb(20), limit_reached()]
    return Case(pdf.start(place).whole(), found, facts=Facts(repaired=True))


@trick(AREA)
def pale_page() -> Case:
    """A page's content packs a thousand to one and is small: no bomb."""
    data = codecs.flate_run(0x20, 2000)
    return Case(document(content=Stream(data, "/Filter/FlateDecode")).end(), [])


@trick(AREA)
def filters_thousand() -> Case:
    """An object stream has a thousand filters."""
    inner = {6: script()}
    pdf = document(catalog="/OpenAction 6 0 R")
    pdf.pack(10, inner)
    pdf.add(10, object_stream(inner, entries="/Filter[{}]".format("/AHx" * 1000)))
    return Case(pdf.xref_stream(20).whole(), [], "unreadable")


_PREDICTORS = {
    "columns_huge": (
        "/Predictor 12/Columns 2147483647",
        "An object stream's rows are two thousand million bytes.",
    ),
    "columns_zero": ("/Predictor 12/Columns 0", "An object stream's rows are empty."),
    "columns_negative": ("/Predictor 12/Columns -8", "An object stream's rows are of negative length."),
    "colours_huge": (
        "/Predictor 15/Columns 4294967295/Colors 4294967295/BitsPerComponent 32",
        "The length of an object stream's rows is beyond 64 bits.",
    ),
}


def _predictors() -> None:
    for name, (parameters, words) in _PREDICTORS.items():

        def make(parameters: str = parameters) -> Case:
            inner = {6: script()}
            pdf = document(catalog="/OpenAction 6 0 R")
            pdf.pack(10, inner)
            data = codecs.flate(b"\x03" + packed(inner))
            entries = f"/Filter/FlateDecode/DecodeParms<<{parameters}>>"
            pdf.add(10, object_stream(inner, data, entries))
            # Whether something can be made of it is open, but not that it is judged clean.
            return Case(pdf.xref_stream(20).whole(), [Finding(ANY, None, ANY, None, None, ANY)], ANY)

        made(AREA, "predictor_" + name, words, make)


_predictors()
