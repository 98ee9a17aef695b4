"""Links that cover a page together, by another target, or under an appearance."""

from __future__ import annotations

from .codecs import flate
from .expected import Case, Facts, Finding, script_at, trick
from .links import ALL, BOX, COVER, SHORT, URI, full_found, link, uri_found
from .writer import (
    Body,
    Pdf,
    Stream,
    document,
)

AREA = "covers"


def _together(kind: str = "full_page_link") -> Finding:
    return Finding(kind, 6, "Page 1/Annots[0]", 1)


def _many(links: list[str], covers: bool, kind: str = "full_page_link") -> Case:
    objects: dict[int, Body] = {6 + index: body for index, body in enumerate(links)}
    names = " ".join(f"{number} 0 R" for number in objects)
    found = [uri_found(index, 6 + index) for index in range(len(links))]
    if covers:
        found.append(_together(kind))
    return Case(document(objects, page=f"/Annots[{names}]", box=BOX).end(), found)


@trick(AREA)
def two_halves() -> Case:
    """Two links cover a half of the page each."""
    return _many([link("[0 0 100 50]"), link("[0 50 100 100]")], True)


@trick(AREA)
def same_half_twice() -> Case:
    """Two links cover the same half."""
    return _many([link("[0 0 100 50]"), link("[0 0 100 50]")], False)


@trick(AREA)
def one_half_visible() -> Case:
    """Two links cover a half each, and one of them has a border."""
    return _many([link("[0 0 100 50]"), link("[0 50 100 100]", border="/Border[0 0 1]")], False)


@trick(AREA)
def overlapping() -> Case:
    """Three links overlap, and cover the page together."""
    return _many([link("[0 0 60 100]"), link("[40 0 100 60]"), link("[30 40 100 100]")], True)


@trick(AREA)
def strips() -> Case:
    """A hundred links cover a hundredth of the page each."""
    return _many([link(f"[0 {row} 100 {row + 1}]") for row in range(100)], True)


@trick(AREA)
def strips_with_gaps() -> Case:
    """A hundred links, each a strip with a gap to the next: 80 % of the page."""
    return _many([link(f"[0 {row} 100 {row}.8]") for row in range(100)], False)


def _drawn(appearance: str, objects: dict[int, Body], covers: bool, border: str = "/Border[0 0 0]") -> Case:
    every: dict[int, Body] = {6: link(ALL, URI + appearance, border)}
    every.update(objects)
    pdf = document(every, page="/Annots[6 0 R]", box=BOX)
    return Case(pdf.end(), list(COVER if covers else SHORT))


def _form(content: str, box: str = ALL) -> Stream:
    return Stream(content, "/Type/XObject/Subtype/Form/BBox" + box)


@trick(AREA)
def appearance_empty() -> Case:
    """The link's appearance is an empty form."""
    return _drawn("/AP<</N 7 0 R>>", {7: _form("")}, True)


@trick(AREA)
def appearance_paints() -> Case:
    """The link's appearance paints the page red, so that it is seen."""
    return _drawn("/AP<</N 7 0 R>>", {7: _form("1 0 0 rg 0 0 100 100 re f")}, False)


@trick(AREA)
def appearance_without_painting() -> Case:
    """The link's appearance has operators, of which none paints."""
    return _drawn("/AP<</N 7 0 R>>", {7: _form("q 1 0 0 rg 0 0 100 100 re n Q")}, True)


@trick(AREA)
def appearance_replaces_border() -> Case:
    """The link has a border, which its empty appearance replaces."""
    return _drawn("/AP<</N 7 0 R>>", {7: _form("")}, True, "/Border[0 0 1]")


@trick(AREA)
def appearance_packed() -> Case:
    """The link's appearance, which paints, is packed."""
    body = Stream(
        flate(b"0 0 1 rg 5 5 50 50 re f"), "/Type/XObject/Subtype/Form/BBox[0 0 100 100]/Filter/FlateDecode"
    )
    return _drawn("/AP<</N 7 0 R>>", {7: body}, False)


@trick(AREA)
def appearance_null() -> Case:
    """The link's appearance names an object that is not there."""
    return _drawn("/AP<</N 77 0 R>>", {}, True)


@trick(AREA)
def button() -> Case:
    """A push button without a look covers the page and leads to an address."""
    button = f"<</Type/Annot/Subtype/Widget/FT/Btn/Ff 65536/T(b)/Rect[0 0 100 100]{URI}>>"
    pdf = document({6: button}, catalog="/AcroForm<</Fields[6 0 R]>>", page="/Annots[6 0 R]", box=BOX)
    return Case(pdf.end(), list(COVER), facts=Facts(form=True))


@trick(AREA)
def internal() -> Case:
    """The link covers the page and goes to a page of the document."""
    pdf = document({6: link(ALL, "/Dest[3 0 R/Fit]")}, page="/Annots[6 0 R]", box=BOX)
    return Case(pdf.end(), [full_found(kind="full_page_internal_link")])


@trick(AREA)
def internal_action() -> Case:
    """The link covers the page, and its action goes to a page of the document."""
    body = link(ALL, "/A<</S/GoTo/D[3 0 R/Fit]>>")
    return Case(
        document({6: body}, page="/Annots[6 0 R]", box=BOX).end(),
        [full_found(kind="full_page_internal_link")],
    )


@trick(AREA)
def launching() -> Case:
    """The link covers the page and starts a program."""
    body = link(ALL, "/A<</S/Launch/F(a.exe)>>")
    found = [full_found(), Finding("launch", 6, "Page 1/Annots[0]/A", 1)]
    return Case(document({6: body}, page="/Annots[6 0 R]", box=BOX).end(), found)


@trick(AREA)
def script_over_page() -> Case:
    """The link covers the page and runs a script."""
    body = link(ALL, "/A<</S/JavaScript/JS(a\\(\\))>>")
    found = [full_found(), script_at(6, "Page 1/Annots[0]/A", 1)]
    return Case(document({6: body}, page="/Annots[6 0 R]", box=BOX).end(), found)


@trick(AREA)
def address_behind_internal() -> Case:
    """The link covers the page and goes to a page, and its /Next to an address."""
    body = link(ALL, "/A<</S/GoTo/D[3 0 R/Fit]/Next<</S/URI/URI(http://a/)>>>>")
    found = [full_found(), Finding("uri_link", 6, "Page 1/Annots[0]/A/Next", 1)]
    return Case(document({6: body}, page="/Annots[6 0 R]", box=BOX).end(), found)


@trick(AREA)
def without_action() -> Case:
    """The link covers the page and does nothing."""
    return Case(document({6: link(ALL, "")}, page="/Annots[6 0 R]", box=BOX).end(), [])


@trick(AREA)
def note_over_page() -> Case:
    """A note without an action covers the page."""
    body = "<</Type/Annot/Subtype/Text/Rect[0 0 100 100]/Contents(x)>>"
    return Case(document({6: body}, page="/Annots[6 0 R]", box=BOX).end(), [])


@trick(AREA)
def second_page() -> Case:
    """The link covers the second page; the first page is larger."""
    objects: dict[int, Body] = {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
        3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 900]>>",
        4: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Annots[6 0 R]>>",
        6: link(ALL),
    }
    found = [full_found(page=2), uri_found(page=2)]
    return Case(Pdf().add_all(objects).end(), found, facts=Facts(pages=2))


@trick(AREA)
def shared_by_two_pages() -> Case:
    """Two pages share a link, which covers the second one alone."""
    objects: dict[int, Body] = {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
        3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 900]/Annots[6 0 R]>>",
        4: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Annots[6 0 R]>>",
        6: link(ALL),
    }
    # The action is one dictionary, told once; the cover belongs to the page.
    found = [uri_found(), full_found(page=2)]
    return Case(Pdf().add_all(objects).end(), found, facts=Facts(pages=2))
