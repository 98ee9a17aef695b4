"""Cross-reference streams whose rows, widths or numbers are wrong."""

from __future__ import annotations

from . import codecs
from .expected import Case, Facts, made, trick
from .tables import FOUND, rebuilt, with_script
from .writer import (
    Pdf,
    document,
)

AREA = "rows"


_ROWS = b"\0\0\0\0\xff\xff"


def _stream_case(entries: str, size: str | None = None, tail: bytes = b"") -> Pdf:
    pdf = with_script()
    data, runs = pdf.stream_rows(9)
    place = pdf.here
    entries = entries.replace("RUNS", runs)
    pdf.raw_xref_stream(9, data + tail, entries + "/Root 1 0 R", size)
    return pdf.start(place)


_STREAMS = {
    "wide_fields": ("/W[1 3 2]/Index[RUNS]", None, False, "Nothing is wrong with it."),
    "index_missing": ("/W[1 3 2]", None, True, "/Index is not there, so that row 7 is not object 9."),
    "index_negative": ("/W[1 3 2]/Index[-3 7]", None, True, "/Index begins at a negative number."),
    "index_huge": ("/W[1 3 2]/Index[0 99999999999]", None, True, "/Index says more rows than there are."),
    "index_odd": ("/W[1 3 2]/Index[RUNS 5]", None, False, "/Index has a number without its pair."),
    "index_beyond": ("/W[1 3 2]/Index[4294967290 7]", None, True, "/Index begins beyond the largest number."),
    "widths_negative": ("/W[1 -3 2]/Index[RUNS]", None, True, "A field of the rows is of negative width."),
    "widths_huge": ("/W[1 99999999999 2]/Index[RUNS]", None, True, "A field is wider than the file."),
    "widths_overflow": (
        "/W[9223372036854775807 9223372036854775807 9223372036854775807]/Index[RUNS]",
        None,
        True,
        "The sum of the widths is beyond 64 bits.",
    ),
    "widths_zero": ("/W[0 0 0]/Index[RUNS]", None, True, "All widths are 0."),
    "widths_two": ("/W[1 3]/Index[RUNS]", None, True, "/W has two widths."),
    "widths_missing": ("/Index[RUNS]", None, True, "/W is not there."),
    "size_zero": ("/W[1 3 2]/Index[RUNS]", "0", False, "/Size is 0."),
    "size_huge": ("/W[1 3 2]/Index[RUNS]", "99999999999", False, "/Size is huge."),
}


def _streams() -> None:
    for name, (entries, size, repaired, words) in _STREAMS.items():

        def make(entries: str = entries, size: str | None = size, repaired: bool = repaired) -> Case:
            facts = Facts(repaired=repaired)
            return Case(_stream_case(entries, size).whole(), list(FOUND), facts=facts)

        made(AREA, "stream_" + name, "Cross-reference stream: " + words, make)


_streams()


@trick(AREA)
def stream_without_type_field() -> Case:
    """Cross-reference stream whose first width is 0: every row is of type 1."""
    pdf = with_script()
    place = pdf.here
    pdf.note(9, place)
    data = b"".join(pdf.places[number][0].to_bytes(2, "big") for number in range(1, 7))
    pdf.raw_xref_stream(9, data + place.to_bytes(2, "big"), "/W[0 2 0]/Index[1 6 9 1]/Root 1 0 R")
    return Case(pdf.start(place).whole(), list(FOUND))


@trick(AREA)
def stream_with_unknown_rows() -> Case:
    """Cross-reference stream with rows of types that do not exist, which are references to null."""
    pdf = with_script()
    data, _ = pdf.stream_rows(9)
    place = pdf.here
    rows = data + b"\x07\0\0\1\0\0" + b"\xff\xff\xff\xff\xff\xff"
    pdf.raw_xref_stream(9, rows, "/W[1 3 2]/Index[0 7 9 1 40 2]/Root 1 0 R", "42")
    return Case(pdf.start(place).whole(), list(FOUND))


@trick(AREA)
def stream_with_predictor() -> Case:
    """Cross-reference stream with the predictor that most writers use."""
    pdf = with_script()
    data, runs = pdf.stream_rows(9)
    place = pdf.here
    entries = "/W[1 3 2]/Index[{}]/Root 1 0 R/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 6>>"
    pdf.raw_xref_stream(9, codecs.flate(codecs.predict_up(data, 6)), entries.format(runs))
    return Case(pdf.start(place).whole(), list(FOUND))


@trick(AREA)
def stream_damaged() -> Case:
    """Cross-reference stream whose data does not unpack."""
    pdf = with_script()
    place = pdf.here
    pdf.raw_xref_stream(9, b"\xff" * 40, "/W[1 3 2]/Index[0 7 9 1]/Root 1 0 R/Filter/FlateDecode")
    return rebuilt(pdf.start(place))


@trick(AREA)
def stream_that_startxref_misses() -> Case:
    """startxref points a few bytes before the cross-reference stream, into the object before it."""
    pdf = with_script()
    data, runs = pdf.stream_rows(9)
    place = pdf.here
    pdf.raw_xref_stream(9, data, f"/W[1 3 2]/Index[{runs}]/Root 1 0 R")
    return rebuilt(pdf.start(str(place - 12)))


@trick(AREA)
def container_is_missing() -> Case:
    """The table says that the script is in an object stream which does not exist."""
    pdf = document(catalog="/OpenAction 6 0 R")
    pdf.packed[6] = (77, 0)
    return Case(pdf.xref_stream(9).whole(), [])


@trick(AREA)
def container_is_a_page() -> Case:
    """The table says that the script is in an object stream, which is the page's content."""
    pdf = document(catalog="/OpenAction 6 0 R")
    pdf.packed[6] = (4, 0)
    return Case(pdf.xref_stream(9).whole(), [], "unreadable")


@trick(AREA)
def reference_to_itself() -> Case:
    """OpenAction names an object that is a reference to itself."""
    pdf = document({6: "6 0 R", 7: "8 0 R", 8: "7 0 R"}, catalog="/OpenAction 6 0 R/AA 7 0 R")
    return Case(pdf.end(), [])
