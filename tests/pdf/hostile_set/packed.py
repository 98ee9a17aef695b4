"""Scripts inside of object streams."""

from __future__ import annotations

from typing import Callable

from . import codecs
from .expected import Case, Facts, Finding, hidden, made, script_at, trick
from .writer import (
    Body,
    Pdf,
    Stream,
    document,
    first,
    object_stream,
    packed,
    raw,
    script,
)

AREA = "packed"
_FOUND = [script_at(6, "Root/OpenAction")]
_INNER = {6: script(), 7: "<</Producer(x)>>"}


def _file(container: Body, inner: dict[int, str], others: dict[int, Body] | None = None) -> Pdf:
    pdf = document(catalog="/OpenAction 6 0 R")
    pdf.pack(10, inner)
    pdf.add(10, container).add_all(others or {})
    return pdf.xref_stream(20)


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
            data = encode(packed(_INNER))
            return Case(_file(object_stream(_INNER, data, entries), _INNER).whole(), list(_FOUND))

        made(AREA, name, words, make)


_filters()


@trick(AREA)
def filter_by_reference() -> Case:
    """The filter and its parameters are objects of their own."""
    data = codecs.ascii85(codecs.flate(codecs.predict_up(packed(_INNER), 8)))
    container = object_stream(_INNER, data, "/Filter 11 0 R/DecodeParms 12 0 R")
    others: dict[int, Body] = {
        11: "[13 0 R/FlateDecode]",
        12: "[null 14 0 R]",
        13: "/ASCII85Decode",
        14: "<</Predictor 12/Columns 15 0 R>>",
        15: "8",
    }
    return Case(_file(container, _INNER, others).whole(), list(_FOUND))


@trick(AREA)
def count_and_first_by_reference() -> Case:
    """/N and /First are objects of their own."""
    container = Stream(packed(_INNER), "/Type/ObjStm/N 11 0 R/First 12 0 R")
    others: dict[int, Body] = {11: "2", 12: str(first(_INNER))}
    return Case(_file(container, _INNER, others).whole(), list(_FOUND))


@trick(AREA)
def length_by_reference() -> Case:
    """/Length is an object behind the stream, whose data has the word endstream."""
    inner = {6: script(), 7: "(endstream endobj)"}
    container = object_stream(inner)
    container.length = "11 0 R"
    return Case(_file(container, inner, {11: str(len(container.data))}).whole(), list(_FOUND))


@trick(AREA)
def unknown_filter() -> Case:
    """No reader knows the filter of an object stream in which the OpenAction is said to be."""
    container = object_stream(_INNER, b"\1\2\3\4", "/Filter/SecretDecode")
    return Case(_file(container, _INNER).whole(), [], "unreadable")


@trick(AREA)
def image_filter() -> Case:
    """An object stream says that it is a JPEG."""
    container = object_stream(_INNER, b"\xff\xd8\xff\xd9", "/Filter/DCTDecode")
    return Case(_file(container, _INNER).whole(), [], "unreadable")


@trick(AREA)
def damaged_flate() -> Case:
    """The data of an object stream is no Flate at all."""
    container = object_stream(_INNER, b"\xff" * 60, "/Filter/FlateDecode")
    return Case(_file(container, _INNER).whole(), [], "unreadable")


@trick(AREA)
def catalog_inside() -> Case:
    """All objects but the page's text are in the object stream, the catalog as well."""
    inner = {
        1: "<</Type/Catalog/Pages 2 0 R/OpenAction 6 0 R>>",
        2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        6: script(),
    }
    pdf = Pdf()
    pdf.add(4, Stream("q Q"))
    pdf.pack(10, inner)
    pdf.add(10, object_stream(inner, codecs.flate(packed(inner)), "/Filter/FlateDecode"))
    return Case(pdf.xref_stream(20).whole(), list(_FOUND))


@trick(AREA)
def extends() -> Case:
    """The action is in the object stream that another one extends."""
    pdf = document(catalog="/OpenAction 6 0 R")
    pdf.pack(10, {6: script()})
    pdf.add(10, object_stream({6: script()}))
    pdf.pack(11, {7: "<<>>"})
    pdf.add(11, object_stream({7: "<<>>"}, entries="/Extends 10 0 R"))
    return Case(pdf.xref_stream(20).whole(), list(_FOUND))


@trick(AREA)
def extends_only() -> Case:
    """The table says that the action is in a stream which merely extends the one that has it."""
    pdf = document(catalog="/OpenAction 6 0 R")
    pdf.add(10, object_stream({6: script()}))
    pdf.pack(11, {6: "", 7: "<<>>"})
    pdf.add(11, object_stream({7: "<<>>"}, entries="/Extends 10 0 R"))
    # No viewer follows /Extends: the reference is to null, and the script is hidden.
    return Case(pdf.xref_stream(20).whole(), [hidden("javascript", 6)])


@trick(AREA)
def extends_cycle() -> Case:
    """Two object streams extend each other."""
    pdf = document(catalog="/OpenAction 6 0 R")
    pdf.pack(10, {6: script()})
    pdf.add(10, object_stream({6: script()}, entries="/Extends 11 0 R"))
    pdf.pack(11, {7: "<<>>"})
    pdf.add(11, object_stream({7: "<<>>"}, entries="/Extends 10 0 R"))
    return Case(pdf.xref_stream(20).whole(), list(_FOUND))


@trick(AREA)
def contains_itself() -> Case:
    """The table says that an object stream is inside of itself; another has the same script openly."""
    inner = {6: script()}
    pdf = document(catalog="/OpenAction 7 0 R").add(7, script())
    pdf.pack(10, {6: "", 10: ""})
    pdf.add(10, object_stream(inner), listed=False)
    # No viewer can load object 6: its container is in no place that the table knows.
    found = [script_at(7, "Root/OpenAction"), hidden("javascript", 6)]
    return Case(pdf.xref_stream(20).whole(), found)


@trick(AREA)
def stream_inside() -> Case:
    """An object stream is inside of another one, which is not allowed: no reader looks into it."""
    inner = {6: script(), 11: f"<</Type/ObjStm/N 1/First 4/Length 40>>stream\n8 0 {script(2)}\nendstream"}
    pdf = _file(object_stream(inner), inner)
    return Case(pdf.whole(), list(_FOUND))


@trick(AREA)
def count_too_small() -> Case:
    """/N says one object; the table says that the action is the second."""
    inner = {7: "<<>>", 6: script()}
    return Case(_file(object_stream(inner, count="1"), inner).whole(), list(_FOUND))


@trick(AREA)
def count_too_large() -> Case:
    """/N says far more objects than there are."""
    return Case(_file(object_stream(_INNER, count="99999"), _INNER).whole(), list(_FOUND))


@trick(AREA)
def count_negative() -> Case:
    """/N is negative."""
    return Case(_file(object_stream(_INNER, count="-1"), _INNER).whole(), list(_FOUND))


@trick(AREA)
def count_missing() -> Case:
    """/N is not there."""
    data = packed(_INNER)
    container = Stream(data, f"/Type/ObjStm/First {first(_INNER)}")
    return Case(_file(container, _INNER).whole(), list(_FOUND))


@trick(AREA)
def first_in_blanks() -> Case:
    """/First points to blanks before the first object, as the offsets do."""
    head = "6 0 7 90 "
    data = raw(head + "     " + script()).ljust(len(head) + 90) + b"<<>>"
    container = Stream(data, f"/Type/ObjStm/N 2/First {len(head)}")
    return Case(_file(container, _INNER).whole(), list(_FOUND))


@trick(AREA)
def first_with_a_gap() -> Case:
    """Other bytes stand between the numbers and the first object, as the standard allows."""
    head = "6 0 7 60 "
    data = raw(head + "% gap (\n" + script()).ljust(len(head) + 68) + b"<<>>"
    container = Stream(data, f"/Type/ObjStm/N 2/First {len(head) + 8}")
    return Case(_file(container, _INNER).whole(), list(_FOUND))


@trick(AREA)
def offsets_out_of_order() -> Case:
    """The objects do not stand in the order of the numbers before them."""
    one = "<<>>\n"
    head = f"6 {len(one)} 7 0 "
    container = Stream(raw(head + one + script()), f"/Type/ObjStm/N 2/First {len(head)}")
    return Case(_file(container, _INNER).whole(), list(_FOUND))


@trick(AREA)
def two_at_one_offset() -> Case:
    """Two objects share their bytes."""
    head = "6 0 7 0 "
    container = Stream(raw(head + script()), f"/Type/ObjStm/N 2/First {len(head)}")
    return Case(_file(container, _INNER).whole(), _FOUND + [hidden("javascript", 7)])


@trick(AREA)
def number_differs() -> Case:
    """The stream calls the action object 9; the table says that it is object 6, the first in it."""
    pdf = document(catalog="/OpenAction 6 0 R")
    pdf.pack(10, {6: ""})
    pdf.add(10, object_stream({9: script()}))
    # As with an object's header, the number is that which stands with the object.
    return Case(pdf.xref_stream(20).whole(), [script_at(9, "Root/OpenAction")])


@trick(AREA)
def index_differs() -> Case:
    """The table says that the action is the first of the stream, and it is the second."""
    pdf = document(catalog="/OpenAction 6 0 R")
    pdf.pack(10, {6: "", 7: ""})
    pdf.add(10, object_stream({7: "<<>>", 6: script()}))
    return Case(pdf.xref_stream(20).whole(), list(_FOUND))


@trick(AREA)
def type_is_left_out() -> Case:
    """The object stream has no /Type."""
    data = packed(_INNER)
    container = Stream(data, f"/N 2/First {first(_INNER)}")
    return Case(_file(container, _INNER).whole(), list(_FOUND))


@trick(AREA)
def type_escaped() -> Case:
    """The type of the object stream is written with an escape."""
    container = Stream(packed(_INNER), f"/Type/Obj#53tm/N 2/First {first(_INNER)}")
    return Case(_file(container, _INNER).whole(), _FOUND + [Finding("escaped_name", 10, "Object 10")])


@trick(AREA)
def no_table_leads_to_it() -> Case:
    """No table lists the objects of the object stream: hidden, until a reader rebuilds the table."""
    pdf = document()
    pdf.add(10, object_stream(_INNER, codecs.flate(packed(_INNER)), "/Filter/FlateDecode"))
    return Case(pdf.end(), [hidden("javascript", 6)])


@trick(AREA)
def rebuilt() -> Case:
    """There is no table at all, and the action that the catalog names is in an object stream."""
    pdf = document(catalog="/OpenAction 6 0 R")
    pdf.add(10, object_stream(_INNER, codecs.flate(packed(_INNER)), "/Filter/FlateDecode"))
    pdf.trailer()
    return Case(pdf.whole(), list(_FOUND), facts=Facts(repaired=True))


@trick(AREA)
def two_versions() -> Case:
    """One object stream has the same number twice; the table says the second, and the first is a script."""
    pdf = document(catalog="/OpenAction 6 0 R")
    head = f"6 0 6 {len(script()) + 1} "
    pdf.places[10] = (pdf.here, 0)
    pdf.add(10, Stream(raw(head + script() + "\n[3 0 R/Fit]"), f"/Type/ObjStm/N 2/First {len(head)}"))
    pdf.packed[6] = (10, 1)
    return Case(pdf.xref_stream(20).whole(), [hidden("javascript", 6)])


@trick(AREA)
def replaced_by_update() -> Case:
    """An update puts a harmless action into a new object stream in place of the script."""
    pdf = document(catalog="/OpenAction 6 0 R")
    pdf.pack(10, _INNER)
    pdf.add(10, object_stream(_INNER)).xref_stream(20)
    pdf.pack(21, {6: "[3 0 R/Fit]"})
    pdf.add(21, object_stream({6: "[3 0 R/Fit]"})).xref_stream(22)
    found: list[Finding] = [
        Finding("javascript", 6, "Object 6 in revision 1", None, 1, "superseded"),
    ]
    return Case(pdf.whole(), found, facts=Facts(revisions=2))
