"""Scripts inside of object streams."""

from __future__ import annotations

from . import codecs
from .expected import Case, Facts, Finding, hidden, script_at, trick
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
FOUND = [script_at(6, "Root/OpenAction")]
INNER = {6: script(), 7: "<</Producer(x)>>"}


def file_with(container: Body, inner: dict[int, str], others: dict[int, Body] | None = None) -> Pdf:
    pdf = document(catalog="/OpenAction 6 0 R")
    pdf.pack(10, inner)
    pdf.add(10, container).add_all(others or {})
    return pdf.xref_stream(20)


@trick(AREA)
def count_and_first_by_reference() -> Case:
    """/N and /First are objects of their own."""
    container = Stream(packed(INNER), "/Type/ObjStm/N 11 0 R/First 12 0 R")
    others: dict[int, Body] = {11: "2", 12: str(first(INNER))}
    return Case(file_with(container, INNER, others).whole(), list(FOUND))


@trick(AREA)
def length_by_reference() -> Case:
    """/Length is an object behind the stream, whose data has the word endstream."""
    inner = {6: script(), 7: "(endstream endobj)"}
    container = object_stream(inner)
    container.length = "11 0 R"
    return Case(file_with(container, inner, {11: str(len(container.data))}).whole(), list(FOUND))


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
    return Case(pdf.xref_stream(20).whole(), list(FOUND))


@trick(AREA)
def extends() -> Case:
    """The action is in the object stream that another one extends."""
    pdf = document(catalog="/OpenAction 6 0 R")
    pdf.pack(10, {6: script()})
    pdf.add(10, object_stream({6: script()}))
    pdf.pack(11, {7: "<<>>"})
    pdf.add(11, object_stream({7: "<<>>"}, entries="/Extends 10 0 R"))
    return Case(pdf.xref_stream(20).whole(), list(FOUND))


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
    return Case(pdf.xref_stream(20).whole(), list(FOUND))


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
    pdf = file_with(object_stream(inner), inner)
    return Case(pdf.whole(), list(FOUND))


@trick(AREA)
def count_too_small() -> Case:
    """/N says one object; the table says that the action is the second."""
    inner = {7: "<<>>", 6: script()}
    return Case(file_with(object_stream(inner, count="1"), inner).whole(), list(FOUND))


@trick(AREA)
def count_too_large() -> Case:
    """/N says far more objects than there are."""
    return Case(file_with(object_stream(INNER, count="99999"), INNER).whole(), list(FOUND))


@trick(AREA)
def count_negative() -> Case:
    """/N is negative."""
    return Case(file_with(object_stream(INNER, count="-1"), INNER).whole(), list(FOUND))


@trick(AREA)
def count_missing() -> Case:
    """/N is not there."""
    data = packed(INNER)
    container = Stream(data, f"/Type/ObjStm/First {first(INNER)}")
    return Case(file_with(container, INNER).whole(), list(FOUND))


@trick(AREA)
def first_in_blanks() -> Case:
    """/First points to blanks before the first object, as the offsets do."""
    head = "6 0 7 90 "
    data = raw(head + "     " + script()).ljust(len(head) + 90) + b"<<>>"
    container = Stream(data, f"/Type/ObjStm/N 2/First {len(head)}")
    return Case(file_with(container, INNER).whole(), list(FOUND))


@trick(AREA)
def first_with_a_gap() -> Case:
    """Other bytes stand between the numbers and the first object, as the standard allows."""
    head = "6 0 7 60 "
    data = raw(head + "% gap (\n" + script()).ljust(len(head) + 68) + b"<<>>"
    container = Stream(data, f"/Type/ObjStm/N 2/First {len(head) + 8}")
    return Case(file_with(container, INNER).whole(), list(FOUND))


@trick(AREA)
def offsets_out_of_order() -> Case:
    """The objects do not stand in the order of the numbers before them."""
    one = "<<>>\n"
    head = f"6 {len(one)} 7 0 "
    container = Stream(raw(head + one + script()), f"/Type/ObjStm/N 2/First {len(head)}")
    return Case(file_with(container, INNER).whole(), list(FOUND))


@trick(AREA)
def two_at_one_offset() -> Case:
    """Two objects share their bytes."""
    head = "6 0 7 0 "
    container = Stream(raw(head + script()), f"/Type/ObjStm/N 2/First {len(head)}")
    return Case(file_with(container, INNER).whole(), FOUND + [hidden("javascript", 7)])


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
    return Case(pdf.xref_stream(20).whole(), list(FOUND))


@trick(AREA)
def type_is_left_out() -> Case:
    """The object stream has no /Type."""
    data = packed(INNER)
    container = Stream(data, f"/N 2/First {first(INNER)}")
    return Case(file_with(container, INNER).whole(), list(FOUND))


@trick(AREA)
def type_escaped() -> Case:
    """The type of the object stream is written with an escape."""
    container = Stream(packed(INNER), f"/Type/Obj#53tm/N 2/First {first(INNER)}")
    return Case(file_with(container, INNER).whole(), FOUND + [Finding("escaped_name", 10, "Object 10")])


@trick(AREA)
def no_table_leads_to_it() -> Case:
    """No table lists the objects of the object stream: hidden, until a reader rebuilds the table."""
    pdf = document()
    pdf.add(10, object_stream(INNER, codecs.flate(packed(INNER)), "/Filter/FlateDecode"))
    return Case(pdf.end(), [hidden("javascript", 6)])


@trick(AREA)
def rebuilt() -> Case:
    """There is no table at all, and the action that the catalog names is in an object stream."""
    pdf = document(catalog="/OpenAction 6 0 R")
    pdf.add(10, object_stream(INNER, codecs.flate(packed(INNER)), "/Filter/FlateDecode"))
    pdf.trailer()
    return Case(pdf.whole(), list(FOUND), facts=Facts(repaired=True))


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
    pdf.pack(10, INNER)
    pdf.add(10, object_stream(INNER)).xref_stream(20)
    pdf.pack(21, {6: "[3 0 R/Fit]"})
    pdf.add(21, object_stream({6: "[3 0 R/Fit]"})).xref_stream(22)
    found: list[Finding] = [
        Finding("javascript", 6, "Object 6 in revision 1", None, 1, "superseded"),
    ]
    return Case(pdf.whole(), found, facts=Facts(revisions=2))
