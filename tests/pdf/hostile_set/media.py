"""Films, sounds, three-dimensional models and rich media."""

from __future__ import annotations

from .expected import Case, Finding, made, script_at, trick
from .writer import Body, Stream, document

AREA = "media"


def _annotation(
    kind: str,
    entries: str,
    others: dict[int, Body] | None = None,
    more: list[Finding] | None = None,
    where: str = "Page 1/Annots[0]",
) -> Case:
    objects: dict[int, Body] = {6: f"<</Type/Annot/Rect[0 0 9 9]{entries}>>"}
    objects.update(others or {})
    pdf = document(objects, page="/Annots[6 0 R]")
    return Case(pdf.end(), [Finding(kind, 6, where, 1)] + (more or []))


_ANNOTATIONS = {
    "movie": ("movie", "/Subtype/Movie/T(m)/Movie<</F(a.mpg)>>", "", "A film."),
    "sound": ("sound", "/Subtype/Sound/Sound 7 0 R", "", "A sound."),
    "model_u3d": ("three_d", "/Subtype/3D/3DD 8 0 R/3DA<</A/PO>>", "", "A three-dimensional model in U3D."),
    "model_prc": ("three_d", "/Subtype/3D/3DD 9 0 R", "", "A three-dimensional model in PRC."),
    "model_by_reference": (
        "three_d",
        "/Subtype/3D/3DD<</Type/3DRef/3DD 8 0 R>>",
        "",
        "A three-dimensional model that shares another's data.",
    ),
    "rich_media": (
        "rich_media",
        "/Subtype/RichMedia/RichMediaContent<</Configurations[]>>",
        "",
        "Rich media without a file.",
    ),
    "movie_action": ("movie", "/Subtype/Link/A<</S/Movie/T(m)>>", "/A", "A link that plays a film."),
    "sound_action": ("sound", "/Subtype/Link/A<</S/Sound/Sound 7 0 R>>", "/A", "A link that plays a sound."),
    "rich_media_action": (
        "rich_media",
        "/Subtype/Link/A<</S/RichMediaExecute/TA 6 0 R/CMD<</C(play)>>>>",
        "/A",
        "A link that gives a command to rich media.",
    ),
    "screen": (
        "movie",
        "/Subtype/Screen/A<</S/Rendition/OP 0/AN 6 0 R/R<</S/MR/C<</S/MCD/CT(video/mp4)/D(a.mp4)>>>>>>",
        "/A",
        "A screen on which a film from outside plays.",
    ),
    "subtype_by_reference": (
        "movie",
        "/Subtype 10 0 R/T(m)/Movie<</F(a.mpg)>>",
        "",
        "A film by a reference.",
    ),
}


def _annotations() -> None:
    for name, (kind, entries, rest, words) in _ANNOTATIONS.items():

        def make(kind: str = kind, entries: str = entries, rest: str = rest) -> Case:
            streams: dict[int, Body] = {
                7: Stream(bytes(8), "/Type/Sound/R 8000"),
                8: Stream(b"U3D\0", "/Type/3D/Subtype/U3D"),
                9: Stream(b"PRC\0", "/Type/3D/Subtype/PRC"),
                10: "/Movie",
            }
            used = {number: body for number, body in streams.items() if f"{number} 0 R" in entries}
            return _annotation(kind, entries, used, where="Page 1/Annots[0]" + rest)

        made(AREA, name, words, make)


_annotations()


@trick(AREA)
def model_with_script() -> Case:
    """A three-dimensional model runs a script as it is shown."""
    others: dict[int, Body] = {
        7: Stream(b"U3D\0", "/Type/3D/Subtype/U3D/OnInstantiate 8 0 R"),
        8: Stream("a();"),
    }
    more = [script_at(7, "Page 1/Annots[0]/3DD/OnInstantiate", 1)]
    return _annotation("three_d", "/Subtype/3D/3DD 7 0 R", others, more)


@trick(AREA)
def rendition_with_script() -> Case:
    """A screen's action plays a film and has a script beside it."""
    action = "/A<</S/Rendition/OP 0/AN 6 0 R/JS(a\\(\\))/R<</S/MR/C<</S/MCD/CT(video/mp4)/D(a.mp4)>>>>>>"
    more = [script_at(6, "Page 1/Annots[0]/A", 1)]
    return _annotation("movie", "/Subtype/Screen" + action, None, more, "Page 1/Annots[0]/A")


@trick(AREA)
def hidden_movie() -> Case:
    """An annotation of a film is on no page."""
    body = "<</Type/Annot/Subtype/Movie/Rect[0 0 9 9]/T(m)/Movie<</F(a.mpg)>>>>"
    return Case(document({6: body}).end(), [Finding("movie", 6, "Object 6", presence="unreached")])


@trick(AREA)
def model_action() -> Case:
    """A link shows a view of a model, and there is none."""
    body = "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/GoTo3DView/TA 6 0 R/V/F>>>>"
    return Case(document({6: body}, page="/Annots[6 0 R]").end(), [])
