"""Cross-reference data that is wrong, missing, or two things at once."""

from __future__ import annotations

from . import codecs
from .expected import Case, Facts, Finding, hidden, made, script_at, trick
from .writer import Body, Pdf, Stream, document, object_stream, raw, script

AREA = "tables"
_FOUND = [script_at(6, "Root/OpenAction")]
_REPAIRED = Facts(repaired=True)


def _script(others: dict[int, Body] | None = None) -> Pdf:
    objects: dict[int, Body] = {6: script()}
    objects.update(others or {})
    return document(objects, catalog="/OpenAction 6 0 R")


def _rebuilt(pdf: Pdf) -> Case:
    return Case(pdf.whole(), list(_FOUND), facts=_REPAIRED)


@trick(AREA)
def no_table() -> Case:
    """Neither table nor trailer: the catalog has to be found by its type."""
    return _rebuilt(_script())


@trick(AREA)
def no_table_but_trailer() -> Case:
    """A trailer without a table and without startxref."""
    return _rebuilt(_script().trailer())


@trick(AREA)
def startxref_zero() -> Case:
    """startxref says 0, as some writers do that know no better; the table is there."""
    pdf = _script()
    pdf.write("xref\n").write(pdf.rows()).trailer().start("0")
    return _rebuilt(pdf)


@trick(AREA)
def startxref_beyond() -> Case:
    """startxref points behind the end of the file."""
    pdf = _script()
    pdf.write("xref\n").write(pdf.rows()).trailer().start("99999999")
    return _rebuilt(pdf)


@trick(AREA)
def startxref_huge() -> Case:
    """startxref is a number of forty digits."""
    pdf = _script()
    pdf.write("xref\n").write(pdf.rows()).trailer().start("9" * 40)
    return _rebuilt(pdf)


@trick(AREA)
def startxref_negative() -> Case:
    """startxref is negative."""
    pdf = _script()
    pdf.write("xref\n").write(pdf.rows()).trailer().start("-1")
    return _rebuilt(pdf)


@trick(AREA)
def startxref_at_object() -> Case:
    """startxref points to an object that is no cross-reference stream."""
    pdf = _script()
    place = pdf.places[6][0]
    pdf.write("xref\n").write(pdf.rows()).trailer().start(str(place))
    return _rebuilt(pdf)


@trick(AREA)
def offsets_shifted() -> Case:
    """Every offset of the table is 7 too large."""
    pdf = _script()
    place = pdf.here
    pdf.write("xref\n").write(pdf.rows(7)).trailer().start(place)
    return _rebuilt(pdf)


@trick(AREA)
def one_offset_wrong() -> Case:
    """The offset of the script alone is wrong: it points to the object before."""
    pdf = _script()
    pdf.note(6, pdf.places[5][0])
    return _rebuilt(pdf.table())


@trick(AREA)
def one_offset_zero() -> Case:
    """The offset of the script is 0, and it is said to be in use: viewers take it for null."""
    pdf = _script()
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
    return Case(pdf.table().whole(), list(_FOUND))


@trick(AREA)
def first_number_off_by_one() -> Case:
    """The subsection begins at 1 and should at 0, as a well-known writer had it and viewers put right."""
    pdf = _script()
    place = pdf.here
    rows = pdf.rows().replace(b"0 7\n", b"1 7\n", 1)
    pdf.write("xref\n").write(rows).trailer().start(place)
    return Case(pdf.whole(), list(_FOUND))


@trick(AREA)
def count_too_small() -> Case:
    """The subsection says 5 rows and has 7; the script is the last."""
    pdf = _script()
    place = pdf.here
    rows = pdf.rows().replace(b"0 7\n", b"0 5\n", 1)
    pdf.write("xref\n").write(rows).trailer().start(place)
    return _rebuilt(pdf)


@trick(AREA)
def count_too_large() -> Case:
    """The subsection says 900 rows and has 7."""
    pdf = _script()
    place = pdf.here
    rows = pdf.rows().replace(b"0 7\n", b"0 900\n", 1)
    pdf.write("xref\n").write(rows).trailer().start(place)
    return Case(pdf.whole(), list(_FOUND), facts=_REPAIRED)


@trick(AREA)
def count_huge() -> Case:
    """The subsection says four thousand million rows."""
    pdf = _script()
    place = pdf.here
    rows = pdf.rows().replace(b"0 7\n", b"0 4294967295\n", 1)
    pdf.write("xref\n").write(rows).trailer().start(place)
    return Case(pdf.whole(), list(_FOUND), facts=_REPAIRED)


@trick(AREA)
def first_number_huge() -> Case:
    """A second subsection begins at a number beyond all limits."""
    pdf = _script()
    place = pdf.here
    rows = pdf.rows() + b"99999999999999999999 1\n0000000009 00000 n \n"
    pdf.write("xref\n").write(rows).trailer().start(place)
    return Case(pdf.whole(), list(_FOUND))


@trick(AREA)
def first_number_negative() -> Case:
    """A second subsection begins at a negative number."""
    pdf = _script()
    place = pdf.here
    pdf.write("xref\n").write(pdf.rows() + b"-5 1\n0000000009 00000 n \n").trailer().start(place)
    return Case(pdf.whole(), list(_FOUND), facts=_REPAIRED)


@trick(AREA)
def rows_of_19_bytes() -> Case:
    """The rows of the table end in a line feed alone."""
    pdf = _script()
    place = pdf.here
    pdf.write("xref\n").write(pdf.rows().replace(b" \n", b"\n")).trailer().start(place)
    return Case(pdf.whole(), list(_FOUND))


@trick(AREA)
def rows_of_odd_shape() -> Case:
    """The rows of the table have short numbers and a comment."""
    pdf = _script()
    place = pdf.here
    text = "xref %x\n0 7%y\n0 65535 f\n"
    text += "".join(f"{pdf.places[number][0]} 0 n\n" for number in range(1, 7))
    pdf.write(text).trailer().start(place)
    return Case(pdf.whole(), list(_FOUND))


@trick(AREA)
def sections_many() -> Case:
    """Each object has a subsection of its own, out of order, and the trailer stands on one line with the rows."""
    pdf = _script()
    place = pdf.here
    text = "xref\n"
    for number in (6, 2, 4, 1, 5, 3):
        text += f"{number} 1\n{pdf.places[number][0]:010} 00000 n \n"
    pdf.write(text + f"trailer<</Root 1 0 R/Size 7>>startxref {place} %%EOF")
    return Case(pdf.whole(), list(_FOUND))


@trick(AREA)
def size_too_small() -> Case:
    """/Size is 3: by the standard the objects from 3 on are not there, and viewers take them."""
    pdf = _script().table(size="3")
    return Case(pdf.whole(), list(_FOUND))


@trick(AREA)
def size_negative() -> Case:
    """/Size is negative."""
    return Case(_script().table(size="-1").whole(), list(_FOUND))


@trick(AREA)
def size_huge() -> Case:
    """/Size is far beyond what there is."""
    return Case(_script().table(size="999999999999").whole(), list(_FOUND))


@trick(AREA)
def previous_is_itself() -> Case:
    """/Prev of the only section points to that section."""
    pdf = _script()
    place = pdf.here
    return Case(pdf.table(f"/Root 1 0 R/Prev {place}").whole(), list(_FOUND))


@trick(AREA)
def previous_cycle() -> Case:
    """The /Prev of two sections point to each other; one of them is empty and makes no revision."""
    pdf = _script()
    second = pdf.here + 400
    pdf.table(f"/Root 1 0 R/Prev {second}")
    pdf.write("%".ljust(second - pdf.here - 1) + "\n")
    return Case(pdf.table().whole(), list(_FOUND))


@trick(AREA)
def previous_beyond() -> Case:
    """/Prev points behind the end of the file."""
    return Case(_script().table("/Root 1 0 R/Prev 99999999").whole(), list(_FOUND), facts=_REPAIRED)


@trick(AREA)
def previous_by_reference() -> Case:
    """/Prev is a reference, which it must not be; the first section has all objects but one."""
    pdf = _script()
    place = pdf.here
    pdf.table()
    pdf.previous = None
    pdf.add(7, str(place))
    here = pdf.here
    pdf.write(f"xref\n7 1\n{pdf.places[7][0]:010} 00000 n \n")
    pdf.write("trailer\n<</Root 1 0 R/Size 8/Prev 7 0 R>>\n").start(here)
    return Case(pdf.whole(), list(_FOUND), facts=Facts(revisions=2, repaired=True))


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
    return Case(pdf.whole(), [script_at(6, "Root/OpenAction")], facts=_REPAIRED)


@trick(AREA)
def no_root() -> Case:
    """The trailer has no /Root."""
    return _rebuilt(_script().table(""))


@trick(AREA)
def root_is_null() -> Case:
    """/Root names an object that is not there."""
    return _rebuilt(_script().table("/Root 77 0 R"))


@trick(AREA)
def root_is_pages() -> Case:
    """/Root names the page tree and not the catalog."""
    return _rebuilt(_script().table("/Root 2 0 R"))


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
    return Case(pdf.end(f"/Root 1 0 R/XRefStm {place}"), list(_FOUND))


@trick(AREA)
def hybrid_hides() -> Case:
    """The old table has a script, and /XRefStm in the same section does not replace it."""
    pdf = _script()
    pdf.add(10, object_stream({6: "[3 0 R/Fit]"}))
    place = pdf.here
    rows = b"\x02\x00\x00\x0a\x00\x00"
    pdf.add(11, Stream(rows, "/Type/XRef/Size 12/W[1 3 2]/Index[6 1]/Root 1 0 R"), listed=False)
    # The table comes before /XRefStm (ISO 32000-2, 7.5.8.4).
    return Case(pdf.end(f"/Root 1 0 R/XRefStm {place}"), list(_FOUND))


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
    return Case(pdf.end(), list(_FOUND))


@trick(AREA)
def object_in_string() -> Case:
    """The table leads into a string of another object, where the script's object stands."""
    pdf = document(catalog="/OpenAction 6 0 R")
    pdf.note(7, pdf.here)
    pdf.write("7 0 obj (")
    pdf.note(6, pdf.here)
    pdf.write("6 0 obj <</S/JavaScript/JS(a)>> endobj\n) endobj\n")
    return Case(pdf.end(), list(_FOUND))


@trick(AREA)
def object_in_stream() -> Case:
    """The table leads into the page's content, where the script's object stands."""
    inner = raw(f"6 0 obj {script()} endobj\n")
    pdf = document(catalog="/OpenAction 6 0 R", content=Stream(b"q\n" + inner + b"Q"))
    pdf.note(6, bytes(pdf.out).index(inner))
    return Case(pdf.end(), list(_FOUND))


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
    return Case(pdf.trailer().whole(), list(_FOUND), facts=_REPAIRED)


@trick(AREA)
def length_covers_object() -> Case:
    """A /Length that is too large covers the end of the stream and the script's object behind it."""
    pdf = document(catalog="/OpenAction 6 0 R", content=Stream(b"q Q"))
    pdf.add(7, Stream("abc", length="120"))
    pdf.add(6, script())
    # `endstream` does not stand where /Length says.
    return Case(pdf.end(), _FOUND + [Finding("length_mismatch", 7, "Object 7")])


@trick(AREA)
def length_covers_object_to_another_end() -> Case:
    """A /Length reaches to the end of the next stream, over the script's object that the table lists."""
    pdf = document(catalog="/OpenAction 6 0 R")
    inner = raw(f"abc\nendstream\nendobj\n6 0 obj\n{script()}\nendobj\n8 0 obj\n<</Length 3>>\nstream\nabc")
    pdf.note(7, pdf.here)
    pdf.write(f"7 0 obj\n<</Length {len(inner)}>>\nstream\n")
    start = pdf.here
    pdf.write(inner + b"\nendstream\nendobj\n")
    pdf.note(6, start + inner.index(b"6 0 obj"))
    pdf.note(8, start + inner.index(b"8 0 obj"))
    return Case(pdf.end(), list(_FOUND))


@trick(AREA)
def length_covers_object_unlisted() -> Case:
    """The same, and no table lists the script: by the stream's length it is data, by the words an object."""
    pdf = document()
    inner = raw(f"abc\nendstream\nendobj\n6 0 obj\n{script()}\nendobj\n8 0 obj\n<</Length 3>>\nstream\nabc")
    pdf.add(7, Stream(inner))
    return Case(pdf.end(), [])


_LENGTHS = {
    "zero": ("0", "/Length is 0, and the stream has data with the word endobj in it."),
    "negative": ("-5", "/Length is negative."),
    "huge": ("99999999999999999999", "/Length is beyond all integers."),
    "one_short": ("23", "/Length is shorter than the data."),
    "missing_object": ("77 0 R", "/Length names an object that is not there."),
    "itself": ("7 0 R", "/Length names the stream itself."),
    "name": ("/Ten", "/Length is a name."),
    "real": ("4.5", "/Length is no integer."),
}


def _lengths() -> None:
    for name, (length, words) in _LENGTHS.items():

        def make(length: str = length) -> Case:
            pdf = document(catalog="/OpenAction 6 0 R")
            pdf.add(7, Stream("q (endobj trailer <<>>) Q", length=length)).add(6, script())
            return Case(pdf.end(), _FOUND + [Finding("length_mismatch", 7, "Object 7")])

        made(AREA, "length_" + name, words, make)


_lengths()


@trick(AREA)
def length_of_content_one_short() -> Case:
    """The page's content is a byte longer than it says, as many honest writers have it."""
    pdf = document(content=Stream(b"q Q  ", length="4"))
    return Case(pdf.end(), [])


_ROWS = b"\0\0\0\0\xff\xff"


def _stream_case(entries: str, size: str | None = None, tail: bytes = b"") -> Pdf:
    pdf = _script()
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
            return Case(_stream_case(entries, size).whole(), list(_FOUND), facts=facts)

        made(AREA, "stream_" + name, "Cross-reference stream: " + words, make)


_streams()


@trick(AREA)
def stream_without_type_field() -> Case:
    """Cross-reference stream whose first width is 0: every row is of type 1."""
    pdf = _script()
    place = pdf.here
    pdf.note(9, place)
    data = b"".join(pdf.places[number][0].to_bytes(2, "big") for number in range(1, 7))
    pdf.raw_xref_stream(9, data + place.to_bytes(2, "big"), "/W[0 2 0]/Index[1 6 9 1]/Root 1 0 R")
    return Case(pdf.start(place).whole(), list(_FOUND))


@trick(AREA)
def stream_with_unknown_rows() -> Case:
    """Cross-reference stream with rows of types that do not exist, which are references to null."""
    pdf = _script()
    data, _ = pdf.stream_rows(9)
    place = pdf.here
    rows = data + b"\x07\0\0\1\0\0" + b"\xff\xff\xff\xff\xff\xff"
    pdf.raw_xref_stream(9, rows, "/W[1 3 2]/Index[0 7 9 1 40 2]/Root 1 0 R", "42")
    return Case(pdf.start(place).whole(), list(_FOUND))


@trick(AREA)
def stream_with_predictor() -> Case:
    """Cross-reference stream with the predictor that most writers use."""
    pdf = _script()
    data, runs = pdf.stream_rows(9)
    place = pdf.here
    entries = "/W[1 3 2]/Index[{}]/Root 1 0 R/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 6>>"
    pdf.raw_xref_stream(9, codecs.flate(codecs.predict_up(data, 6)), entries.format(runs))
    return Case(pdf.start(place).whole(), list(_FOUND))


@trick(AREA)
def stream_damaged() -> Case:
    """Cross-reference stream whose data does not unpack."""
    pdf = _script()
    place = pdf.here
    pdf.raw_xref_stream(9, b"\xff" * 40, "/W[1 3 2]/Index[0 7 9 1]/Root 1 0 R/Filter/FlateDecode")
    return _rebuilt(pdf.start(place))


@trick(AREA)
def stream_that_startxref_misses() -> Case:
    """startxref points a few bytes before the cross-reference stream, into the object before it."""
    pdf = _script()
    data, runs = pdf.stream_rows(9)
    place = pdf.here
    pdf.raw_xref_stream(9, data, f"/W[1 3 2]/Index[{runs}]/Root 1 0 R")
    return _rebuilt(pdf.start(str(place - 12)))


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
