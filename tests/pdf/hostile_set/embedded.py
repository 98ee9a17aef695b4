"""Files inside of the file, by every way in which one can be there."""

from __future__ import annotations

from .expected import Case, Finding, hidden, script_at, trick
from .writer import Body, Stream, document, object_stream

AREA = "embedded"
_FILE = Stream("hello", "/Type/EmbeddedFile/Subtype/text#2Fplain")
_SPEC = "<</Type/Filespec/F(a.txt)/UF(a.txt)/EF<</F 7 0 R>>>>"


def _case(
    path: str,
    page: int | None = None,
    catalog: str = "",
    leaf: str = "",
    others: dict[int, Body] | None = None,
    spec: str = _SPEC,
    more: list[Finding] | None = None,
) -> Case:
    objects: dict[int, Body] = {6: spec, 7: _FILE}
    objects.update(others or {})
    pdf = document(objects, catalog=catalog, page=leaf)
    return Case(pdf.end(), [Finding("embedded_file", 6, path, page)] + (more or []))


_TREE = "/Names<</EmbeddedFiles<</Names[(a)6 0 R]>>>>"
_TREE_PATH = "Root/Names/EmbeddedFiles/Names[1]"


@trick(AREA)
def name_tree() -> Case:
    """The name tree lists an attached file."""
    return _case(_TREE_PATH, catalog=_TREE)


@trick(AREA)
def name_tree_nested() -> Case:
    """The name tree has three levels."""
    others: dict[int, Body] = {
        8: "<</Kids[9 0 R 10 0 R]>>",
        9: "<</Limits[(0)(0)]/Names[]>>",
        10: "<</Limits[(a)(a)]/Kids[11 0 R]>>",
        11: "<</Limits[(a)(a)]/Names[(a)6 0 R]>>",
    }
    path = "Root/Names/EmbeddedFiles/Kids[1]/Kids[0]/Names[1]"
    return _case(path, catalog="/Names<</EmbeddedFiles 8 0 R>>", others=others)


@trick(AREA)
def annotation() -> Case:
    """An annotation is an attached file."""
    others: dict[int, Body] = {8: "<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS 6 0 R>>"}
    return _case("Page 1/Annots[0]/FS", 1, leaf="/Annots[8 0 R]", others=others)


@trick(AREA)
def annotation_inline() -> Case:
    """An annotation holds the file's specification itself."""
    body = f"<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS{_SPEC}>>"
    pdf = document({6: body, 7: _FILE}, page="/Annots[6 0 R]")
    return Case(pdf.end(), [Finding("embedded_file", 6, "Page 1/Annots[0]/FS", 1)])


@trick(AREA)
def annotation_reply() -> Case:
    """A text note, which should hold no file, has one under the key of an attachment."""
    others: dict[int, Body] = {8: "<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/FS 6 0 R>>"}
    return _case("Page 1/Annots[0]/FS", 1, leaf="/Annots[8 0 R]", others=others)


@trick(AREA)
def associated_with_catalog() -> Case:
    """The document has an associated file, as electronic invoices have."""
    return _case("Root/AF[0]", catalog="/AF[6 0 R]")


@trick(AREA)
def associated_with_page() -> Case:
    """A page has an associated file."""
    return _case("Page 1/AF[0]", 1, leaf="/AF[6 0 R]")


@trick(AREA)
def associated_with_page_single() -> Case:
    """A page's /AF is one file specification and no array."""
    return _case("Page 1/AF", 1, leaf="/AF 6 0 R")


@trick(AREA)
def associated_with_annotation() -> Case:
    """An annotation has an associated file."""
    others: dict[int, Body] = {8: "<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/AF[6 0 R]>>"}
    return _case("Page 1/Annots[0]/AF[0]", 1, leaf="/Annots[8 0 R]", others=others)


@trick(AREA)
def associated_with_structure() -> Case:
    """An element of the structure tree has an associated file."""
    others: dict[int, Body] = {
        8: "<</Type/StructTreeRoot/K[9 0 R]>>",
        9: "<</Type/StructElem/S/Formula/P 8 0 R/AF[6 0 R]>>",
    }
    return _case("Root/StructTreeRoot/K[0]/AF[0]", catalog="/StructTreeRoot 8 0 R", others=others)


@trick(AREA)
def associated_with_form() -> Case:
    """A form that the page paints has an associated file."""
    objects: dict[int, Body] = {
        6: _SPEC,
        7: _FILE,
        8: Stream("", "/Type/XObject/Subtype/Form/BBox[0 0 1 1]/AF[6 0 R]"),
    }
    pdf = document(objects, resources="<</XObject<</X 8 0 R>>>>")
    return Case(pdf.end(), [Finding("embedded_file", 6, "Page 1/Resources/XObject/X/AF[0]", 1)])


@trick(AREA)
def collection() -> Case:
    """A portfolio: the document is a cover, and the files are what it is about."""
    catalog = "/Collection<</Type/Collection/View/D/D(a)>>" + _TREE
    return _case(_TREE_PATH, catalog=catalog)


@trick(AREA)
def rich_media_asset() -> Case:
    """An annotation of rich media has the file among its assets."""
    body = (
        "<</Type/Annot/Subtype/RichMedia/Rect[0 0 9 9]"
        "/RichMediaContent<</Assets<</Names[(a)6 0 R]>>/Configurations[]>>>>"
    )
    return _case(
        "Page 1/Annots[0]/RichMediaContent/Assets/Names[1]",
        1,
        leaf="/Annots[8 0 R]",
        others={8: body},
        more=[Finding("rich_media", 8, "Page 1/Annots[0]", 1)],
    )


@trick(AREA)
def unicode_name_only() -> Case:
    """The file stands under /UF alone."""
    spec = "<</Type/Filespec/UF(a.txt)/EF<</UF 7 0 R>>>>"
    return _case(_TREE_PATH, catalog=_TREE, spec=spec)


@trick(AREA)
def old_system_only() -> Case:
    """The file stands under the key of one old system alone, and the specification has no type."""
    return _case(_TREE_PATH, catalog=_TREE, spec="<</DOS(a.txt)/EF<</DOS 7 0 R>>>>")


@trick(AREA)
def wrong_type() -> Case:
    """The specification's type is the wrong one that old writers gave, and it ends in /F."""
    return _case(_TREE_PATH, catalog=_TREE, spec="<</Type/F/F(a.txt)/EF 8 0 R>>", others={8: "<</F 7 0 R>>"})


@trick(AREA)
def related_files() -> Case:
    """The specification has no file of its own, and related files instead."""
    spec = "<</Type/Filespec/F(a.txt)/RF<</F[(b.txt)7 0 R]>>>>"
    return _case(_TREE_PATH, catalog=_TREE, spec=spec)


@trick(AREA)
def in_launch() -> Case:
    """What an action starts is inside of the file."""
    others: dict[int, Body] = {8: "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/Launch/F 6 0 R>>>>"}
    return _case(
        "Page 1/Annots[0]/A/F",
        1,
        leaf="/Annots[8 0 R]",
        others=others,
        more=[Finding("launch", 8, "Page 1/Annots[0]/A", 1)],
    )


@trick(AREA)
def in_remote_link() -> Case:
    """The file that a link goes to is inside of the file."""
    others: dict[int, Body] = {8: "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/GoToR/F 6 0 R/D[0/Fit]>>>>"}
    return _case(
        "Page 1/Annots[0]/A/F",
        1,
        leaf="/Annots[8 0 R]",
        others=others,
        more=[Finding("go_to_remote", 8, "Page 1/Annots[0]/A", 1)],
    )


@trick(AREA)
def in_rendition() -> Case:
    """The clip that a rendition plays is inside of the file."""
    action = (
        "<</S/Rendition/OP 0/AN 8 0 R/R<</Type/Rendition/S/MR"
        "/C<</Type/MediaClip/S/MCD/CT(video/mp4)/D 6 0 R>>>>>>"
    )
    others: dict[int, Body] = {8: f"<</Type/Annot/Subtype/Screen/Rect[0 0 9 9]/A{action}>>"}
    return _case(
        "Page 1/Annots[0]/A/R/C/D",
        1,
        leaf="/Annots[8 0 R]",
        others=others,
        more=[Finding("movie", 8, "Page 1/Annots[0]/A", 1)],
    )


@trick(AREA)
def reached_by_nothing() -> Case:
    """Nothing names the specification."""
    return Case(document({6: _SPEC, 7: _FILE}).end(), [hidden("embedded_file", 6)])


@trick(AREA)
def file_without_specification() -> Case:
    """The file's stream is there, and no specification names it."""
    return Case(document({7: _FILE}).end(), [hidden("embedded_file", 7)])


@trick(AREA)
def in_object_stream() -> Case:
    """The specification is in an object stream."""
    pdf = document({7: _FILE}, catalog=_TREE)
    pdf.pack(10, {6: _SPEC})
    pdf.add(10, object_stream({6: _SPEC}))
    return Case(pdf.xref_stream(20).whole(), [Finding("embedded_file", 6, _TREE_PATH)])


@trick(AREA)
def key_escaped() -> Case:
    """The key of the embedded file is written with an escape."""
    spec = "<</Type/Filespec/F(a.txt)/#45F<</F 7 0 R>>>>"
    return _case(_TREE_PATH, catalog=_TREE, spec=spec, more=[Finding("escaped_name", 6, _TREE_PATH)])


@trick(AREA)
def two_files() -> Case:
    """The name tree lists two files; one of them is the page's associated file as well."""
    tree = "/Names<</EmbeddedFiles<</Names[(a)6 0 R(b)8 0 R]>>>>"
    more = [Finding("embedded_file", 8, "Root/Names/EmbeddedFiles/Names[3]")]
    others: dict[int, Body] = {8: _SPEC}
    # Told once, where it is reached first.
    return _case(_TREE_PATH, catalog=tree, leaf="/AF[6 0 R]", others=others, more=more)


@trick(AREA)
def attached_script() -> Case:
    """The name tree of files lists a script's action: whatever stands in that tree counts as a file."""
    pdf = document({6: "<</S/JavaScript/JS(a)>>"}, catalog="/Names<</EmbeddedFiles<</Names[(a)6 0 R]>>>>")
    return Case(pdf.end(), [script_at(6, _TREE_PATH), Finding("embedded_file", 6, _TREE_PATH)])
