"""Scripts, by every way in which a document can lead to one."""

from __future__ import annotations

from .expected import Case, Facts, Finding, made, script_at, trick
from .writer import Body, Stream, document, script

AREA = "javascript"


@trick(AREA)
def open_action_inline() -> Case:
    """OpenAction holds the script's action itself."""
    pdf = document(catalog="/OpenAction" + script())
    return Case(pdf.end(), [script_at(1, "Root/OpenAction")])


@trick(AREA)
def open_action_by_reference() -> Case:
    """OpenAction is a reference to the script's action."""
    pdf = document({6: script()}, catalog="/OpenAction 6 0 R")
    return Case(pdf.end(), [script_at(6, "Root/OpenAction")])


@trick(AREA)
def open_action_script_in_stream() -> Case:
    """The script is a stream, and the action's /JS a reference to it."""
    pdf = document({6: "<</S/JavaScript/JS 7 0 R>>", 7: Stream("app.alert(1)")}, catalog="/OpenAction 6 0 R")
    return Case(pdf.end(), [script_at(6, "Root/OpenAction")])


@trick(AREA)
def open_action_next_array() -> Case:
    """OpenAction goes to a page, and its /Next is an array of which the second action is a script."""
    action = "<</S/GoTo/D[3 0 R/Fit]/Next[<</S/Named/N/NextPage>>6 0 R]>>"
    pdf = document({6: script()}, catalog="/OpenAction" + action)
    return Case(pdf.end(), [script_at(6, "Root/OpenAction/Next[1]")])


@trick(AREA)
def next_of_next() -> Case:
    """The script is the third action of a chain of which each is an object."""
    objects: dict[int, Body] = {
        6: "<</S/GoTo/D[3 0 R/Fit]/Next 7 0 R>>",
        7: "<</S/Named/N/FirstPage/Next 8 0 R>>",
        8: script(),
    }
    pdf = document(objects, catalog="/OpenAction 6 0 R")
    return Case(pdf.end(), [script_at(8, "Root/OpenAction/Next/Next")])


@trick(AREA)
def next_cycle() -> Case:
    """Two scripts name each other as /Next."""
    objects: dict[int, Body] = {
        6: "<</S/JavaScript/JS(a\\(\\))/Next 7 0 R>>",
        7: "<</S/JavaScript/JS(b\\(\\))/Next 6 0 R>>",
    }
    pdf = document(objects, catalog="/OpenAction 6 0 R")
    return Case(pdf.end(), [script_at(6, "Root/OpenAction"), script_at(7, "Root/OpenAction/Next")])


def _triggers(names: str) -> str:
    return "/AA<<{}>>".format("".join(f"/{name}{script()}" for name in names.split()))


@trick(AREA)
def catalog_triggers() -> Case:
    """Every additional action of the catalog is a script."""
    names = "WC WS DS WP DP"
    pdf = document(catalog=_triggers(names))
    return Case(pdf.end(), [script_at(1, "Root/AA/" + name) for name in names.split()])


@trick(AREA)
def page_triggers() -> Case:
    """Every additional action of the page is a script."""
    pdf = document(page=_triggers("O C"))
    return Case(pdf.end(), [script_at(3, "Page 1/AA/" + name, 1) for name in "OC"])


@trick(AREA)
def annotation_triggers() -> Case:
    """Every additional action of an annotation is a script."""
    names = "E X D U Fo Bl PO PC PV PI"
    objects: dict[int, Body] = {6: f"<</Type/Annot/Subtype/Screen/Rect[0 0 9 9]{_triggers(names)}>>"}
    found = [script_at(6, "Page 1/Annots[0]/AA/" + name, 1) for name in names.split()]
    return Case(document(objects, page="/Annots[6 0 R]").end(), found)


@trick(AREA)
def field_triggers() -> Case:
    """Every additional action of a field without a widget of its own is a script."""
    names = "K F V C"
    objects: dict[int, Body] = {
        6: "<</Fields[7 0 R]>>",
        7: f"<</FT/Tx/T(a)/Kids[8 0 R]{_triggers(names)}>>",
        8: "<</Type/Annot/Subtype/Widget/Parent 7 0 R/Rect[0 0 9 9]>>",
    }
    pdf = document(objects, catalog="/AcroForm 6 0 R", page="/Annots[8 0 R]")
    # The field's one widget is on page 1.
    found = [script_at(7, "Root/AcroForm/Fields[0]/AA/" + name, 1) for name in names.split()]
    return Case(pdf.end(), found, facts=Facts(form=True))


@trick(AREA)
def triggers_by_reference() -> Case:
    """The page's /AA is an object of its own, and so is the action in it."""
    pdf = document({6: "<</O 7 0 R>>", 7: script()}, page="/AA 6 0 R")
    return Case(pdf.end(), [script_at(7, "Page 1/AA/O", 1)])


@trick(AREA)
def unknown_trigger() -> Case:
    """A trigger that the standard does not know holds a script."""
    pdf = document(page=f"/AA<</Zz{script()}>>")
    return Case(pdf.end(), [script_at(3, "Page 1/AA/Zz", 1)])


@trick(AREA)
def kid_field() -> Case:
    """A field's grandchild, which is no widget of any page, calculates by a script."""
    objects: dict[int, Body] = {
        6: "<</Fields[7 0 R]/CO[9 0 R]>>",
        7: "<</T(a)/Kids[8 0 R]>>",
        8: "<</T(b)/Parent 7 0 R/Kids[9 0 R]>>",
        9: f"<</T(c)/FT/Tx/Parent 8 0 R/AA<</C{script()}>>>>",
    }
    pdf = document(objects, catalog="/AcroForm 6 0 R")
    path = "Root/AcroForm/Fields[0]/Kids[0]/Kids[0]/AA/C"
    return Case(pdf.end(), [script_at(9, path)], facts=Facts(form=True))


@trick(AREA)
def calculation_order_only() -> Case:
    """The field with a script stands in the calculation order alone, and in no list of fields."""
    objects: dict[int, Body] = {
        6: "<</Fields[]/CO[7 0 R]>>",
        7: f"<</T(c)/FT/Tx/AA<</C{script()}>>>>",
    }
    pdf = document(objects, catalog="/AcroForm 6 0 R")
    return Case(pdf.end(), [script_at(7, "Root/AcroForm/CO[0]/AA/C")])


@trick(AREA)
def annotation_action() -> Case:
    """A link's /A is a script."""
    annotation = f"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A{script()}>>"
    pdf = document({6: annotation}, page="/Annots[6 0 R]")
    return Case(pdf.end(), [script_at(6, "Page 1/Annots[0]/A", 1)])


@trick(AREA)
def annotation_inline() -> Case:
    """The annotation stands in the page's array itself, and the array is an object."""
    annotation = f"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A{script()}>>"
    pdf = document({6: f"[null {annotation}]"}, page="/Annots 6 0 R")
    return Case(pdf.end(), [script_at(6, "Page 1/Annots[1]/A", 1)])


@trick(AREA)
def annotation_previous_action() -> Case:
    """A link's /PA, the action that it had before, is a script."""
    link = f"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/GoTo/D[3 0 R/Fit]>>/PA{script()}>>"
    pdf = document({6: link}, page="/Annots[6 0 R]")
    return Case(pdf.end(), [script_at(6, "Page 1/Annots[0]/PA", 1)])


@trick(AREA)
def bookmark() -> Case:
    """A bookmark below another one runs a script."""
    objects: dict[int, Body] = {
        6: "<</Type/Outlines/First 7 0 R/Last 7 0 R/Count 1>>",
        7: "<</Title(a)/Parent 6 0 R/Dest[3 0 R/Fit]/First 8 0 R/Last 9 0 R/Count 2>>",
        8: "<</Title(b)/Parent 7 0 R/Dest[3 0 R/Fit]/Next 9 0 R>>",
        9: f"<</Title(c)/Parent 7 0 R/Prev 8 0 R/A{script()}>>",
    }
    pdf = document(objects, catalog="/Outlines 6 0 R")
    return Case(pdf.end(), [script_at(9, "Root/Outlines/First/First/Next/A")])


@trick(AREA)
def names_leaf() -> Case:
    """The name tree of scripts is one node."""
    pdf = document({6: script()}, catalog="/Names<</JavaScript<</Names[(a)6 0 R]>>>>")
    return Case(pdf.end(), [script_at(6, "Root/Names/JavaScript/Names[1]")])


@trick(AREA)
def names_second_of_two() -> Case:
    """The name tree's leaf holds two scripts, one of them in the array itself."""
    tree = f"/Names<</JavaScript<</Names[(a){script(1)}(b)6 0 R]>>>>"
    found = [
        script_at(1, "Root/Names/JavaScript/Names[1]"),
        script_at(6, "Root/Names/JavaScript/Names[3]"),
    ]
    return Case(document({6: script(2)}, catalog=tree).end(), found)


@trick(AREA)
def names_nested() -> Case:
    """The name tree has three levels, and the script is in the second leaf."""
    objects: dict[int, Body] = {
        6: "<</JavaScript 7 0 R>>",
        7: "<</Kids[8 0 R]>>",
        8: "<</Limits[(a)(b)]/Kids[9 0 R 10 0 R]>>",
        9: "<</Limits[(a)(a)]/Names[]>>",
        10: "<</Limits[(b)(b)]/Names[(b)11 0 R]>>",
        11: script(),
    }
    pdf = document(objects, catalog="/Names 6 0 R")
    return Case(pdf.end(), [script_at(11, "Root/Names/JavaScript/Kids[0]/Kids[1]/Names[1]")])


@trick(AREA)
def names_cycle() -> Case:
    """A node of the name tree is its own grandchild; the script stands behind that in /Kids."""
    objects: dict[int, Body] = {
        6: "<</Kids[7 0 R]>>",
        7: "<</Kids[6 0 R 8 0 R]>>",
        8: "<</Names[(b)9 0 R]>>",
        9: script(),
    }
    pdf = document(objects, catalog="/Names<</JavaScript 6 0 R>>")
    return Case(pdf.end(), [script_at(9, "Root/Names/JavaScript/Kids[0]/Kids[1]/Names[1]")])


@trick(AREA)
def names_limits_lie() -> Case:
    """The limits of a leaf say that the name is not in it."""
    objects: dict[int, Body] = {
        6: "<</Kids[7 0 R]>>",
        7: "<</Limits[(x)(z)]/Names[(a)8 0 R]>>",
        8: script(),
    }
    pdf = document(objects, catalog="/Names<</JavaScript 6 0 R>>")
    return Case(pdf.end(), [script_at(8, "Root/Names/JavaScript/Kids[0]/Names[1]")])


@trick(AREA)
def names_kids_and_names() -> Case:
    """A node has both /Kids and /Names, which none should; the script is in /Names."""
    objects: dict[int, Body] = {
        6: "<</Kids[7 0 R]/Names[(b)8 0 R]>>",
        7: "<</Limits[(a)(a)]/Names[]>>",
        8: script(),
    }
    pdf = document(objects, catalog="/Names<</JavaScript 6 0 R>>")
    return Case(pdf.end(), [script_at(8, "Root/Names/JavaScript/Names[1]")])


@trick(AREA)
def names_odd() -> Case:
    """The leaf's array has no name before the script."""
    pdf = document({6: script()}, catalog="/Names<</JavaScript<</Names[6 0 R]>>>>")
    return Case(pdf.end(), [script_at(6, "Root/Names/JavaScript/Names[0]")])


@trick(AREA)
def names_stream() -> Case:
    """The name tree leads to a stream of script and to no action."""
    pdf = document({6: Stream("app.alert(1)")}, catalog="/Names<</JavaScript<</Names[(a)6 0 R]>>>>")
    return Case(pdf.end(), [script_at(6, "Root/Names/JavaScript/Names[1]")])


_ADDRESSES = {
    "plain": ("(javascript:app.alert\\(1\\))", "The address is a script."),
    "blanks": ("( \\t\\njavascript:a\\(\\))", "Blanks stand before the scheme of the script."),
    "case": ("(jAvAsCrIpT:a\\(\\))", "The scheme is written in both cases."),
    "utf16": (
        "<FEFF{}>".format("javascript:a()".encode("utf-16-be").hex()),
        "The address is UTF-16 in hexadecimal.",
    ),
    "utf8_mark": ("<EFBBBF{}>".format(b"javascript:a()".hex()), "The address begins with the mark of UTF-8."),
    "octal": ("(\\152avascript\\72a\\(\\))", "Letter and colon are octal escapes."),
    "hexadecimal": ("<6A61 7661\n736372697074 3a6129 >", "The string is in hexadecimal with blanks in it."),
    "odd_hexadecimal": ("<6A6176617363726970743A7>", "The last digit of the hexadecimal string is left out."),
    "continued": ("(java\\\nscript:a\\(\\))", "A backslash at the end of the line goes on in the next."),
    "continued_crlf": ("(java\\\r\nscript:a\\(\\))", "The line that goes on ends in two characters."),
    "needless_backslash": ("(j\\avascr\\ipt:a\\(\\))", "Backslashes stand where they mean nothing."),
    "tab_inside": ("(java\\tscript:a\\(\\))", "A tab stands within the scheme, as browsers leave it out."),
}


def _address(text: str) -> Case:
    link = f"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI{text}>>>>"
    pdf = document({6: link}, page="/Annots[6 0 R]")
    return Case(pdf.end(), [script_at(6, "Page 1/Annots[0]/A", 1)])


def _addresses() -> None:
    for name, (text, words) in _ADDRESSES.items():

        def make(text: str = text) -> Case:
            return _address(text)

        made(AREA, "uri_" + name, words, make)


_addresses()


@trick(AREA)
def uri_base() -> Case:
    """The address is relative, and the catalog's base makes it a script."""
    link = "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(alert\\(1\\))>>>>"
    pdf = document({6: link}, catalog="/URI<</Base(javascript:)>>", page="/Annots[6 0 R]")
    found = [script_at(1, "Root/URI"), Finding("uri_link", 6, "Page 1/Annots[0]/A", 1)]
    return Case(pdf.end(), found)


@trick(AREA)
def rendition() -> Case:
    """A rendition action without a clip has a script."""
    action = "<</S/Rendition/OP 0/JS(app.alert\\(1\\))>>"
    pdf = document(catalog="/OpenAction" + action)
    return Case(pdf.end(), [script_at(1, "Root/OpenAction")])


@trick(AREA)
def type_is_left_out() -> Case:
    """The action has /JS and no /S: some viewers run it."""
    pdf = document(catalog="/OpenAction<</JS(app.alert\\(1\\))>>")
    return Case(pdf.end(), [script_at(1, "Root/OpenAction")])


@trick(AREA)
def script_is_left_out() -> Case:
    """The action is a script's by its type and has none: what a scanner looks for is there."""
    pdf = document(catalog="/OpenAction<</S/JavaScript>>")
    return Case(pdf.end(), [script_at(1, "Root/OpenAction")])


@trick(AREA)
def in_structure_element() -> Case:
    """A structure element, where no action belongs, has one that is a script."""
    objects: dict[int, Body] = {
        6: "<</Type/StructTreeRoot/K 7 0 R>>",
        7: "<</Type/StructElem/S/P/P 6 0 R/A 8 0 R>>",
        8: script(),
    }
    pdf = document(objects, catalog="/StructTreeRoot 6 0 R")
    return Case(pdf.end(), [script_at(8, "Root/StructTreeRoot/K/A")])


@trick(AREA)
def two_pages() -> Case:
    """The second page of a nested page tree has the script."""
    objects: dict[int, Body] = {
        6: "<</Type/Pages/Parent 2 0 R/Kids[7 0 R]/Count 1>>",
        7: f"<</Type/Page/Parent 6 0 R/MediaBox[0 0 9 9]/AA<</O{script()}>>>>",
    }
    pdf = document()
    pdf.add(2, "<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>").add_all(objects)
    # The first definition of object 2 stays in the file, listed nowhere: it holds nothing.
    return Case(pdf.end(), [script_at(7, "Page 2/AA/O", 2)], facts=Facts(pages=2))


@trick(AREA)
def page_without_type() -> Case:
    """The page lacks /Type and stands in a tree whose /Count is 0."""
    pdf = document(page=f"/AA<</O{script()}>>")
    data = pdf.end().replace(b"/Type/Page/Parent", b"          /Parent").replace(b"/Count 1", b"/Count 0")
    return Case(data, [script_at(3, "Page 1/AA/O", 1)])
