"""Links: those that cover a page and cannot be seen, and those that only look as if."""

from __future__ import annotations

from .expected import Case, Finding, made, trick
from .writer import Body, Pdf, document

AREA = "links"
BOX = "[0 0 100 100]"
URI = "/A<</S/URI/URI(http://a/)>>"
ALL = "[0 0 100 100]"


def link(rectangle: str, more: str = URI, border: str = "/Border[0 0 0]") -> str:
    """A link, invisible unless a border is given."""
    return f"<</Type/Annot/Subtype/Link/Rect{rectangle}{border}{more}>>"


def uri_found(index: int = 0, number: int = 6, page: int = 1) -> Finding:
    return Finding("uri_link", number, f"Page {page}/Annots[{index}]/A", page)


def full_found(index: int = 0, number: int = 6, kind: str = "full_page_link", page: int = 1) -> Finding:
    return Finding(kind, number, f"Page {page}/Annots[{index}]", page)


COVER = [full_found(), uri_found()]
SHORT = [uri_found()]

Row = tuple[str, str, str, str, str, bool, str]

# Name: rectangle, more of the link, border, media box, more of the page, whether it covers, words.
_SINGLE: dict[str, Row] = {
    "cover_100": ("[0 0 100 100]", "", "/Border[0 0 0]", BOX, "", True, "It covers the page."),
    "cover_91": ("[0 0 100 91]", "", "/Border[0 0 0]", BOX, "", True, "It covers 91 % of the page."),
    "cover_90": ("[0 0 100 90]", "", "/Border[0 0 0]", BOX, "", True, "It covers 90 % of the page exactly."),
    "cover_89": ("[0 0 100 89]", "", "/Border[0 0 0]", BOX, "", False, "It covers 89 % of the page."),
    "reversed": (
        "[100 100 0 0]",
        "",
        "/Border[0 0 0]",
        BOX,
        "",
        True,
        "The corners of its rectangle are swapped.",
    ),
    "other_corners": (
        "[0 100 100 0]",
        "",
        "/Border[0 0 0]",
        BOX,
        "",
        True,
        "Its rectangle is given by the other two corners.",
    ),
    "larger_than_page": (
        "[-5000 -5000 5000 5000]",
        "",
        "/Border[0 0 0]",
        BOX,
        "",
        True,
        "It is far larger than the page.",
    ),
    "huge_numbers": (
        "[-99999999999999999999 -1.0 9999999999999999999999 99999999999999999999.5]",
        "",
        "/Border[0 0 0]",
        BOX,
        "",
        True,
        "Its corners are beyond all integers.",
    ),
    "beside_the_page": (
        "[100 0 200 100]",
        "",
        "/Border[0 0 0]",
        BOX,
        "",
        False,
        "It is as large as the page and lies beside it.",
    ),
    "three_numbers": ("[0 0 100]", "", "/Border[0 0 0]", BOX, "", False, "Its rectangle has three numbers."),
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
        ALL,
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
        ALL,
        "",
        "/Border[0 0 0]",
        BOX,
        "/CropBox[-900 -900 900 900]",
        True,
        "The CropBox is larger than the MediaBox, which limits it.",
    ),
    "crop_box_outside": (
        ALL,
        "",
        "/Border[0 0 0]",
        BOX,
        "/CropBox[500 500 600 600]",
        True,
        "The CropBox lies outside of the MediaBox, so that viewers leave it aside.",
    ),
    "rotated": ("[0 0 100 95]", "", "/Border[0 0 0]", BOX, "/Rotate 90", True, "The page is turned."),
    "rotated_wide": (
        "[0 0 200 50]",
        "",
        "/Border[0 0 0]",
        "[0 0 200 50]",
        "/Rotate 270",
        True,
        "The page is wide and turned.",
    ),
    "user_unit": (ALL, "", "/Border[0 0 0]", BOX, "/UserUnit 10", True, "The page's unit is ten points."),
    "border_visible": (ALL, "", "/Border[0 0 2]", BOX, "", False, "It has a border, which is seen."),
    "border_default": (ALL, "", "", BOX, "", False, "It says nothing of a border, so that one is drawn."),
    "border_outside": (
        "[-10 -10 110 110]",
        "",
        "/Border[0 0 2]",
        BOX,
        "",
        True,
        "Its border lies outside of the page.",
    ),
    "border_style_zero": (ALL, "", "/BS<</W 0>>", BOX, "", True, "The width of its border style is 0."),
    "border_style_wins": (
        ALL,
        "",
        "/Border[0 0 1]/BS<</W 0>>",
        BOX,
        "",
        True,
        "Its border has a width and its border style, which comes before, has none.",
    ),
    "border_style_visible": (
        ALL,
        "",
        "/Border[0 0 0]/BS<</W 3/S/D/D[3 2]>>",
        BOX,
        "",
        False,
        "Its border style draws dashes.",
    ),
    "border_without_colour": (
        ALL,
        "",
        "/Border[0 0 1]/C[]",
        BOX,
        "",
        True,
        "The colour of its border is none: it is transparent.",
    ),
    "hidden": (
        ALL,
        "/F 2",
        "/Border[0 0 0]",
        BOX,
        "",
        False,
        "It has the flag Hidden: it can neither be seen nor clicked.",
    ),
    "quads_small": (
        ALL,
        "/QuadPoints[1 9 9 9 1 1 9 1]",
        "/Border[0 0 0]",
        BOX,
        "",
        True,
        "Its rectangle covers the page, and its quadrilaterals, which not every viewer knows, a corner.",
    ),
    "quads_outside": (
        ALL,
        "/QuadPoints[1 900 900 900 1 1 900 1]",
        "/Border[0 0 0]",
        BOX,
        "",
        True,
        "Its quadrilaterals lie outside of its rectangle, so that they do not count.",
    ),
    "with_both_targets": (
        ALL,
        "/Dest[3 0 R/Fit]",
        "/Border[0 0 0]",
        BOX,
        "",
        True,
        "It has a page to go to beside its address.",
    ),
}


def _singles() -> None:
    for name, row in _SINGLE.items():

        def make(row: Row = row) -> Case:
            rectangle, more, border, box, page, covers, _ = row
            annotation = link(rectangle, URI + more, border)
            pdf = document({6: annotation}, page="/Annots[6 0 R]" + page, box=box)
            return Case(pdf.end(), list(COVER if covers else SHORT))

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
        6: link(ALL),
    }
    return Case(Pdf().add_all(objects).end(), list(COVER))


@trick(AREA)
def inherited_crop_box() -> Case:
    """The page has its CropBox from the page tree; the link covers that, and little of the page."""
    pdf = document({6: link("[0 0 10 10]")}, page="/Annots[6 0 R]", box=BOX, tree="/CropBox[0 0 10 10]")
    return Case(pdf.end(), list(COVER))


@trick(AREA)
def no_box() -> Case:
    """The page has no size at all, for which viewers take that of a letter."""
    pdf = document({6: link("[0 0 612 792]")}, page="/Annots[6 0 R]")
    data = pdf.end().replace(b"/MediaBox[0 0 595 842]", b"/Nothing [0 0 595 842]")
    return Case(data, list(COVER))


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
    return Case(pdf.end(), list(COVER))


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
