"""Files that would exhaust a check: cycles, depth, number and bombs."""

from __future__ import annotations

from . import codecs
from .expected import ANY, Case, Facts, Finding, hidden, made, script_at, trick
from .links import link
from .writer import Body, Pdf, document, object_stream, packed, script

AREA = "limits"
_DEPTH = 10_000


def limit_reached(kind: str = "limit_reached", number: int | None = None) -> Finding:
    return Finding(kind, number, ANY, None, None, ANY)


def _packed(pdf: Pdf, inner: dict[int, str]) -> bytes:
    pdf.pack(10, inner)
    pdf.add(10, object_stream(inner, codecs.flate(packed(inner)), "/Filter/FlateDecode"))
    return pdf.xref_stream(20).whole()


@trick(AREA)
def page_tree_cycle() -> Case:
    """The page tree holds itself beside its page."""
    pdf = document().add(2, "<</Type/Pages/Kids[2 0 R 3 0 R]/Count 1>>")
    return Case(pdf.end(), [])


@trick(AREA)
def page_tree_cycle_alone() -> Case:
    """The page tree holds nothing but itself."""
    pdf = document().add(2, "<</Type/Pages/Kids[2 0 R]/Count 1>>")
    return Case(pdf.end(), [Finding("damaged", None, "Root", None, None)], facts=Facts(pages=0))


@trick(AREA)
def parent_cycle() -> Case:
    """Two nodes of the page tree are each other's parent, and none has a size for the page."""
    objects: dict[int, Body] = {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: "<</Type/Pages/Parent 4 0 R/Kids[4 0 R]/Count 1>>",
        4: "<</Type/Pages/Parent 2 0 R/Kids[3 0 R]/Count 1>>",
        3: "<</Type/Page/Parent 4 0 R/Annots[6 0 R]>>",
        6: link("[0 0 612 792]"),
    }
    found = [
        Finding("full_page_link", 6, "Page 1/Annots[0]", 1),
        Finding("uri_link", 6, "Page 1/Annots[0]/A", 1),
    ]
    return Case(Pdf().add_all(objects).end(), found)


@trick(AREA)
def outline_cycle() -> Case:
    """Two bookmarks are each other's next; one of them runs a script."""
    objects: dict[int, Body] = {
        6: "<</Type/Outlines/First 7 0 R/Last 8 0 R/Count 2>>",
        7: "<</Title(a)/Parent 6 0 R/Next 8 0 R>>",
        8: f"<</Title(b)/Parent 6 0 R/Next 7 0 R/First 6 0 R/A{script()}>>",
    }
    pdf = document(objects, catalog="/Outlines 6 0 R")
    return Case(pdf.end(), [script_at(8, "Root/Outlines/First/Next/A")])


@trick(AREA)
def field_cycle() -> Case:
    """A field is its own kid, and has a script."""
    objects: dict[int, Body] = {6: f"<</FT/Tx/T(a)/Parent 6 0 R/Kids[6 0 R]/AA<</K{script()}>>>>"}
    pdf = document(objects, catalog="/AcroForm<</Fields[6 0 R]>>")
    return Case(pdf.end(), [script_at(6, "Root/AcroForm/Fields[0]/AA/K")], facts=Facts(form=True))


@trick(AREA)
def structure_cycle() -> Case:
    """Elements of the structure tree hold each other."""
    objects: dict[int, Body] = {
        6: "<</Type/StructTreeRoot/K 7 0 R>>",
        7: "<</Type/StructElem/S/P/P 6 0 R/K[8 0 R 7 0 R]>>",
        8: "<</Type/StructElem/S/P/P 7 0 R/K[7 0 R 6 0 R]>>",
    }
    return Case(document(objects, catalog="/StructTreeRoot 6 0 R").end(), [])


@trick(AREA)
def action_holds_itself() -> Case:
    """An action is its own /Next, alone and in an array."""
    pdf = document({6: "<</S/JavaScript/JS(a)/Next[6 0 R 6 0 R]>>"}, catalog="/OpenAction 6 0 R")
    return Case(pdf.end(), [script_at(6, "Root/OpenAction")])


@trick(AREA)
def filter_cycle() -> Case:
    """The filter of an object stream is an array that holds itself, and so names none."""
    pdf = document(catalog="/OpenAction 6 0 R")
    pdf.pack(10, {6: script()})
    pdf.add(10, object_stream({6: script()}, entries="/Filter 11 0 R")).add(11, "[11 0 R]")
    return Case(pdf.xref_stream(20).whole(), [script_at(6, "Root/OpenAction")])


@trick(AREA)
def arrays_deep() -> Case:
    """Ten thousand arrays within each other are the page's private data."""
    pdf = document(page="/PieceInfo<</X<</Private 6 0 R>>>>")
    return Case(_packed(pdf, {6: "[" * _DEPTH + "]" * _DEPTH}), [limit_reached()], "depth")


@trick(AREA)
def arrays_deep_in_file() -> Case:
    """Ten thousand arrays are opened within each other and never closed, in no object stream."""
    pdf = document({6: "[" * _DEPTH}, page="/PieceInfo<</X<</Private 6 0 R>>>>")
    return Case(pdf.end(), [limit_reached()], "depth")


@trick(AREA)
def dictionaries_deep() -> Case:
    """Ten thousand dictionaries within each other, and a script in the innermost."""
    pdf = document(catalog="/OpenAction 6 0 R")
    body = "<</Next" * _DEPTH + script() + ">>" * _DEPTH
    return Case(_packed(pdf, {6: body}), [limit_reached()], "depth")


@trick(AREA)
def next_deep() -> Case:
    """Twenty thousand harmless actions, each within the other's /Next."""
    pdf = document(catalog="/OpenAction 6 0 R")
    body = "<</S/Named/N/NextPage/Next" * 20_000 + "null" + ">>" * 20_000
    return Case(_packed(pdf, {6: body}), [limit_reached()], "depth")


@trick(AREA)
def next_chain_short() -> Case:
    """A hundred actions, each an object of its own and the next of another; the last is a script."""
    pdf = document(catalog="/OpenAction 101 0 R")
    inner = {101 + n: f"<</S/Named/N/NextPage/Next {102 + n} 0 R>>" for n in range(99)}
    inner[200] = script()
    return Case(pdf_packed(pdf, inner, 300), [Finding("javascript", 200, ANY)])


def pdf_packed(pdf: Pdf, inner: dict[int, str], container: int) -> bytes:
    """Ends a file with an object stream of any number and a cross-reference stream behind it."""
    pdf.pack(container, inner)
    pdf.add(container, object_stream(inner, codecs.flate(packed(inner)), "/Filter/FlateDecode"))
    return pdf.xref_stream(container + 1).whole()


def _next_chain(length: int) -> Case:
    pdf = document(catalog="/OpenAction 101 0 R")
    inner = {101 + n: f"<</S/Named/N/NextPage/Next {102 + n} 0 R>>" for n in range(length - 1)}
    inner[100 + length] = script()
    # The chain is longer than a check may follow one, but every object is looked at.
    found = [Finding("javascript", 100 + length, ANY, None, 1, ANY)]
    return Case(pdf_packed(pdf, inner, 101 + length), found)


@trick(AREA)
def next_chain() -> Case:
    """A thousand actions, each an object of its own and the next of another; the last is a script."""
    return _next_chain(1000)


@trick(AREA, large=True)
def next_chain_20000() -> Case:
    """Twenty thousand actions, each an object of its own and the next of another; the last is a script."""
    return _next_chain(20_000)


def _page_tree(depth: int) -> Case:
    objects: dict[int, str] = {}
    for number in range(depth):
        kid = 3 if number == depth - 1 else 101 + number
        objects[100 + number] = f"<</Type/Pages/Kids[{kid} 0 R]/Count 1/Parent {99 + number} 0 R>>"
    objects[2] = "<</Type/Pages/Kids[100 0 R]/Count 1>>"
    objects[3] = f"<</Type/Page/Parent {99 + depth} 0 R/MediaBox[0 0 9 9]/AA<</O{script()}>>>>"
    pdf = Pdf().add(1, "<</Type/Catalog/Pages 2 0 R>>")
    data = pdf_packed(pdf, objects, 101 + depth)
    if depth < 120:
        return Case(data, [script_at(3, "Page 1/AA/O", 1)])
    found = [Finding("javascript", 3, ANY, None, 1, ANY)]
    return Case(data, found, facts=Facts(pages=-1))


@trick(AREA)
def page_tree_of_100() -> Case:
    """The page is a hundred levels down in the page tree, and has a script."""
    return _page_tree(100)


@trick(AREA)
def page_tree_deep() -> Case:
    """The page is a thousand levels down in the page tree, and has a script."""
    return _page_tree(1000)


@trick(AREA, large=True)
def page_tree_10000() -> Case:
    """The page is ten thousand levels down in the page tree, and has a script."""
    return _page_tree(10_000)


@trick(AREA)
def links_32768() -> Case:
    """A page with 32,768 links in one array, as a real file has."""
    one = "<</Type/Annot/Subtype/Link/Rect[1 1 9 9]/A<</S/URI/URI(http://a/)>>>>"
    pdf = document(page="/Annots 6 0 R")
    data = _packed(pdf, {6: "[" + one * 32_768 + "]"})
    return Case(data, [Finding("uri_link", 6, "Page 1/Annots[{}]/A", 1, times=32_768)])


@trick(AREA, large=True)
def link_objects_32768() -> Case:
    """A page with 32,768 links, each an object of its own."""
    count = 32_768
    body = "<</Type/Annot/Subtype/Link/Rect[1 1 9 9]/A<</S/URI/URI(http://a/)>>>>"
    names = " ".join(f"{6 + index} 0 R" for index in range(count))
    pdf = document({6 + index: body for index in range(count)}, page=f"/Annots[{names}]")
    return Case(pdf.end(), [Finding("uri_link", 6, "Page 1/Annots[{}]/A", 1, times=count, step=1)])


@trick(AREA, large=True)
def null_objects() -> Case:
    """A hundred thousand objects are null."""
    pdf = document()
    for number in range(6, 100_006):
        pdf.add(number, "null")
    return Case(pdf.end(), [])


def _repeated(word: bytes, count: int) -> Case:
    pdf = document(catalog="/OpenAction" + script())
    data = pdf.end()
    return Case(data + word * count, [script_at(1, "Root/OpenAction")])


_WORDS = {
    "headers": (b"1 0 obj ", "A million bytes of headers of objects"),
    "dictionaries": (b"9 0 obj<<", "A million bytes of objects that open a dictionary"),
    "streams": (b"9 0 obj<</Length 9>>stream\n", "A million bytes of streams without an end"),
    "strings": (b"(", "A million parentheses"),
    "tables": (b"xref\n0 1\n", "A million bytes of tables without a row"),
    "trailers": (b"trailer<<", "A million bytes of trailers that do not end"),
    "starts": (b"startxref\n1\n", "A million bytes of pointers to a table"),
    "heads": (b"%PDF-1.7\n", "A million bytes of headers"),
}


def _words() -> None:
    for name, (word, text) in _WORDS.items():

        def make(word: bytes = word) -> Case:
            case = _repeated(word, 1_000_000 // len(word))
            # What such junk is taken for is open; that the script is told, and in time, is not.
            return Case(
                case.pdf,
                case.findings + [Finding(ANY, None, ANY, None, None, ANY)],
                facts=Facts(pages=-1, revisions=-1),
            )

        made(AREA, "repeated_" + name, text + " behind the end of the file.", make, large=True)


_words()


@trick(AREA)
def string_without_end() -> Case:
    """A string is never closed; the table leads to the objects that it seems to cover."""
    pdf = document(catalog="/OpenAction 7 0 R")
    pdf.note(6, pdf.here)
    pdf.write("6 0 obj\n<</Title(open\nendobj\n").add(7, script())
    return Case(pdf.end(), [script_at(7, "Root/OpenAction")])


@trick(AREA)
def dictionary_without_end() -> Case:
    """A dictionary is never closed, and the script's object follows."""
    pdf = document(catalog="/OpenAction 7 0 R")
    pdf.note(6, pdf.here)
    pdf.write("6 0 obj\n<</Title(x)/A[ << /B\nendobj\n").add(7, script())
    return Case(pdf.end(), [script_at(7, "Root/OpenAction")])


@trick(AREA)
def hexadecimal_without_end() -> Case:
    """A hexadecimal string is never closed, and the script's object follows."""
    pdf = document(catalog="/OpenAction 7 0 R")
    pdf.note(6, pdf.here)
    pdf.write("6 0 obj\n<AABB\nendobj\n").add(7, script())
    return Case(pdf.end(), [script_at(7, "Root/OpenAction")])


@trick(AREA)
def number_that_wraps() -> Case:
    """The catalog names an object whose number is that of the script plus two to the 32nd."""
    pdf = document({6: script()}, catalog="/OpenAction 4294967302 0 R")
    return Case(pdf.end(), [hidden("javascript", 6)])


@trick(AREA)
def header_that_wraps() -> Case:
    """An object's number is that of the harmless OpenAction plus two to the 32nd, and it is a script."""
    pdf = document({6: "[3 0 R/Fit]"}, catalog="/OpenAction 6 0 R")
    pdf.write(f"4294967302 0 obj\n{script()}\nendobj\n")
    # No reference can name it: readers have no such number.
    return Case(pdf.end(), [])


@trick(AREA)
def largest_number() -> Case:
    """The script has the largest number that a reader must take."""
    pdf = document(catalog="/OpenAction 8388607 0 R").add(8388607, script())
    return Case(pdf.end(), [script_at(8388607, "Root/OpenAction")])


@trick(AREA)
def name_of_100000_bytes() -> Case:
    """A name is a hundred thousand bytes long, and the script stands behind it."""
    body = "<</{} 1/S/JavaScript/JS(x)>>".format("A" * 100_000)
    return Case(_packed(document(catalog="/OpenAction 6 0 R"), {6: body}), [script_at(6, "Root/OpenAction")])


@trick(AREA)
def numbers_of_all_kinds() -> Case:
    """Numbers that no type holds stand in the dictionary before the script."""
    numbers = "--5 +-3 1e5 0x1F 1.2.3 . - + 9{} -9{} .{}1".format("9" * 400, "9" * 400, "0" * 400)
    pairs = "".join(f"/K{index} {number}" for index, number in enumerate(numbers.split()))
    pdf = document(catalog=f"/OpenAction<<{pairs}/S/JavaScript/JS(x)>>")
    return Case(pdf.end(), [script_at(1, "Root/OpenAction")])
