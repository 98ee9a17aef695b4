"""Scripts whose words are written in a way that a search for strings does not see."""

from __future__ import annotations

from .expected import Case, Finding, made, script_at, trick
from .writer import Body, Stream, document, script

AREA = "spelling"


def _open(action: str, more: list[Finding] | None = None) -> Case:
    pdf = document(catalog="/OpenAction" + action)
    return Case(pdf.end(), [script_at(1, "Root/OpenAction")] + (more or []))


def _escaped(number: int = 1) -> Finding:
    return Finding("escaped_name", number, "Object {}".format(number))


_ESCAPED = {
    "name_first_letter": ("<</S/#4aavaScript/JS(a\\(\\))>>", "The first letter of the type is an escape."),
    "name_every_letter": (
        "<</S/#4A#61#76#61#53#63#72#69#70#74/JS(a\\(\\))>>",
        "Every letter of the type is an escape.",
    ),
    "key_escaped": ("<</S/JavaScript/J#53(a\\(\\))>>", "The key of the script has an escape."),
    "type_key_escaped": ("<</#53/JavaScript/JS(a\\(\\))>>", "The key of the type has an escape."),
    "both_case_digits": (
        "<</S/JavaScrip#74/#4a#53(a\\(\\))>>",
        "Escapes of digits and letters of both cases.",
    ),
}


def _escapes() -> None:
    for name, (action, words) in _ESCAPED.items():

        def make(action: str = action) -> Case:
            return _open(action, [_escaped()])

        made(AREA, name, words, make)


_escapes()


@trick(AREA)
def open_action_key_escaped() -> Case:
    """The catalog's key has an escape, and the action none."""
    pdf = document(catalog="/Open#41ction" + script())
    return Case(pdf.end(), [script_at(1, "Root/OpenAction"), _escaped()])


@trick(AREA)
def names_key_escaped() -> Case:
    """The key of the name tree has an escape."""
    pdf = document({6: script()}, catalog="/Names<</Java#53cript<</Names[(a)6 0 R]>>>>")
    found = [script_at(6, "Root/Names/JavaScript/Names[1]"), _escaped()]
    return Case(pdf.end(), found)


@trick(AREA)
def escape_of_an_escape() -> Case:
    """`#23` is the hash sign itself, so this is another name, and no script's."""
    pdf = document(catalog="/OpenAction<</S/#234aavaScript/D[3 0 R/Fit]>>")
    return Case(pdf.end(), [])


@trick(AREA)
def escape_that_is_needed() -> Case:
    """A name with a blank must be escaped: nothing is suspicious about the font's."""
    pdf = document({6: "<</Type/Font/Subtype/Type1/BaseFont/My#20Font>>"}, page="/My#20Key 6 0 R")
    return Case(pdf.end(), [])


@trick(AREA)
def indirect_type() -> Case:
    """The action's type is an object of its own."""
    pdf = document({6: "<</S 7 0 R/JS(a\\(\\))>>", 7: "/JavaScript"}, catalog="/OpenAction 6 0 R")
    return Case(pdf.end(), [script_at(6, "Root/OpenAction")])


@trick(AREA)
def indirect_type_of_link() -> Case:
    """The type of a link's action, which is a URI, is an object whose name has an escape."""
    objects: dict[int, Body] = {
        6: "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S 7 0 R/URI(http://a/)>>>>",
        7: "/U#52I",
    }
    pdf = document(objects, page="/Annots[6 0 R]")
    found = [Finding("uri_link", 6, "Page 1/Annots[0]/A", 1), _escaped(7)]
    return Case(pdf.end(), found)


@trick(AREA)
def indirect_twice() -> Case:
    """The action's type is a reference to a reference to the name."""
    objects: dict[int, Body] = {6: "<</S 7 0 R/JS(a\\(\\))>>", 7: "8 0 R", 8: "/JavaScript"}
    return Case(document(objects, catalog="/OpenAction 6 0 R").end(), [script_at(6, "Root/OpenAction")])


_SPELLINGS = {
    "types_script_last": ("<</S/GoTo/S/JavaScript/JS(a\\(\\))>>", "Two types; the last one is a script's."),
    "types_script_first": (
        "<</S/JavaScript/S/GoTo/D[3 0 R/Fit]/JS(a\\(\\))>>",
        "Two types; the first one is a script's.",
    ),
    "comment_between": ("<</S%/GoTo\n/JavaScript%>>\r/JS(a\\(\\))>>", "Comments stand between the words."),
    "null_between": ("<</S\0/JavaScript\0/JS\0(a\\(\\))\0>>", "Null bytes and form feeds are blanks."),
    "form_feed_between": ("<<\f/S\f/JavaScript\f/JS\f(a\\(\\))>>", "Form feeds are blanks."),
    "no_blanks_in_numbers": (
        "<</X 1.5/Y+.5/Z-.0/N null/S/JavaScript/B true/JS(a\\(\\))>>",
        "Other values stand between.",
    ),
    "brackets_in_string": (
        "<</T(>> \\) endobj /S/GoTo)/S/JavaScript/JS(a\\(\\))>>",
        "A string has the ends of all.",
    ),
    "nested_parentheses": (
        "<</T(a(b(c)>>)d)/S/JavaScript/JS(a\\(\\))>>",
        "A string has pairs of parentheses.",
    ),
    "odd_dictionary": ("<</S/JavaScript/JS(a\\(\\))/X>>", "The last key of the action has no value."),
    "junk_in_dictionary": (
        "<</S/JavaScript 7 (x)/JS(a\\(\\))>>",
        "Values without a key stand in the action.",
    ),
    "stray_bracket": ("<</X]/S/JavaScript/JS(a\\(\\))>>", "A bracket closes nothing."),
}


def _spellings() -> None:
    for name, (action, words) in _SPELLINGS.items():

        def make(action: str = action) -> Case:
            return _open(action)

        made(AREA, name, words, make)


_spellings()


@trick(AREA)
def open_actions_script_first() -> Case:
    """The catalog has two OpenActions; the first is a script, the last goes to a page."""
    pdf = document(catalog=f"/OpenAction{script()}/OpenAction[3 0 R/Fit]")
    return Case(pdf.end(), [script_at(1, "Root/OpenAction")])


@trick(AREA)
def open_actions_script_last() -> Case:
    """The catalog has two OpenActions; the first goes to a page, the last is a script."""
    pdf = document(catalog=f"/OpenAction[3 0 R/Fit]/OpenAction{script()}")
    return Case(pdf.end(), [script_at(1, "Root/OpenAction")])


@trick(AREA)
def addresses_script_first() -> Case:
    """The action has two addresses, and the first is a script."""
    link = "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(javascript:a)/URI(http://a/)>>>>"
    pdf = document({6: link}, page="/Annots[6 0 R]")
    return Case(pdf.end(), [script_at(6, "Page 1/Annots[0]/A", 1)])


@trick(AREA)
def object_header_with_comments() -> Case:
    """Comments stand between number, generation and keyword of the object."""
    pdf = document(catalog="/OpenAction 6 0 R")
    pdf.note(6, pdf.here)
    pdf.write(f"6%a\n0 %b\robj%c 9 0 obj\n{script()}endobj\n")
    return Case(pdf.end(), [script_at(6, "Root/OpenAction")])


@trick(AREA)
def object_without_end() -> Case:
    """The word endobj is missing behind the action."""
    pdf = document(catalog="/OpenAction 6 0 R")
    pdf.note(6, pdf.here)
    pdf.write(f"6 0 obj\n{script()}\n")
    pdf.add(7, "<<>>")
    return Case(pdf.end(), [script_at(6, "Root/OpenAction")])


@trick(AREA)
def objects_without_blanks() -> Case:
    """No blank stands between the objects."""
    pdf = document(catalog="/OpenAction 7 0 R")
    pdf.note(6, pdf.here)
    pdf.write("6 0 obj[]endobj ")
    pdf.note(7, pdf.here)
    pdf.write(f"7 0 obj{script()}endobj\n")
    return Case(pdf.end(), [script_at(7, "Root/OpenAction")])


@trick(AREA)
def lines_end_in_cr() -> Case:
    """Every line ends in a carriage return alone, even behind the word stream, where it must not."""
    pdf = document({6: script()}, catalog="/OpenAction 6 0 R", content=Stream(b"q Q"))
    return Case(pdf.end().replace(b"\n", b"\r"), [script_at(6, "Root/OpenAction")])


@trick(AREA)
def generation_differs() -> Case:
    """The object has another generation than the table and the reference say."""
    pdf = document(catalog="/OpenAction 6 0 R")
    pdf.note(6, pdf.here)
    pdf.write(f"6 3 obj\n{script()}\nendobj\n")
    return Case(pdf.end(), [Finding("javascript", 6, "Root/OpenAction", generation=3)])


@trick(AREA)
def generation_not_zero() -> Case:
    """The action has generation 2, and all agree on it."""
    pdf = document(catalog="/OpenAction 6 2 R").add(6, script(), generation=2)
    return Case(pdf.end(), [Finding("javascript", 6, "Root/OpenAction", generation=2)])


@trick(AREA)
def number_with_zeros() -> Case:
    """Reference and header have zeros before the number."""
    pdf = document(catalog="/OpenAction 0006 00 R")
    pdf.note(6, pdf.here)
    pdf.write(f"0000006 00000 obj\n{script()}\nendobj\n")
    return Case(pdf.end(), [script_at(6, "Root/OpenAction")])
