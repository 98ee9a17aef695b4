"""Actions that run without a click, actions of forms, and actions that do no harm."""

from __future__ import annotations

from .expected import Case, Facts, Finding, made, script_at, trick
from .writer import Body, Stream, document, script

AREA = "actions"
_OPEN = {
    "open_uri": ("<</S/URI/URI(http://a/)>>", ["automatic_link"], "goes to an address"),
    "open_remote": (
        "<</S/GoToR/F(b.pdf)/D[0/Fit]>>",
        ["automatic_link", "go_to_remote"],
        "goes to another PDF",
    ),
    "open_embedded": (
        "<</S/GoToE/T<</R/C/N(a)>>/D[0/Fit]>>",
        ["automatic_link", "go_to_embedded"],
        "goes into an attached PDF",
    ),
    "open_launch": ("<</S/Launch/F(a.exe)>>", ["automatic_link", "launch"], "starts a program"),
    "open_submit": (
        "<</S/SubmitForm/F<</FS/URL/F(http://a/)>>>>",
        ["automatic_link", "submit_form"],
        "sends the form",
    ),
    "open_import": (
        "<</S/ImportData/F(a.fdf)>>",
        ["automatic_link", "import_data"],
        "reads data from a file",
    ),
    "open_reset": ("<</S/ResetForm>>", ["reset_form"], "clears the form"),
    "open_movie": ("<</S/Movie/T(m)>>", ["movie"], "plays a film"),
    "open_sound": ("<</S/Sound/Sound 6 0 R>>", ["sound"], "plays a sound"),
    "open_page_action": ("<</S/GoTo/D[3 0 R/Fit]>>", [], "goes to a page"),
    "open_page_array": ("[3 0 R/FitH 700]", [], "is the place on a page"),
    "open_page_name": ("<</S/GoTo/D(chapter)>>", [], "goes to a named place"),
    "open_print": ("<</S/Named/N/Print>>", [], "prints"),
    "open_hide": ("<</S/Hide/T(a)/H true>>", [], "hides an annotation"),
    "open_layers": ("<</S/SetOCGState/State[/ON]>>", [], "shows a layer"),
    "open_transition": ("<</S/Trans/Trans<</S/Wipe>>>>", [], "shows a transition"),
    "open_thread": ("<</S/Thread/D 0>>", [], "goes to an article"),
    "open_null": ("null", [], "is null"),
}


def _opens() -> None:
    for name, (action, kinds, words) in _OPEN.items():

        def make(action: str = action, kinds: list[str] = kinds) -> Case:
            blank = "" if action[0] in "<[" else " "
            others: dict[int, Body] = {}
            if "6 0 R" in action:
                others[6] = Stream(bytes(8), "/Type/Sound/R 8000")
            pdf = document(others, catalog="/OpenAction" + blank + action)
            return Case(pdf.end(), [Finding(kind, 1, "Root/OpenAction") for kind in kinds])

        made(AREA, name, f"The OpenAction {words}.", make)


_opens()


@trick(AREA)
def uri_behind_page() -> Case:
    """The OpenAction goes to a page, and its /Next to an address."""
    pdf = document(catalog="/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next<</S/URI/URI(http://a/)>>>>")
    return Case(pdf.end(), [Finding("automatic_link", 1, "Root/OpenAction/Next")])


@trick(AREA)
def page_opens_uri() -> Case:
    """A page goes to an address as it is opened."""
    pdf = document(page="/AA<</O<</S/URI/URI(http://a/)>>>>")
    return Case(pdf.end(), [Finding("automatic_link", 3, "Page 1/AA/O", 1)])


@trick(AREA)
def closing_submits() -> Case:
    """The document sends its form as it is closed."""
    pdf = document(catalog="/AA<</WC<</S/SubmitForm/F<</FS/URL/F(http://a/)>>>>>>")
    found = [Finding(kind, 1, "Root/AA/WC") for kind in ("automatic_link", "submit_form")]
    return Case(pdf.end(), found)


@trick(AREA)
def annotation_in_view_launches() -> Case:
    """An annotation starts a program as its page becomes visible."""
    body = "<</Type/Annot/Subtype/Screen/Rect[0 0 9 9]/AA<</PV<</S/Launch/F(a.exe)>>>>>>"
    found = [Finding(kind, 6, "Page 1/Annots[0]/AA/PV", 1) for kind in ("automatic_link", "launch")]
    return Case(document({6: body}, page="/Annots[6 0 R]").end(), found)


@trick(AREA)
def annotation_entered_uri() -> Case:
    """An annotation goes to an address as the pointer enters it, which is no click."""
    body = "<</Type/Annot/Subtype/Screen/Rect[0 0 9 9]/AA<</E<</S/URI/URI(http://a/)>>>>>>"
    found = [Finding("automatic_link", 6, "Page 1/Annots[0]/AA/E", 1)]
    return Case(document({6: body}, page="/Annots[6 0 R]").end(), found)


@trick(AREA)
def field_submits_on_key() -> Case:
    """A field sends the form at each key."""
    field = "<</FT/Tx/T(a)/AA<</K<</S/SubmitForm/F<</FS/URL/F(http://a/)>>>>>>>>"
    path = "Root/AcroForm/Fields[0]/AA/K"
    found = [Finding(kind, 6, path) for kind in ("automatic_link", "submit_form")]
    return Case(
        document({6: field}, catalog="/AcroForm<</Fields[6 0 R]>>").end(), found, facts=Facts(form=True)
    )


_BUTTONS = {
    "button_submits": ("/S/SubmitForm/F<</FS/URL/F(http://a/)>>", "submit_form", "sends the form"),
    "button_imports": ("/S/ImportData/F(a.fdf)", "import_data", "reads data from a file"),
    "button_resets": ("/S/ResetForm/Fields[(a)]", "reset_form", "clears the form"),
}


def _buttons() -> None:
    for name, (action, kind, words) in _BUTTONS.items():

        def make(action: str = action, kind: str = kind) -> Case:
            body = f"<</Type/Annot/Subtype/Widget/FT/Btn/Ff 65536/T(b)/Rect[0 0 9 9]/A<<{action}>>>>"
            pdf = document({6: body}, catalog="/AcroForm<</Fields[6 0 R]>>", page="/Annots[6 0 R]")
            found = [Finding(kind, 6, "Page 1/Annots[0]/A", 1)]
            return Case(pdf.end(), found, facts=Facts(form=True))

        made(AREA, name, f"A button {words}.", make)


_buttons()


@trick(AREA)
def script_and_uri() -> Case:
    """The OpenAction is a script, and its /Next goes to an address."""
    action = f"<</S/JavaScript/JS(a)/Next[<</S/URI/URI(http://a/)>>{script()}]>>"
    found = [
        script_at(1, "Root/OpenAction"),
        Finding("automatic_link", 1, "Root/OpenAction/Next[0]"),
        script_at(1, "Root/OpenAction/Next[1]"),
    ]
    return Case(document(catalog="/OpenAction" + action).end(), found)


@trick(AREA)
def unknown_action() -> Case:
    """The OpenAction is of a type that no one knows."""
    return Case(document(catalog="/OpenAction<</S/Frobnicate/F(a)>>").end(), [])


@trick(AREA)
def submit_hidden() -> Case:
    """An action that sends the form, to which nothing leads."""
    body = "<</S/SubmitForm/F<</FS/URL/F(http://a/)>>>>"
    return Case(document({6: body}).end(), [Finding("submit_form", 6, "Object 6", presence="unreached")])


@trick(AREA)
def button_released_uri() -> Case:
    """A button goes to an address as it is pressed and released: that is a click."""
    body = (
        "<</Type/Annot/Subtype/Widget/FT/Btn/Ff 65536/T(b)/Rect[0 0 9 9]/AA<</U<</S/URI/URI(http://a/)>>>>>>"
    )
    pdf = document({6: body}, catalog="/AcroForm<</Fields[6 0 R]>>", page="/Annots[6 0 R]")
    found = [Finding("uri_link", 6, "Page 1/Annots[0]/AA/U", 1)]
    return Case(pdf.end(), found, facts=Facts(form=True))


@trick(AREA)
def address_hidden() -> Case:
    """An action that goes to an address, to which nothing leads."""
    return Case(
        document({6: "<</S/URI/URI(http://a/)>>"}).end(),
        [Finding("uri_link", 6, "Object 6", presence="unreached")],
    )


@trick(AREA)
def automatic_hidden_page() -> Case:
    """A page to which nothing leads goes to an address as it is opened."""
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/AA<</O<</S/URI/URI(http://a/)>>>>>>"
    found = [Finding("automatic_link", 6, "Object 6/AA/O", presence="unreached")]
    return Case(document({6: page}).end(), found)


@trick(AREA)
def automatic_hidden_catalog() -> Case:
    """A catalog to which nothing leads goes to an address as it is opened."""
    catalog = "<</Type/Catalog/Pages 2 0 R/OpenAction<</S/URI/URI(http://a/)>>>>"
    found = [Finding("automatic_link", 6, "Object 6/OpenAction", presence="unreached")]
    return Case(document({6: catalog}).end(), found)


@trick(AREA)
def action_on_stamp() -> Case:
    """A stamp, which should have no action, has one that goes to an address."""
    body = "<</Type/Annot/Subtype/Stamp/Rect[0 0 9 9]/A<</S/URI/URI(http://a/)>>>>"
    found = [Finding("uri_link", 6, "Page 1/Annots[0]/A", 1)]
    return Case(document({6: body}, page="/Annots[6 0 R]").end(), found)
