"""Links: those that cover a page and cannot be seen, and those that only look as if."""

from __future__ import annotations

from .codecs import flate
from .expected import Case, Facts, Finding, made, script_at, trick
from .writer import Body, Pdf, Stream, document

AREA = "links"
_BOX = "[0 0 100 100]"
_URI = "/A<</S/URI/URI(http://a/)>>"
_ALL = "[0 0 100 100]"


def link(rectangle: str, more: str = _URI, border: str = "/Border[0 0 0]") -> str:
    """A link, invisible unless a border is given."""
    return f"<</Type/Annot/Subtype/Link/Rect{rectangle}{border}{more}>>"


def _uri(index: int = 0, number: int = 6, page: int = 1) -> Finding:
    return Finding("uri_link", number, f"Page {page}/Annots[{index}]/A", page)


def _full(index: int = 0, number: int = 6, kind: str = "full_page_link", page: int = 1) -> Finding:
    return Finding(kind, number, f"Page {page}/Annots[{index}]", page)


def _together(kind: str = "full_page_link") -> Finding:
    return Finding(kind, 6, "Page 1/Annots[0]", 1)


_COVER = [_full(), _uri()]
_SHORT = [_uri()]

Row = tuple[str, str, str, str, str, bool, str]

# Name: rectangle, more of the link, border, media box, more of the page, whether it covers, words.
_SINGLE: dict[str, Row] = {
    "cover_100": ("[0 0 100 100]", "", "/Border[0 0 0]", _BOX, "", True, "It covers the page."),
    "cover_91": ("[0 0 100 91]", "", "/Border[0 0 0]", _BOX, "", True, "It covers 91 % of the page."),
    "cover_90": ("[0 0 100 90]", "", "/Border[0 0 0]", _BOX, "", True, "It covers 90 % of the page exactly."),
    "cover_89": ("[0 0 100 89]", "", "/Border[0 0 0]", _BOX, "", False, "It covers 89 % of the page."),
    "reversed": (
        "[100 100 0 0]",
        "",
        "/Border[0 0 0]",
        _BOX,
        "",
        True,
        "The corners of its rectangle are swapped.",
    ),
    "other_corners": (
        "[0 100 100 0]",
        "",
        "/Border[0 0 0]",
        _BOX,
        "",
        True,
        "Its rectangle is given by the other two corners.",
    ),
    "larger_than_page": (
        "[-5000 -5000 5000 5000]",
        "",
        "/Border[0 0 0]",
        _BOX,
        "",
        True,
        "It is far larger than the page.",
    ),
    "huge_numbers": (
        "[-99999999999999999999 -1.0 9999999999999999999999 99999999999999999999.5]",
        "",
        "/Border[0 0 0]",
        _BOX,
        "",
        True,
        "Its corners are beyond all integers.",
    ),
    "beside_the_page": (
        "[100 0 200 100]",
        "",
        "/Border[0 0 0]",
        _BOX,
        "",
        False,
        "It is as large as the page and lies beside it.",
    ),
    "three_numbers": ("[0 0 100]", "", "/Border[0 0 0]", _BOX, "", False, "Its rectangle has three numbers."),
    "media_box_offset": (
        "[-50 -50 50 50]",
        "",
        "/Border[0 0 0]",
        "[-50 -50 50 50]",
        "",
        True,
        "The page does not begin at the origin.",
    ),
    "media_box_reversed": (
        _ALL,
        "",
        "/Border[0 0 0]",
        "[100 100 0 0]",
        "",
        True,
        "The corners of the page are swapped.",
    ),
    "crop_box": (
        "[50 50 150 150]",
        "",
        "/Border[0 0 0]",
        "[0 0 200 200]",
        "/CropBox[50 50 150 150]",
        True,
        "It covers the CropBox, which is a quarter of the MediaBox.",
    ),
    "crop_box_half": (
        "[0 0 100 200]",
        "",
        "/Border[0 0 0]",
        "[0 0 200 200]",
        "/CropBox[50 50 150 150]",
        False,
        "It covers half of the CropBox.",
    ),
    "crop_box_larger": (
        _ALL,
        "",
        "/Border[0 0 0]",
        _BOX,
        "/CropBox[-900 -900 900 900]",
        True,
        "The CropBox is larger than the MediaBox, which limits it.",
    ),
    "crop_box_outside": (
        _ALL,
        "",
        "/Border[0 0 0]",
        _BOX,
        "/CropBox[500 500 600 600]",
        True,
        "The CropBox lies outside of the MediaBox, so that viewers leave it aside.",
    ),
    "rotated": ("[0 0 100 95]", "", "/Border[0 0 0]", _BOX, "/Rotate 90", True, "The page is turned."),
    "rotated_wide": (
        "[0 0 200 50]",
        "",
        "/Border[0 0 0]",
        "[0 0 200 50]",
        "/Rotate 270",
        True,
        "The page is wide and turned.",
    ),
    "user_unit": (_ALL, "", "/Border[0 0 0]", _BOX, "/UserUnit 10", True, "The page's unit is ten points."),
    "border_visible": (_ALL, "", "/Border[0 0 2]", _BOX, "", False, "It has a border, which is seen."),
    "border_default": (_ALL, "", "", _BOX, "", False, "It says nothing of a border, so that one is drawn."),
    "border_outside": (
        "[-10 -10 110 110]",
        "",
        "/Border[0 0 2]",
        _BOX,
        "",
        True,
        "Its border lies outside of the page.",
    ),
    "border_style_zero": (_ALL, "", "/BS<</W 0>>", _BOX, "", True, "The width of its border style is 0."),
    "border_style_wins": (
        _ALL,
        "",
        "/Border[0 0 1]/BS<</W 0>>",
        _BOX,
        "",
        True,
        "Its border has a width and its border style, which comes before, has none.",
    ),
    "border_style_visible": (
        _ALL,
        "",
        "/Border[0 0 0]/BS<</W 3/S/D/D[3 2]>>",
        _BOX,
        "",
        False,
        "Its border style draws dashes.",
    ),
    "border_without_colour": (
        _ALL,
        "",
        "/Border[0 0 1]/C[]",
        _BOX,
        "",
        True,
        "The colour of its border is none: it is transparent.",
    ),
    "hidden": (
        _ALL,
        "/F 2",
        "/Border[0 0 0]",
        _BOX,
        "",
        False,
        "It has the flag Hidden: it can neither be seen nor clicked.",
    ),
    "quads_small": (
        _ALL,
        "/QuadPoints[1 9 9 9 1 1 9 1]",
        "/Border[0 0 0]",
        _BOX,
        "",
        True,
        "Its rectangle covers the page, and its quadrilaterals, which not every viewer knows, a corner.",
    ),
    "quads_outside": (
        _ALL,
        "/QuadPoints[1 900 900 900 1 1 900 1]",
        "/Border[0 0 0]",
        _BOX,
        "",
        True,
        "Its quadrilaterals lie outside of its rectangle, so that they do not count.",
    ),
    "with_both_targets": (
        _ALL,
        "/Dest[3 0 R/Fit]",
        "/Border[0 0 0]",
        _BOX,
        "",
        True,
        "It has a page to go to beside its address.",
    ),
}


def _singles() -> None:
    for name, row in _SINGLE.items():

        def make(row: Row = row) -> Case:
            rectangle, more, border, box, page, covers, _ = row
            annotation = link(rectangle, _URI + more, border)
            pdf = document({6: annotation}, page="/Annots[6 0 R]" + page, box=box)
            return Case(pdf.end(), list(_COVER if covers else _SHORT))

        made(AREA, name, "A link: " + row[6], make)


_singles()


@trick(AREA)
def inherited_box() -> Case:
    """The page has its size from the page tree, two levels up."""
    objects: dict[int, Body] = {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: "<</Type/Pages/Kids[7 0 R]/Count 1/MediaBox[0 0 100 100]>>",
        7: "<</Type/Pages/Parent 2 0 R/Kids[3 0 R]/Count 1>>",
        3: "<</Type/Page/Parent 7 0 R/Annots[6 0 R]>>",
        6: link(_ALL),
    }
    return Case(Pdf().add_all(objects).end(), list(_COVER))


@trick(AREA)
def inherited_crop_box() -> Case:
    """The page has its CropBox from the page tree; the link covers that, and little of the page."""
    pdf = document({6: link("[0 0 10 10]")}, page="/Annots[6 0 R]", box=_BOX, tree="/CropBox[0 0 10 10]")
    return Case(pdf.end(), list(_COVER))


@trick(AREA)
def no_box() -> Case:
    """The page has no size at all, for which viewers take that of a letter."""
    pdf = document({6: link("[0 0 612 792]")}, page="/Annots[6 0 R]")
    data = pdf.end().replace(b"/MediaBox[0 0 595 842]", b"/Nothing [0 0 595 842]")
    return Case(data, list(_COVER))


@trick(AREA)
def boxes_by_reference() -> Case:
    """Page and rectangle are objects, and so are the numbers in them."""
    objects: dict[int, Body] = {
        6: link(" 7 0 R"),
        7: "[8 0 R 8 0 R 9 0 R 9 0 R]",
        8: "0",
        9: "100.0",
    }
    pdf = document(objects, page="/Annots[6 0 R]", box=" 7 0 R")
    return Case(pdf.end(), list(_COVER))


def _many(links: list[str], covers: bool, kind: str = "full_page_link") -> Case:
    objects: dict[int, Body] = {6 + index: body for index, body in enumerate(links)}
    names = " ".join(f"{number} 0 R" for number in objects)
    found = [_uri(index, 6 + index) for index in range(len(links))]
    if covers:
        found.append(_together(kind))
    return Case(document(objects, page=f"/Annots[{names}]", box=_BOX).end(), found)


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
    every: dict[int, Body] = {6: link(_ALL, _URI + appearance, border)}
    every.update(objects)
    pdf = document(every, page="/Annots[6 0 R]", box=_BOX)
    return Case(pdf.end(), list(_COVER if covers else _SHORT))


def _form(content: str, box: str = _ALL) -> Stream:
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
    button = f"<</Type/Annot/Subtype/Widget/FT/Btn/Ff 65536/T(b)/Rect[0 0 100 100]{_URI}>>"
    pdf = document({6: button}, catalog="/AcroForm<</Fields[6 0 R]>>", page="/Annots[6 0 R]", box=_BOX)
    return Case(pdf.end(), list(_COVER), facts=Facts(form=True))


@trick(AREA)
def internal() -> Case:
    """The link covers the page and goes to a page of the document."""
    pdf = document({6: link(_ALL, "/Dest[3 0 R/Fit]")}, page="/Annots[6 0 R]", box=_BOX)
    return Case(pdf.end(), [_full(kind="full_page_internal_link")])


@trick(AREA)
def internal_action() -> Case:
    """The link covers the page, and its action goes to a page of the document."""
    body = link(_ALL, "/A<</S/GoTo/D[3 0 R/Fit]>>")
    return Case(
        document({6: body}, page="/Annots[6 0 R]", box=_BOX).end(), [_full(kind="full_page_internal_link")]
    )


@trick(AREA)
def launching() -> Case:
    """The link covers the page and starts a program."""
    body = link(_ALL, "/A<</S/Launch/F(a.exe)>>")
    found = [_full(), Finding("launch", 6, "Page 1/Annots[0]/A", 1)]
    return Case(document({6: body}, page="/Annots[6 0 R]", box=_BOX).end(), found)


@trick(AREA)
def script_over_page() -> Case:
    """The link covers the page and runs a script."""
    body = link(_ALL, "/A<</S/JavaScript/JS(a\\(\\))>>")
    found = [_full(), script_at(6, "Page 1/Annots[0]/A", 1)]
    return Case(document({6: body}, page="/Annots[6 0 R]", box=_BOX).end(), found)


@trick(AREA)
def address_behind_internal() -> Case:
    """The link covers the page and goes to a page, and its /Next to an address."""
    body = link(_ALL, "/A<</S/GoTo/D[3 0 R/Fit]/Next<</S/URI/URI(http://a/)>>>>")
    found = [_full(), Finding("uri_link", 6, "Page 1/Annots[0]/A/Next", 1)]
    return Case(document({6: body}, page="/Annots[6 0 R]", box=_BOX).end(), found)


@trick(AREA)
def without_action() -> Case:
    """The link covers the page and does nothing."""
    return Case(document({6: link(_ALL, "")}, page="/Annots[6 0 R]", box=_BOX).end(), [])


@trick(AREA)
def note_over_page() -> Case:
    """A note without an action covers the page."""
    body = "<</Type/Annot/Subtype/Text/Rect[0 0 100 100]/Contents(x)>>"
    return Case(document({6: body}, page="/Annots[6 0 R]", box=_BOX).end(), [])


@trick(AREA)
def second_page() -> Case:
    """The link covers the second page; the first page is larger."""
    objects: dict[int, Body] = {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
        3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 900]>>",
        4: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Annots[6 0 R]>>",
        6: link(_ALL),
    }
    found = [_full(page=2), _uri(page=2)]
    return Case(Pdf().add_all(objects).end(), found, facts=Facts(pages=2))


@trick(AREA)
def shared_by_two_pages() -> Case:
    """Two pages share a link, which covers the second one alone."""
    objects: dict[int, Body] = {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
        3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 900]/Annots[6 0 R]>>",
        4: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Annots[6 0 R]>>",
        6: link(_ALL),
    }
    # The action is one dictionary, told once; the cover belongs to the page.
    found = [_uri(), _full(page=2)]
    return Case(Pdf().add_all(objects).end(), found, facts=Facts(pages=2))


_PLAIN = {
    "address": ("/S/URI/URI(http://www.example.com/)", "uri_link", "A link to an address."),
    "address_mail": ("/S/URI/URI(mailto:a@example.com)", "uri_link", "A link to an address of mail."),
    "address_file": ("/S/URI/URI(file:///c:/a.exe)", "uri_link", "A link to a file by its address."),
    "address_empty": ("/S/URI/URI()", "uri_link", "A link to an empty address."),
    "address_mentions_script": (
        "/S/URI/URI(http://a/?q=javascript:)",
        "uri_link",
        "A link to an address with the word of a script's scheme in it, which is none.",
    ),
    "remote": ("/S/GoToR/F(b.pdf)/D[0/Fit]", "go_to_remote", "A link to another PDF."),
    "embedded": ("/S/GoToE/T<</R/C/N(a)>>/D[0/Fit]", "go_to_embedded", "A link into an attached PDF."),
    "launch": ("/S/Launch/F(b.pdf)", "launch", "A link that opens a file."),
    "launch_windows": (
        "/S/Launch/Win<</F(cmd.exe)/P(/c calc)>>",
        "launch",
        "A link that starts a program by the entry for one system.",
    ),
}


def _plain() -> None:
    for name, (action, kind, words) in _PLAIN.items():

        def make(action: str = action, kind: str = kind) -> Case:
            body = link("[1 1 9 9]", f"/A<<{action}>>")
            found = [Finding(kind, 6, "Page 1/Annots[0]/A", 1)]
            return Case(document({6: body}, page="/Annots[6 0 R]").end(), found)

        made(AREA, "plain_" + name, words, make)


_plain()


@trick(AREA)
def plain_bookmark() -> Case:
    """A bookmark leads to an address."""
    objects: dict[int, Body] = {
        6: "<</Type/Outlines/First 7 0 R/Last 7 0 R/Count 1>>",
        7: "<</Title(a)/Parent 6 0 R/A<</S/URI/URI(http://a/)>>>>",
    }
    found = [Finding("uri_link", 7, "Root/Outlines/First/A")]
    return Case(document(objects, catalog="/Outlines 6 0 R").end(), found)
