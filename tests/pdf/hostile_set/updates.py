"""Scripts that an update added, replaced or deleted, and objects that nothing leads to."""

from __future__ import annotations

from .expected import Case, Facts, Finding, hidden, replaced, script_at, trick
from .writer import Body, Pdf, Stream, document, object_stream, pages, script

AREA = "updates"
_TWO = Facts(revisions=2)


def _catalog(entries: str) -> str:
    return f"<</Type/Catalog/Pages 2 0 R{entries}>>"


def _changed(revision: int = 2) -> Finding:
    return Finding("changed_catalog", 1, "Root", None, revision)


@trick(AREA)
def replaced_object() -> Case:
    """An update replaces the script's object by a page to go to."""
    pdf = document({6: script()}, catalog="/OpenAction 6 0 R").table()
    pdf.add(6, "[3 0 R/Fit]").table()
    return Case(pdf.whole(), [replaced("javascript", 6)], facts=_TWO)


@trick(AREA)
def replaced_catalog() -> Case:
    """An update replaces the catalog, in which the script was."""
    pdf = document(catalog="/OpenAction" + script()).table()
    pdf.add(1, _catalog("")).table()
    found = [replaced("javascript", 1, rest="/OpenAction"), _changed()]
    return Case(pdf.whole(), found, facts=_TWO)


@trick(AREA)
def replaced_catalog_leaves_action() -> Case:
    """An update replaces the catalog, and the action that the old one named stays in the file."""
    pdf = document({6: script()}, catalog="/OpenAction 6 0 R").table()
    pdf.add(1, _catalog("")).table()
    return Case(pdf.whole(), [hidden("javascript", 6), _changed()], facts=_TWO)


@trick(AREA)
def deleted_object() -> Case:
    """An update deletes the script's object; the catalog still names it."""
    pdf = document({6: script()}, catalog="/OpenAction 6 0 R").table()
    pdf.free(6).table()
    return Case(pdf.whole(), [replaced("javascript", 6)], facts=_TWO)


@trick(AREA)
def deleted_and_back() -> Case:
    """A second update brings the deleted object back, with the next generation."""
    pdf = document({6: script(1)}, catalog="/OpenAction 6 1 R").table()
    pdf.free(6).table()
    pdf.add(6, script(2), generation=1).table()
    found = [
        replaced("javascript", 6),
        Finding("javascript", 6, "Root/OpenAction", revision=3, generation=1),
    ]
    return Case(pdf.whole(), found, facts=Facts(revisions=3))


@trick(AREA)
def added_by_update() -> Case:
    """The first revision is harmless; an update gives the catalog a script."""
    pdf = document().table()
    pdf.add(1, _catalog("/OpenAction 6 0 R")).add(6, script()).table()
    return Case(pdf.whole(), [script_at(6, "Root/OpenAction", None, 2), _changed()], facts=_TWO)


@trick(AREA)
def added_to_harmless_object() -> Case:
    """An update replaces the page to go to by a script; the catalog stays."""
    pdf = document({6: "[3 0 R/Fit]"}, catalog="/OpenAction 6 0 R").table()
    pdf.add(6, script()).table()
    return Case(pdf.whole(), [script_at(6, "Root/OpenAction", None, 2)], facts=_TWO)


@trick(AREA)
def script_in_every_revision() -> Case:
    """Three revisions of one object, and each is a script."""
    pdf = document({6: script(1)}, catalog="/OpenAction 6 0 R").table()
    pdf.add(6, script(2)).table().add(6, script(3)).table()
    found = [
        replaced("javascript", 6),
        replaced("javascript", 6, 2),
        script_at(6, "Root/OpenAction", None, 3),
    ]
    return Case(pdf.whole(), found, facts=Facts(revisions=3))


@trick(AREA)
def new_root() -> Case:
    """An update's trailer names another object as the catalog, and that one has the script."""
    pdf = document().table()
    pdf.add(6, _catalog("/OpenAction" + script())).table("/Root 6 0 R")
    found = [script_at(6, "Root/OpenAction", None, 2), Finding("changed_catalog", 6, "Root", None, 2)]
    return Case(pdf.whole(), found, facts=_TWO)


@trick(AREA)
def old_root() -> Case:
    """An update's trailer names another object as the catalog; the old one had the script."""
    pdf = document(catalog="/OpenAction" + script()).table()
    pdf.add(6, _catalog("")).table("/Root 6 0 R")
    found = [
        hidden("javascript", 1, rest="/OpenAction"),
        Finding("changed_catalog", 6, "Root", None, 2),
    ]
    return Case(pdf.whole(), found, facts=_TWO)


@trick(AREA)
def update_with_xref_stream() -> Case:
    """The first revision has a table, and the update that adds the script a cross-reference stream."""
    pdf = document().table()
    pdf.pack(10, {6: script()})
    pdf.add(1, _catalog("/OpenAction 6 0 R")).add(10, object_stream({6: script()})).xref_stream(11)
    return Case(pdf.whole(), [script_at(6, "Root/OpenAction", None, 2), _changed()], facts=_TWO)


@trick(AREA)
def update_after_xref_stream() -> Case:
    """The first revision has a cross-reference stream, and the update that adds the script a table."""
    pdf = document().xref_stream(10)
    pdf.add(1, _catalog("/OpenAction" + script())).table()
    return Case(pdf.whole(), [script_at(1, "Root/OpenAction", None, 2), _changed()], facts=_TWO)


@trick(AREA)
def update_without_root() -> Case:
    """The update's trailer lacks /Root; that of the revision before has it."""
    pdf = document({6: "null"}, catalog="/OpenAction 6 0 R").table()
    pdf.add(6, script()).table("")
    return Case(pdf.whole(), [script_at(6, "Root/OpenAction", None, 2)], facts=_TWO)


@trick(AREA)
def update_that_changes_nothing() -> Case:
    """An empty update, as some writers append: nothing is revised."""
    pdf = document().table()
    pdf.table()
    return Case(pdf.whole(), [])


@trick(AREA)
def catalog_written_again() -> Case:
    """An update writes the catalog again, byte for byte: nothing has changed."""
    pdf = document().table()
    pdf.add(1, _catalog("")).table()
    return Case(pdf.whole(), [], facts=_TWO)


@trick(AREA)
def section_that_startxref_misses() -> Case:
    """An update is appended, with a table and a trailer, but the last startxref leads to the first."""
    pdf = document()
    place = pdf.here
    pdf.table()
    pdf.add(6, script()).add(1, _catalog("/OpenAction 6 0 R"))
    pdf.write("xref\n").write(pdf.rows()).trailer().start(place)
    # Viewers go by startxref, and show the first revision. A reader that rebuilds runs the script.
    return Case(pdf.whole(), [hidden("javascript", 6, 2), _changed(1)], facts=_TWO)


@trick(AREA)
def section_without_startxref() -> Case:
    """The update's objects are appended with neither table nor startxref."""
    pdf = document().table()
    pdf.add(6, script()).add(1, _catalog("/OpenAction 6 0 R"))
    return Case(pdf.whole(), [hidden("javascript", 6, 2)], facts=_TWO)


@trick(AREA)
def second_definition_in_one_revision() -> Case:
    """Object 6 is there twice in one revision: the table leads to the first, and the last is a script."""
    pdf = document({6: "[3 0 R/Fit]"}, catalog="/OpenAction 6 0 R")
    pdf.add(6, script(), listed=False)
    return Case(pdf.end(), [hidden("javascript", 6)])


@trick(AREA)
def first_definition_in_one_revision() -> Case:
    """Object 6 is there twice in one revision: the table leads to the last, and the first is a script."""
    pdf = document({6: script()}, catalog="/OpenAction 6 0 R").add(6, "[3 0 R/Fit]")
    return Case(pdf.end(), [hidden("javascript", 6)])


@trick(AREA)
def unreferenced() -> Case:
    """The table lists a script that nothing names."""
    return Case(document({6: script()}).end(), [hidden("javascript", 6)])


@trick(AREA)
def unlisted() -> Case:
    """The file has a script that neither the table lists nor anything names."""
    pdf = document().add(6, script(), listed=False)
    return Case(pdf.end(), [hidden("javascript", 6)])


@trick(AREA)
def listed_as_free() -> Case:
    """The only table lists the script that the catalog names as free."""
    pdf = document(catalog="/OpenAction 6 0 R").add(6, script(), listed=False).free(6, 0)
    return Case(pdf.end(), [hidden("javascript", 6)])


@trick(AREA)
def unreferenced_catalog() -> Case:
    """A second catalog with a script, which no trailer names."""
    pdf = document({6: _catalog("/OpenAction" + script())})
    return Case(pdf.end(), [hidden("javascript", 6, rest="/OpenAction")])


@trick(AREA)
def unreferenced_page() -> Case:
    """A page that is in no page tree has a script, and an annotation with another."""
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/AA<</O{script(1)}>>/Annots[7 0 R]>>"
    objects: dict[int, Body] = {
        6: page,
        7: f"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A{script(2)}>>",
    }
    found = [hidden("javascript", 6, rest="/AA/O"), hidden("javascript", 7, rest="/A")]
    return Case(document(objects).end(), found)


@trick(AREA)
def reached_by_private_data() -> Case:
    """No key that a viewer follows leads to the script; the page's private data of a program does."""
    pdf = document({6: script()}, page="/PieceInfo<</Prog<</Private 6 0 R>>>>")
    return Case(pdf.end(), [script_at(6, "Page 1/PieceInfo/Prog/Private", 1)])


@trick(AREA)
def reached_by_info() -> Case:
    """The script is named by a key of the document's information."""
    pdf = document({6: "<</Producer(x)/Extra 7 0 R>>", 7: script()})
    return Case(pdf.end("/Root 1 0 R/Info 6 0 R"), [script_at(7, "Trailer/Info/Extra")])


@trick(AREA)
def update_hides_annotation() -> Case:
    """An update takes the annotation with a link off the page."""
    link = "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://a/)>>>>"
    objects = pages(page="/Annots[6 0 R]")
    pdf = Pdf().add_all(objects).add(6, link).table()
    pdf.add(3, pages()[3]).table()
    return Case(pdf.whole(), [hidden("uri_link", 6, rest="/A")], facts=_TWO)


@trick(AREA)
def replaced_link() -> Case:
    """An update replaces a link to an address by one to a page: what it was is worth a note."""
    link = "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://a/)>>>>"
    pdf = document({6: link}, page="/Annots[6 0 R]").table()
    pdf.add(6, "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/Dest[3 0 R/Fit]>>").table()
    return Case(pdf.whole(), [replaced("uri_link", 6, rest="/A")], facts=_TWO)


@trick(AREA)
def replaced_attachment() -> Case:
    """An update replaces the file specification of an attachment by null, and deletes its file."""
    objects: dict[int, Body] = {
        6: "<</Type/Filespec/F(a.txt)/EF<</F 7 0 R>>>>",
        7: Stream("hello", "/Type/EmbeddedFile"),
    }
    pdf = document(objects, catalog="/Names<</EmbeddedFiles<</Names[(a)6 0 R]>>>>").table()
    pdf.add(6, "null").free(7).table()
    found: list[Finding] = [replaced("embedded_file", 6)]
    return Case(pdf.whole(), found, facts=_TWO)


@trick(AREA)
def ends_of_file_without_update() -> Case:
    """The mark of a file's end stands in a string and in a stream: that makes no revision."""
    pdf = document({6: "<</Producer(%%EOF\n%%EOF\n)>>", 7: Stream("%%EOF\nstartxref\n0\n%%EOF\n")})
    return Case(pdf.end("/Root 1 0 R/Info 6 0 R"), [])
