"""Cross-reference data that is wrong, missing, or two things at once."""

from __future__ import annotations

from .expected import Case, Facts, hidden, script_at, trick
from .writer import Body, Pdf, Stream, document, object_stream, raw, script

AREA = "tables"
FOUND = [script_at(6, "Root/OpenAction")]
REPAIRED = Facts(repaired=True)


def with_script(others: dict[int, Body] | None = None) -> Pdf:
    objects: dict[int, Body] = {6: script()}
    objects.update(others or {})
    return document(objects, catalog="/OpenAction 6 0 R")


def rebuilt(pdf: Pdf) -> Case:
    return Case(pdf.whole(), list(FOUND), facts=REPAIRED)


@trick(AREA)
def no_table() -> Case:
    """Neither table nor trailer: the catalog has to be found by its type."""
    return rebuilt(with_script())


@trick(AREA)
def no_table_but_trailer() -> Case:
    """A trailer without a table and without startxref."""
    return rebuilt(with_script().trailer())


@trick(AREA)
def startxref_zero() -> Case:
    """startxref says 0, as some writers do that know no better; the table is there."""
    pdf = with_script()
    pdf.write("xref\n").write(pdf.rows()).trailer().start("0")
    return rebuilt(pdf)


@trick(AREA)
def startxref_beyond() -> Case:
    """startxref points behind the end of the file."""
    pdf = with_script()
    pdf.write("xref\n").write(pdf.rows()).trailer().start("99999999")
    return rebuilt(pdf)


@trick(AREA)
def startxref_huge() -> Case:
    """startxref is a number of forty digits."""
    pdf = with_script()
    pdf.write("xref\n").write(pdf.rows()).trailer().start("9" * 40)
    return rebuilt(pdf)


@trick(AREA)
def startxref_negative() -> Case:
    """startxref is negative."""
    pdf = with_script()
    pdf.write("xref\n").write(pdf.rows()).trailer().start("-1")
    return rebuilt(pdf)


@trick(AREA)
def startxref_at_object() -> Case:
    """startxref points to an object that is no cross-reference stream."""
    pdf = with_script()
    place = pdf.places[6][0]
    pdf.write("xref\n").write(pdf.rows()).trailer().start(str(place))
    return rebuilt(pdf)


@trick(AREA)
def offsets_shifted() -> Case:
    """Every offset of the table is 7 too large."""
    pdf = with_script()
    place = pdf.here
    pdf.write("xref\n").write(pdf.rows(7)).trailer().start(place)
    return rebuilt(pdf)


@trick(AREA)
def one_offset_wrong() -> Case:
    """The offset of the script alone is wrong: it points to the object before."""
    pdf = with_script()
    pdf.note(6, pdf.places[5][0])
    return rebuilt(pdf.table())


@trick(AREA)
def one_offset_zero() -> Case:
    """The offset of the script is 0, and it is said to be in use: viewers take it for null."""
    pdf = with_script()
    pdf.note(6, 0)
    return Case(pdf.table().whole(), [hidden("javascript", 6)])


@trick(AREA)
def one_missing() -> Case:
    """The table does not list the script that the catalog names: by the standard it is null."""
    pdf = document(catalog="/OpenAction 6 0 R").add(6, script(), listed=False)
    return Case(pdf.end(), [hidden("javascript", 6)])


@trick(AREA)
def offset_in_blanks() -> Case:
    """The offset of the script points to blanks before it."""
    pdf = document(catalog="/OpenAction 6 0 R")
    place = pdf.here
    pdf.write(" \r\n   ").add(6, script())
    pdf.note(6, place)
    return Case(pdf.table().whole(), list(FOUND))


@trick(AREA)
def first_number_off_by_one() -> Case:
    """The subsection begins at 1 and should at 0, as a well-known writer had it and viewers put right."""
    pdf = with_script()
    place = pdf.here
    rows = pdf.rows().replace(b"0 7\n", b"1 7\n", 1)
    pdf.write("xref\n").write(rows).trailer().start(place)
    return Case(pdf.whole(), list(FOUND))


@trick(AREA)
def count_too_small() -> Case:
    """The subsection says 5 rows and has 7; the script is the last."""
    pdf = with_script()
    place = pdf.here
    rows = pdf.rows().replace(b"0 7\n", b"0 5\n", 1)
    pdf.write("xref\n").write(rows).trailer().start(place)
    return rebuilt(pdf)


@trick(AREA)
def count_too_large() -> Case:
    """The subsection says 900 rows and has 7."""
    pdf = with_script()
    place = pdf.here
    rows = pdf.rows().replace(b"0 7\n", b"0 900\n", 1)
    pdf.write("xref\n").write(rows).trailer().start(place)
    return Case(pdf.whole(), list(FOUND), facts=REPAIRED)


@trick(AREA)
def count_huge() -> Case:
    """The subsection says four thousand million rows."""
    pdf = with_script()
    place = pdf.here
    rows = pdf.rows().replace(b"0 7\n", b"0 4294967295\n", 1)
    pdf.write("xref\n").write(rows).trailer().start(place)
    return Case(pdf.whole(), list(FOUND), facts=REPAIRED)


@trick(AREA)
def first_number_huge() -> Case:
    """A second subsection begins at a number beyond all limits."""
    pdf = with_script()
    place = pdf.here
    rows = pdf.rows() + b"99999999999999999999 1\n0000000009 00000 n \n"
    pdf.write("xref\n").write(rows).trailer().start(place)
    return Case(pdf.whole(), list(FOUND))


@trick(AREA)
def first_number_negative() -> Case:
    """A second subsection begins at a negative number."""
    pdf = with_script()
    place = pdf.here
    pdf.write("xref\n").write(pdf.rows() + b"-5 1\n0000000009 00000 n \n").trailer().start(place)
    return Case(pdf.whole(), list(FOUND), facts=REPAIRED)


@trick(AREA)
def rows_of_19_bytes() -> Case:
    """The rows of the table end in a line feed alone."""
    pdf = with_script()
    place = pdf.here
    pdf.write("xref\n").write(pdf.rows().replace(b" \n", b"\n")).trailer().start(place)
    return Case(pdf.whole(), list(FOUND))


@trick(AREA)
def rows_of_odd_shape() -> Case:
    """The rows of the table have short numbers and a comment."""
    pdf = with_script()
    place = pdf.here
    text = "xref %x\n0 7%y\n0 65535 f\n"
    text += "".join(f"{pdf.places[number][0]} 0 n\n" for number in range(1, 7))
    pdf.write(text).trailer().start(place)
    return Case(pdf.whole(), list(FOUND))


@trick(AREA)
def sections_many() -> Case:
    """Each object has a subsection of its own, out of order, and the trailer stands on one line with the rows."""
    pdf = with_script()
    place = pdf.here
    text = "xref\n"
    for number in (6, 2, 4, 1, 5, 3):
        text += f"{number} 1\n{pdf.places[number][0]:010} 00000 n \n"
    pdf.write(text + f"trailer<</Root 1 0 R/Size 7>>startxref {place} %%EOF")
    return Case(pdf.whole(), list(FOUND))


@trick(AREA)
def size_too_small() -> Case:
    """/Size is 3: by the standard the objects from 3 on are not there, and viewers take them."""
    pdf = with_script().table(size="3")
    return Case(pdf.whole(), list(FOUND))


@trick(AREA)
def size_negative() -> Case:
    """/Size is negative."""
    return Case(with_script().table(size="-1").whole(), list(FOUND))


@trick(AREA)
def size_huge() -> Case:
    """/Size is far beyond what there is."""
    return Case(with_script().table(size="999999999999").whole(), list(FOUND))


@trick(AREA)
def previous_is_itself() -> Case:
    """/Prev of the only section points to that section."""
    pdf = with_script()
    place = pdf.here
    return Case(pdf.table(f"/Root 1 0 R/Prev {place}").whole(), list(FOUND))


@trick(AREA)
def previous_cycle() -> Case:
    """The /Prev of two sections point to each other; one of them is empty and makes no revision."""
    pdf = with_script()
    second = pdf.here + 400
    pdf.table(f"/Root 1 0 R/Prev {second}")
    pdf.write("%".ljust(second - pdf.here - 1) + "\n")
    return Case(pdf.table().whole(), list(FOUND))


@trick(AREA)
def previous_beyond() -> Case:
    """/Prev points behind the end of the file."""
    return Case(with_script().table("/Root 1 0 R/Prev 99999999").whole(), list(FOUND), facts=REPAIRED)


@trick(AREA)
def previous_by_reference() -> Case:
    """/Prev is a reference, which it must not be; the first section has all objects but one."""
    pdf = with_script()
    place = pdf.here
    pdf.table()
    pdf.previous = None
    pdf.add(7, str(place))
    here = pdf.here
    pdf.write(f"xref\n7 1\n{pdf.places[7][0]:010} 00000 n \n")
    pdf.write("trailer\n<</Root 1 0 R/Size 8/Prev 7 0 R>>\n").start(here)
    return Case(pdf.whole(), list(FOUND), facts=Facts(revisions=2, repaired=True))


@trick(AREA)
def trailer_holds_catalog() -> Case:
    """The trailer's /Root is a dictionary and no reference; its OpenAction is a script."""
    pdf = document()
    root = f"/Root<</Type/Catalog/Pages 2 0 R/OpenAction{script()}>>"
    return Case(pdf.end(root), [script_at(None, "Root/OpenAction")])


@trick(AREA)
def trailer_holds_action() -> Case:
    """A key of the trailer that no one knows holds a script."""
    pdf = document()
    return Case(pdf.end("/Root 1 0 R/Extra" + script()), [script_at(None, "Trailer/Extra")])


@trick(AREA)
def trailer_in_comment() -> Case:
    """A trailer behind a comment sign names another catalog, which has the script."""
    pdf = document({6: f"<</Type/Catalog/Pages 2 0 R/OpenAction{script()}>>"})
    pdf.table().write("% trailer <</Root 6 0 R/Size 7>>\n%%EOF\n")
    return Case(pdf.whole(), [hidden("javascript", 6, rest="/OpenAction")])


@trick(AREA)
def two_trailers() -> Case:
    """Two trailers stand behind the one table, and the second names a catalog with a script."""
    pdf = document({6: f"<</Type/Catalog/Pages 2 0 R/OpenAction{script()}>>"})
    place = pdf.here
    pdf.write("xref\n").write(pdf.rows()).trailer().trailer("/Root 6 0 R").start(place)
    return Case(pdf.whole(), [hidden("javascript", 6, rest="/OpenAction")])


@trick(AREA)
def two_trailers_rebuilt() -> Case:
    """No table and two trailers: a rebuilding reader takes the last, whose catalog has the script."""
    pdf = document({6: f"<</Type/Catalog/Pages 2 0 R/OpenAction{script()}>>"})
    pdf.trailer().trailer("/Root 6 0 R")
    return Case(pdf.whole(), [script_at(6, "Root/OpenAction")], facts=REPAIRED)


@trick(AREA)
def no_root() -> Case:
    """The trailer has no /Root."""
    return rebuilt(with_script().table(""))


@trick(AREA)
def root_is_null() -> Case:
    """/Root names an object that is not there."""
    return rebuilt(with_script().table("/Root 77 0 R"))


@trick(AREA)
def root_is_pages() -> Case:
    """/Root names the page tree and not the catalog."""
    return rebuilt(with_script().table("/Root 2 0 R"))


@trick(AREA)
def hybrid() -> Case:
    """The script exists through /XRefStm alone: a reader of old tables sees null."""
    pdf = document(catalog="/OpenAction 6 0 R")
    pdf.pack(10, {6: script()})
    pdf.packed.clear()
    pdf.add(10, object_stream({6: script()}))
    place = pdf.here
    rows = b"\x02\x00\x00\x0a\x00\x00"
    pdf.add(11, Stream(rows, "/Type/XRef/Size 12/W[1 3 2]/Index[6 1]/Root 1 0 R"), listed=False)
    pdf.free(6, 0).free(11, 0)
    return Case(pdf.end(f"/Root 1 0 R/XRefStm {place}"), list(FOUND))


@trick(AREA)
def hybrid_hides() -> Case:
    """The old table has a script, and /XRefStm in the same section does not replace it."""
    pdf = with_script()
    pdf.add(10, object_stream({6: "[3 0 R/Fit]"}))
    place = pdf.here
    rows = b"\x02\x00\x00\x0a\x00\x00"
    pdf.add(11, Stream(rows, "/Type/XRef/Size 12/W[1 3 2]/Index[6 1]/Root 1 0 R"), listed=False)
    # The table comes before /XRefStm (ISO 32000-2, 7.5.8.4).
    return Case(pdf.end(f"/Root 1 0 R/XRefStm {place}"), list(FOUND))


@trick(AREA)
def hybrid_other_half() -> Case:
    """The old table goes to a page, and what /XRefStm lists for the same number is a script."""
    pdf = document({6: "[3 0 R/Fit]"}, catalog="/OpenAction 6 0 R")
    pdf.add(10, object_stream({6: script()}))
    place = pdf.here
    rows = b"\x02\x00\x00\x0a\x00\x00"
    pdf.add(11, Stream(rows, "/Type/XRef/Size 12/W[1 3 2]/Index[6 1]/Root 1 0 R"), listed=False)
    return Case(pdf.end(f"/Root 1 0 R/XRefStm {place}"), [hidden("javascript", 6)])


@trick(AREA)
def object_in_comment() -> Case:
    """The table leads into a comment, where the script's object stands."""
    pdf = document(catalog="/OpenAction 6 0 R").write("%")
    pdf.note(6, pdf.here)
    pdf.write(f"6 0 obj {script()} endobj\n")
    return Case(pdf.end(), list(FOUND))


@trick(AREA)
def object_in_string() -> Case:
    """The table leads into a string of another object, where the script's object stands."""
    pdf = document(catalog="/OpenAction 6 0 R")
    pdf.note(7, pdf.here)
    pdf.write("7 0 obj (")
    pdf.note(6, pdf.here)
    pdf.write("6 0 obj <</S/JavaScript/JS(a)>> endobj\n) endobj\n")
    return Case(pdf.end(), list(FOUND))


@trick(AREA)
def object_in_stream() -> Case:
    """The table leads into the page's content, where the script's object stands."""
    inner = raw(f"6 0 obj {script()} endobj\n")
    pdf = document(catalog="/OpenAction 6 0 R", content=Stream(b"q\n" + inner + b"Q"))
    pdf.note(6, bytes(pdf.out).index(inner))
    return Case(pdf.end(), list(FOUND))


@trick(AREA)
def object_in_stream_unlisted() -> Case:
    """An object's text in a stream's data, which no table lists, is data."""
    inner = raw(f"6 0 obj {script()} endobj\n")
    pdf = document(content=Stream(b"q\n" + inner + b"Q"))
    return Case(pdf.end(), [])


@trick(AREA)
def object_in_stream_rebuilt() -> Case:
    """The same without a table: a viewer that rebuilds reads the object out of the stream."""
    inner = raw(f"6 0 obj {script()} endobj\n")
    pdf = document(catalog="/OpenAction 6 0 R", content=Stream(b"q\n" + inner + b"Q"))
    return Case(pdf.trailer().whole(), list(FOUND), facts=REPAIRED)
