"""Harmless files that look like harmful ones, and what lies at the edge of being one."""

from __future__ import annotations

from .codecs import flate
from .expected import Case, Facts, Finding, trick
from .writer import Body, Stream, document

AREA = "traps"


@trick(AREA)
def packet_typed_embedded_file() -> Case:
    """A packet of an XFA form has the type of an embedded file, as some writers give it."""
    objects: dict[int, Body] = {
        6: "<</Fields[7 0 R]/XFA[(template)8 0 R]>>",
        7: "<</FT/Tx/T(a)>>",
        8: Stream("<template></template>", "/Type/EmbeddedFile"),
    }
    pdf = document(objects, catalog="/AcroForm 6 0 R")
    return Case(pdf.end(), [Finding("xfa", 6, "Root/AcroForm/XFA")], facts=Facts(form=True))


@trick(AREA)
def usage_rights() -> Case:
    """Rights of usage list what may be done with embedded files under the key /EF."""
    signature = (
        "<</Type/Sig/Filter/Adobe.PPKLite/Reference[<</Type/SigRef/TransformMethod/UR3"
        "/TransformParams<</Type/TransformParams/V/2.2/EF[/Create/Delete/Modify/Import]/Form[/Export]>>>>]"
        "/ByteRange[0 1 2 3]/Contents<00>>>"
    )
    pdf = document({6: signature}, catalog="/Perms<</UR3 6 0 R>>")
    return Case(pdf.end(), [], facts=Facts(signed=True))


@trick(AREA)
def empty_names() -> Case:
    """The name trees of scripts and files are there, and empty."""
    pdf = document({6: "<</Names[]>>"}, catalog="/Names<</JavaScript<</Names[]>>/EmbeddedFiles 6 0 R>>")
    return Case(pdf.end(), [])


@trick(AREA)
def empty_names_kids() -> Case:
    """The name tree of scripts has a kid, and that is empty; another is null."""
    pdf = document({6: "<</Names[]>>"}, catalog="/Names<</JavaScript<</Kids[6 0 R null]>>>>")
    return Case(pdf.end(), [])


@trick(AREA)
def names_of_null() -> Case:
    """The name tree of scripts names an object that is not there."""
    pdf = document(catalog="/Names<</JavaScript<</Names[(a)77 0 R(b)null]>>>>")
    return Case(pdf.end(), [])


@trick(AREA)
def script_in_page_text() -> Case:
    """The page's text reads like an action."""
    text = "BT /F1 9 Tf (/OpenAction << /S /JavaScript /JS \\(x\\) >>) Tj ET"
    return Case(document(content=Stream(text)).end(), [])


@trick(AREA)
def script_in_packed_page_text() -> Case:
    """The page's packed text reads like an action."""
    text = b"BT /F1 9 Tf (<</S/JavaScript/JS(x)>>) Tj /JavaScript BMC /OpenAction BMC EMC EMC ET"
    return Case(document(content=Stream(flate(text), "/Filter/FlateDecode")).end(), [])


@trick(AREA)
def script_in_title() -> Case:
    """The document's title reads like an action."""
    pdf = document({6: "<</Title(/S /JavaScript /JS \\(x\\) /EmbeddedFile /Launch)/Creator(JavaScript)>>"})
    return Case(pdf.end("/Root 1 0 R/Info 6 0 R"), [])


@trick(AREA)
def script_in_comment() -> Case:
    """A comment within the catalog reads like an action."""
    return Case(document(catalog="%/OpenAction<</S/JavaScript/JS(x)>>\n").end(), [])


@trick(AREA)
def script_in_comment_between_objects() -> Case:
    """A comment between two objects reads like an action's object."""
    pdf = document().write("% 9 0 obj <</S/JavaScript/JS(x)>> endobj\n")
    return Case(pdf.end(), [])


@trick(AREA)
def script_in_font_name() -> Case:
    """A font and a colour space bear the names of actions."""
    objects: dict[int, Body] = {
        6: "<</Font<</JavaScript 5 0 R/Launch 5 0 R>>/ColorSpace<</URI/DeviceGray/JS/DeviceRGB>>>>"
    }
    return Case(document(objects, resources=" 6 0 R").end(), [])


@trick(AREA)
def script_in_named_places() -> Case:
    """Named places bear the names of actions, in the old dictionary and the tree."""
    catalog = (
        "/Dests<</JavaScript[3 0 R/Fit]/OpenAction[3 0 R/Fit]>>/Names<</Dests<</Names[(JS)[3 0 R/Fit]]>>>>"
    )
    return Case(document(catalog=catalog).end(), [])


@trick(AREA)
def aa_of_a_font() -> Case:
    """/AA, /A and /S have other meanings elsewhere: transparency, attributes, styles."""
    objects: dict[int, Body] = {
        6: "<</Type/ExtGState/AA true/S/JS/A 1>>",
        7: "<</Type/StructTreeRoot/K 8 0 R>>",
        8: "<</Type/StructElem/S/Link/A<</O/Layout/Width 9>>/P 7 0 R>>",
    }
    pdf = document(objects, catalog="/StructTreeRoot 7 0 R", page="/PieceInfo<</X<</Private 6 0 R>>>>")
    return Case(pdf.end(), [])


@trick(AREA)
def structure_type_named_script() -> Case:
    """An element of the structure tree has the type /JavaScript, for program listings."""
    objects: dict[int, Body] = {
        7: "<</Type/StructTreeRoot/K 8 0 R/RoleMap<</JavaScript/Code/URI/Link>>>>",
        8: "<</Type/StructElem/S/JavaScript/P 7 0 R>>",
        9: "<</Type/StructElem/S/URI/P 7 0 R>>",
    }
    return Case(document(objects, catalog="/StructTreeRoot 7 0 R").end(), [])


@trick(AREA)
def file_specification_outside() -> Case:
    """A specification without a file inside names a file outside: nothing is embedded."""
    pdf = document({6: "<</Type/Filespec/F(a.txt)/EF<<>>>>"}, catalog="/AF[6 0 R]")
    return Case(pdf.end(), [])


@trick(AREA)
def empty_triggers() -> Case:
    """Empty /AA, and actions that are null."""
    pdf = document(catalog="/AA<<>>/OpenAction null", page="/AA<</O null/C<<>>>>")
    return Case(pdf.end(), [])


@trick(AREA)
def form_without_fields() -> Case:
    """An AcroForm without a field."""
    return Case(document(catalog="/AcroForm<</Fields[]/DR<<>>>>").end(), [])


@trick(AREA)
def page_that_prints() -> Case:
    """The catalog asks to print as it is opened, and how to show the document."""
    pdf = document(
        catalog="/OpenAction<</S/Named/N/Print>>/ViewerPreferences<</PrintScaling/None>>/PageMode/FullScreen"
    )
    return Case(pdf.end(), [])


@trick(AREA)
def metadata_about_script() -> Case:
    """The metadata have the word JavaScript in their text."""
    text = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><script>JavaScript &lt;&lt;/S/JavaScript/JS(x)>></script></x:xmpmeta>"
    pdf = document({6: Stream(text, "/Type/Metadata/Subtype/XML")}, catalog="/Metadata 6 0 R")
    return Case(pdf.end(), [])


@trick(AREA)
def picture_with_objects() -> Case:
    """A picture's data read like objects."""
    data = b"\xff\xd8 6 0 obj <</S/JavaScript/JS(x)>> endobj trailer <</Root 6 0 R>> \xff\xd9"
    entries = "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode"
    return Case(document({6: Stream(data, entries)}, page="/Thumb 6 0 R").end(), [])


@trick(AREA)
def dictionary_of_words() -> Case:
    """A dictionary that no one knows has the words as keys, and no action."""
    objects: dict[int, Body] = {
        6: "<</JavaScript 1/Launch 2/OpenAction 3/EmbeddedFile 4/URI 5/AA 6/RichMedia 7>>"
    }
    return Case(document(objects, page="/PieceInfo<</X<</Private 6 0 R>>>>").end(), [])


@trick(AREA)
def spider() -> Case:
    """The catalog's /URI gives a base for addresses, and no link."""
    return Case(document(catalog="/URI<</Base(http://www.example.com/)>>").end(), [])
