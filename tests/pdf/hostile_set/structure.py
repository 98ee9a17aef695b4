"""Structures of a shape that the standard does not allow and viewers take, and places that few know."""

from __future__ import annotations

from .ciphers import Handler
from .codecs import flate
from .expected import ANY, Case, Facts, Finding, made, script_at, trick
from .links import link
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

AREA = "structure"
_FOUND = [script_at(6, "Root/OpenAction")]


@trick(AREA)
def action_in_array() -> Case:
    """OpenAction is an array whose first item is a script's action and no page."""
    return Case(document(catalog=f"/OpenAction[{script()}]").end(), [script_at(1, "Root/OpenAction[0]")])


@trick(AREA)
def action_as_triggers() -> Case:
    """The page's /AA is an action itself."""
    return Case(document(page="/AA" + script()).end(), [script_at(3, "Page 1/AA", 1)])


@trick(AREA)
def actions_of_link() -> Case:
    """A link's /A is an array of actions."""
    body = f"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A[{script()}]>>"
    return Case(document({6: body}, page="/Annots[6 0 R]").end(), [script_at(6, "Page 1/Annots[0]/A[0]", 1)])


@trick(AREA)
def annotation_without_array() -> Case:
    """The page's /Annots is one annotation and no array."""
    body = f"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A{script()}>>"
    return Case(document({6: body}, page="/Annots 6 0 R").end(), [script_at(6, "Page 1/Annots/A", 1)])


@trick(AREA)
def annotations_in_array_in_array() -> Case:
    """The page's /Annots is an array within an array."""
    body = f"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A{script()}>>"
    found = [script_at(6, "Page 1/Annots[0][0]/A", 1)]
    return Case(document({6: body}, page="/Annots[[6 0 R]]").end(), found)


@trick(AREA)
def annotation_without_subtype() -> Case:
    """An annotation has neither type nor subtype, and an action."""
    body = f"<</Rect[0 0 9 9]/A{script()}>>"
    return Case(document({6: body}, page="/Annots[6 0 R]").end(), [script_at(6, "Page 1/Annots[0]/A", 1)])


@trick(AREA)
def link_subtype_escaped() -> Case:
    """A link that covers the page has its subtype written with an escape."""
    body = link("[0 0 100 100]").replace("/Link", "/L#69nk")
    found = [
        Finding("full_page_link", 6, "Page 1/Annots[0]", 1),
        Finding("uri_link", 6, "Page 1/Annots[0]/A", 1),
        Finding("escaped_name", 6, "Page 1/Annots[0]", 1),
    ]
    return Case(document({6: body}, page="/Annots[6 0 R]", box="[0 0 100 100]").end(), found)


@trick(AREA)
def page_inline() -> Case:
    """The page stands in the page tree's array itself."""
    page = f"<</Type/Page/MediaBox[0 0 9 9]/AA<</O{script()}>>>>"
    pdf = Pdf().add(1, "<</Type/Catalog/Pages 2 0 R>>").add(2, f"<</Type/Pages/Kids[{page}]/Count 1>>")
    return Case(pdf.end(), [script_at(2, "Page 1/AA/O", 1)])


@trick(AREA)
def kids_without_array() -> Case:
    """The page tree's /Kids is one page and no array: viewers find no page."""
    pdf = Pdf().add(1, "<</Type/Catalog/Pages 2 0 R>>").add(2, "<</Type/Pages/Kids 3 0 R/Count 1>>")
    pdf.add(3, f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/AA<</O{script()}>>>>")
    return Case(
        pdf.end(),
        [Finding("javascript", 3, ANY), Finding("damaged", None, "Root", None, None)],
        facts=Facts(pages=0),
    )


@trick(AREA)
def pages_is_a_page() -> Case:
    """The catalog's /Pages is a page and no tree."""
    pdf = Pdf().add(1, "<</Type/Catalog/Pages 3 0 R>>")
    pdf.add(3, f"<</Type/Page/MediaBox[0 0 9 9]/AA<</O{script()}>>>>")
    return Case(pdf.end(), [script_at(3, "Page 1/AA/O", 1)])


@trick(AREA)
def page_typed_as_pages() -> Case:
    """The page has the type of a page tree, and no kids: some viewers show it."""
    pdf = Pdf().add(1, "<</Type/Catalog/Pages 2 0 R>>").add(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>")
    pdf.add(3, f"<</Type/Pages/Parent 2 0 R/MediaBox[0 0 9 9]/AA<</O{script()}>>>>")
    return Case(pdf.end(), [Finding("javascript", 3, ANY), Finding(ANY, None, ANY)], facts=Facts(pages=-1))


@trick(AREA)
def names_by_reference() -> Case:
    """Every array and dictionary on the way to the script is an object of its own."""
    objects: dict[int, Body] = {
        6: "<</JavaScript 7 0 R>>",
        7: "<</Kids 8 0 R>>",
        8: "[9 0 R]",
        9: "<</Limits 13 0 R/Names 10 0 R>>",
        10: "[12 0 R 11 0 R]",
        11: script(),
        12: "(a)",
        13: "[12 0 R 12 0 R]",
    }
    pdf = document(objects, catalog="/Names 6 0 R")
    return Case(pdf.end(), [script_at(11, "Root/Names/JavaScript/Kids[0]/Names[1]")])


@trick(AREA)
def template_page() -> Case:
    """A page that is no page of the tree, but a template in the name tree, has a script."""
    template = f"<</Type/Template/MediaBox[0 0 9 9]/AA<</O{script()}>>>>"
    pdf = document({6: template}, catalog="/Names<</Templates<</Names[(a)6 0 R]>>>>")
    return Case(pdf.end(), [script_at(6, "Root/Names/Templates/Names[1]/AA/O")])


@trick(AREA)
def presentation_steps() -> Case:
    """A step of a presentation has a script as its next action."""
    node = f"<</Type/NavNode/NA{script()}/PA<</S/GoTo/D[3 0 R/Fit]>>>>"
    pdf = document({6: node}, page="/PresSteps 6 0 R")
    return Case(pdf.end(), [script_at(6, "Page 1/PresSteps/NA", 1)])


@trick(AREA)
def film_settings() -> Case:
    """A film's /A are its settings and no action."""
    body = "<</Type/Annot/Subtype/Movie/Rect[0 0 9 9]/Movie<</F(a.mpg)>>/A<</ShowControls true/Mode/Once>>>>"
    return Case(
        document({6: body}, page="/Annots[6 0 R]").end(), [Finding("movie", 6, "Page 1/Annots[0]", 1)]
    )


@trick(AREA)
def requirements() -> Case:
    """The catalog asks the viewer for JavaScript, and has none."""
    catalog = "/Requirements[<</Type/Requirement/S/EnableJavaScripts/RH<</S/JS/Script(a)>>>>]"
    return Case(document(catalog=catalog).end(), [])


@trick(AREA)
def capture_from_web() -> Case:
    """What a program that captured a page of the web noted: addresses, and no link."""
    catalog = "/SpiderInfo<</V 1.0/C[6 0 R]>>"
    pdf = document({6: "<</URL(http://a/)/L 1>>"}, catalog=catalog)
    return Case(pdf.end(), [])


@trick(AREA)
def stream_word_with_cr() -> Case:
    """A carriage return alone stands behind the word stream of an object stream."""
    return _object_stream(b"stream\r")


@trick(AREA)
def stream_word_with_blanks() -> Case:
    """Blanks and a line end stand behind the word stream of an object stream."""
    return _object_stream(b"stream  \r\n")


def _object_stream(word: bytes, end: bytes = b"\nendstream\nendobj\n") -> Case:
    inner = {6: script()}
    data = packed(inner)
    pdf = document(catalog="/OpenAction 6 0 R")
    pdf.pack(10, inner)
    pdf.note(10, pdf.here)
    head = f"10 0 obj\n<</Type/ObjStm/N 1/First {first(inner)}/Length {len(data)}>>\n"
    pdf.write(head).write(word + data + end)
    return Case(pdf.xref_stream(20).whole(), list(_FOUND))


@trick(AREA)
def stream_without_end() -> Case:
    """An object stream ends without the word for it, at the word of the object's end."""
    return _object_stream(b"stream\n", b"\nendobj\n")


@trick(AREA)
def stream_without_any_end() -> Case:
    """An object stream ends with neither the word of its own end nor that of the object's."""
    case = _object_stream(b"stream\n", b"\n")
    case.findings.append(Finding("length_mismatch", 10, "Object 10"))
    return case


@trick(AREA)
def stream_word_in_dictionary() -> Case:
    """A string in the dictionary of an object stream has the words of a stream in it."""
    inner = {6: script()}
    pdf = document(catalog="/OpenAction 6 0 R")
    pdf.pack(10, inner)
    pdf.add(10, object_stream(inner, entries="/X(>>stream\nendstream\nendobj)"))
    return Case(pdf.xref_stream(20).whole(), list(_FOUND))


_HEADERS = {
    "lines": ("6\n0\nobj\n", "Line ends stand between number, generation and keyword."),
    "nothing_behind": ("6 0 obj", "Nothing stands between the keyword and the dictionary."),
    "many_blanks": ("6     \t 0 \r\n\n obj\n", "Blanks of every kind stand between number and keyword."),
    "word_before": ("endobj6 0 obj\n", "The end of another object stands directly before the number."),
}


def _headers() -> None:
    for name, (header, words) in _HEADERS.items():

        def make(header: str = header) -> Case:
            pdf = document(catalog="/OpenAction 6 0 R")
            pdf.note(6, pdf.here + header.index("6"))
            pdf.write(header + script() + "\nendobj\n")
            return Case(pdf.end(), list(_FOUND))

        made(AREA, "header_" + name, words, make)


_headers()


def _trailer(handler: Handler) -> str:
    return "/Root 1 0 R/Encrypt 30 0 R/ID[<{0}><{0}>]".format(handler.file_id.hex())


def _encrypted_inside(method: str, revision: int) -> Case:
    handler = Handler(method, revision)
    pdf = document()
    plain = {6: "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(javascript:a)>>>>"}
    pdf = Pdf()
    pdf.handler = handler
    pdf.add(1, "<</Type/Catalog/Pages 2 0 R>>").add(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>")
    pdf.add(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Annots[6 0 R]>>")
    pdf.pack(10, plain)
    pdf.add(10, object_stream(plain, flate(packed(plain)), "/Filter/FlateDecode"))
    pdf.add(30, handler.dictionary).xref_stream(31, _trailer(handler))
    bits = "RC4-128 R3" if revision == 3 else "AES-256 R6"
    found = [Finding("encrypted", 30, "Trailer/Encrypt"), script_at(6, "Page 1/Annots[0]/A", 1)]
    return Case(pdf.whole(), found, facts=Facts(encryption=bits))


@trick(AREA)
def encrypted_string_in_object_stream_rc4() -> Case:
    """A string in an encrypted object stream is not encrypted again (RC4)."""
    return _encrypted_inside("RC4", 3)


@trick(AREA)
def encrypted_string_in_object_stream_aes() -> Case:
    """A string in an encrypted object stream is not encrypted again (AES)."""
    return _encrypted_inside("AES-256", 6)


@trick(AREA)
def encrypted_and_rebuilt() -> Case:
    """An encrypted file without a table: the script is in an encrypted object stream."""
    handler = Handler("AES-128", 4)
    inner = {6: script()}
    pdf = Pdf()
    pdf.handler = handler
    pdf.add(1, "<</Type/Catalog/Pages 2 0 R/OpenAction 6 0 R>>").add(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>")
    pdf.add(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>")
    pdf.add(10, object_stream(inner, flate(packed(inner)), "/Filter/FlateDecode"))
    pdf.add(30, handler.dictionary).trailer(_trailer(handler))
    found = [Finding("encrypted", 30, "Trailer/Encrypt"), script_at(6, "Root/OpenAction")]
    return Case(pdf.whole(), found, facts=Facts(encryption="AES-128 R4", repaired=True))


@trick(AREA)
def unlisted_object_stream() -> Case:
    """No reference and no row leads to the objects of an object stream before a cross-reference stream."""
    inner = {6: script()}
    pdf = document()
    pdf.add(10, object_stream(inner))
    return Case(pdf.xref_stream(20).whole(), [Finding("javascript", 6, "Object 6", presence="unreached")])


@trick(AREA)
def full_page_link_deep() -> Case:
    """The page with a link that covers it is two hundred levels down in the page tree."""
    depth = 200
    objects: dict[int, Body] = {1: "<</Type/Catalog/Pages 100 0 R>>"}
    for number in range(100, 100 + depth):
        kid = 3 if number == 99 + depth else number + 1
        objects[number] = f"<</Type/Pages/Kids[{kid} 0 R]/Count 1>>"
    objects[3] = "<</Type/Page/MediaBox[0 0 100 100]/Annots[6 0 R]>>"
    objects[6] = link("[0 0 100 100]")
    # A check may stop at such a depth, but then it must say so.
    found = [Finding("uri_link", 6, ANY, None, 1, ANY), Finding(ANY, None, ANY)]
    return Case(Pdf().add_all(objects).end(), found, ANY, Facts(pages=-1))


@trick(AREA)
def names_tree_wide() -> Case:
    """A name tree has five hundred leaves, and the script is in the last."""
    leaves = 500
    inner = {100 + leaf: f"<</Names[(a{leaf})null]>>" for leaf in range(leaves)}
    inner[99 + leaves] = "<</Names[(z)6 0 R]>>"
    kids = " ".join(f"{number} 0 R" for number in inner)
    inner[50] = f"<</Kids[{kids}]>>"
    pdf = document({6: script()}, catalog="/Names<</JavaScript 50 0 R>>")
    pdf.pack(30, inner)
    pdf.add(30, object_stream(inner, flate(packed(inner)), "/Filter/FlateDecode"))
    found = [script_at(6, f"Root/Names/JavaScript/Kids[{leaves - 1}]/Names[1]")]
    return Case(pdf.xref_stream(40).whole(), found)


@trick(AREA)
def old_catalog_in_comment() -> Case:
    """The last line is a comment that names a table; readers search for the word from the end."""
    pdf = document(catalog="/OpenAction" + script())
    data = pdf.end()
    return Case(
        data + b"% startxref\n9\n%%EOF\n", [script_at(1, "Root/OpenAction")], facts=Facts(repaired=True)
    )


@trick(AREA)
def string_of_script_is_hexadecimal() -> Case:
    """The script's text and the key's value are hexadecimal with a comment sign in them."""
    action = "<</S/JavaScript/JS<{}%>>>".format(raw("app.alert(1)").hex())
    return Case(document(catalog="/OpenAction" + action).end(), [script_at(1, "Root/OpenAction")])


@trick(AREA)
def rich_text_of_note() -> Case:
    """A note's rich text has a script of the web in it, which no viewer runs."""
    text = Stream("<body><script>alert(1)</script><a href='javascript:x'>y</a></body>")
    objects: dict[int, Body] = {6: "<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(x)/RC 7 0 R>>", 7: text}
    return Case(document(objects, page="/Annots[6 0 R]").end(), [])
