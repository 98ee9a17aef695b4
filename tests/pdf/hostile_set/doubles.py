"""Dictionaries that give a key twice: readers differ in which of the two they take."""

from __future__ import annotations

from typing import NamedTuple

from .codecs import ascii_hex, flate
from .expected import ANY, Case, Facts, Finding, made, script_at, trick
from .writer import Body, Pdf, Stream, document, first, object_stream, packed, script

AREA = "doubles"


class Double(NamedTuple):
    """Two values of one key, and where the script is that one of them leads to."""

    key: str
    harmful: str
    harmless: str
    owner: str
    found: Finding
    objects: dict[int, str]


_LINK = f"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A{script()}>>"
_ON_PAGE = Finding("javascript", 6, "Page 1/Annots[0]/A", 1)
_DOUBLES = {
    "annots": Double("/Annots", "[6 0 R]", "[]", "page", _ON_PAGE, {6: _LINK}),
    "page_triggers": Double(
        "/AA", f"<</O{script()}>>", "<<>>", "page", Finding("javascript", 3, "Page 1/AA/O", 1), {}
    ),
    "names": Double(
        "/Names",
        "<</JavaScript<</Names[(a)6 0 R]>>>>",
        "<<>>",
        "catalog",
        Finding("javascript", 6, "Root/Names/JavaScript/Names[1]"),
        {6: script()},
    ),
    "form": Double(
        "/AcroForm",
        "<</Fields[6 0 R]>>",
        "null",
        "catalog",
        Finding("javascript", 6, "Root/AcroForm/Fields[0]/AA/K"),
        {6: f"<</FT/Tx/T(a)/AA<</K{script()}>>>>"},
    ),
    "outlines": Double(
        "/Outlines",
        "<</First 6 0 R/Last 6 0 R/Count 1>>",
        "null",
        "catalog",
        Finding("javascript", 6, "Root/Outlines/First/A"),
        {6: f"<</Title(a)/A{script()}>>"},
    ),
}


def _doubles() -> None:
    for name, double in _DOUBLES.items():
        for order in ("first", "last"):

            def make(double: Double = double, order: str = order) -> Case:
                values = [double.harmful, double.harmless]
                if order == "last":
                    values.reverse()
                entries = "".join(f"{double.key} {value}" for value in values)
                bodies: dict[int, Body] = dict(double.objects.items())
                pages = {"catalog": entries} if double.owner == "catalog" else {"page": entries}
                # The presence and the way depend on which of the two a reader takes for the right one.
                found = double.found._replace(path=ANY, presence=ANY)
                data = document(bodies, **pages).end()
                return Case(data, [found], facts=Facts(form=double.key == "/AcroForm"))

            words = f"{double.key} is there twice, and the {order} one leads to a script."
            made(AREA, f"{name}_{order}", words, make)


_doubles()


@trick(AREA)
def kids_first() -> Case:
    """The page tree has /Kids twice; the page of the first has a script."""
    return _kids("[6 0 R]", "[3 0 R]")


@trick(AREA)
def kids_last() -> Case:
    """The page tree has /Kids twice; the page of the last has a script."""
    return _kids("[3 0 R]", "[6 0 R]")


def _kids(one: str, other: str) -> Case:
    pdf = Pdf().add(1, "<</Type/Catalog/Pages 2 0 R>>")
    pdf.add(2, f"<</Type/Pages/Kids{one}/Kids{other}/Count 1>>")
    pdf.add(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>")
    pdf.add(6, f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/AA<</O{script()}>>>>")
    return Case(pdf.end(), [Finding("javascript", 6, ANY, None, 1, ANY)], facts=Facts(pages=-1))


@trick(AREA)
def root_first() -> Case:
    """The trailer has /Root twice; the first catalog has a script."""
    return _root("/Root 6 0 R/Root 1 0 R")


@trick(AREA)
def root_last() -> Case:
    """The trailer has /Root twice; the last catalog has a script."""
    return _root("/Root 1 0 R/Root 6 0 R")


def _root(entries: str) -> Case:
    pdf = document({6: f"<</Type/Catalog/Pages 2 0 R/OpenAction{script()}>>"})
    found = [Finding("javascript", 6, ANY, None, 1, ANY), Finding(ANY, None, ANY)]
    return Case(pdf.end(entries), found)


def _filter(entries: str, data: bytes) -> Case:
    inner = {6: script()}
    pdf = document(catalog="/OpenAction 6 0 R")
    pdf.pack(10, inner)
    pdf.add(10, object_stream(inner, data, entries))
    # Whether a reader unpacks it is open, but not that the file is judged clean.
    return Case(pdf.xref_stream(20).whole(), [Finding(ANY, None, ANY)], ANY)


@trick(AREA)
def filter_first() -> Case:
    """An object stream has /Filter twice, and the first is the right one."""
    return _filter("/Filter/FlateDecode/Filter/ASCIIHexDecode", flate(packed({6: script()})))


@trick(AREA)
def filter_last() -> Case:
    """An object stream has /Filter twice, and the last is the right one."""
    return _filter("/Filter/FlateDecode/Filter/ASCIIHexDecode", ascii_hex(packed({6: script()})))


@trick(AREA)
def first_of_objects() -> Case:
    """An object stream has /First twice, and the first is the right one."""
    inner = {6: script()}
    pdf = document(catalog="/OpenAction 6 0 R")
    pdf.pack(10, inner)
    pdf.add(10, Stream(packed(inner), f"/Type/ObjStm/N 1/First {first(inner)}/First 40"))
    return Case(pdf.xref_stream(20).whole(), [Finding(ANY, None, ANY)], ANY)


@trick(AREA)
def length_twice() -> Case:
    """An object stream has /Length twice, and the last is wrong."""
    inner = {6: script()}
    pdf = document(catalog="/OpenAction 6 0 R")
    pdf.pack(10, inner)
    container = object_stream(inner, entries=f"/Length {len(packed(inner))}")
    container.length = "9"
    pdf.add(10, container)
    data = pdf.xref_stream(20).whole()
    return Case(data, [script_at(6, "Root/OpenAction"), Finding("length_mismatch", 10, "Object 10")])
