"""Shapes of ordinary documents, which must not be reported for anything."""

from __future__ import annotations

from .codecs import flate, predict_up
from .expected import Case, Facts, Finding, trick
from .writer import Body, Pdf, Stream, document, object_stream, packed, raw

AREA = "honest"


def _metadata(part: str, conformance: str) -> Stream:
    claim = f"<pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>{conformance}</pdfaid:conformance>"
    text = (
        "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>"
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
        "<rdf:Description rdf:about='' xmlns:pdfaid='http://www.aiim.org/pdfa/ns/id/'>"
        "{}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
    )
    return Stream(text.format(claim), "/Type/Metadata/Subtype/XML")


@trick(AREA)
def text_page() -> Case:
    """One page with a word on it."""
    return Case(document().end(), [])


@trick(AREA)
def word_processor() -> Case:
    """Tagged, with a table of contents of internal links, bookmarks, metadata and two pages."""
    objects: dict[int, Body] = {
        1: "<</Type/Catalog/Pages 2 0 R/Lang(da-DK)/StructTreeRoot 10 0 R/MarkInfo<</Marked true>>"
        "/Outlines 20 0 R/Metadata 30 0 R/ViewerPreferences<</DisplayDocTitle true>>>>",
        2: "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
        3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 6 0 R>>>>/Contents 5 0 R"
        "/Annots[7 0 R 8 0 R]/StructParents 0/Tabs/S/Group<</Type/Group/S/Transparency/CS/DeviceRGB>>>>",
        4: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 6 0 R>>>>/Contents 5 0 R>>",
        5: Stream("/P<</MCID 0>>BDC BT /F1 12 Tf 72 720 Td (Indhold) Tj ET EMC"),
        6: "<</Type/Font/Subtype/TrueType/BaseFont/ABCDEE+Calibri/Encoding/WinAnsiEncoding>>",
        7: "<</Subtype/Link/Rect[72 700 300 712]/BS<</W 0>>/F 4/Dest[4 0 R/XYZ 69 768 0]/StructParent 1>>",
        8: "<</Subtype/Link/Rect[72 680 300 692]/BS<</W 0>>/F 4/A<</Type/Action/S/GoTo/D[4 0 R/Fit]>>>>",
        10: "<</Type/StructTreeRoot/K[11 0 R]/RoleMap<</Footnote/Note>>>>",
        11: "<</Type/StructElem/S/Document/P 10 0 R/K[12 0 R]>>",
        12: "<</Type/StructElem/S/Link/P 11 0 R/Pg 3 0 R/K[0<</Type/OBJR/Obj 7 0 R>>]/A<</O/Layout>>>>",
        20: "<</Type/Outlines/First 21 0 R/Last 22 0 R/Count 2>>",
        21: "<</Title(Et)/Parent 20 0 R/Next 22 0 R/A<</S/GoTo/D[3 0 R/XYZ 0 842 0]>>>>",
        22: "<</Title<FEFF0054006F>/Parent 20 0 R/Prev 21 0 R/Dest[4 0 R/XYZ 0 842 0]>>",
        30: Stream("<x:xmpmeta xmlns:x='adobe:ns:meta/'></x:xmpmeta>", "/Type/Metadata/Subtype/XML"),
        31: "<</Author(A)/Creator(Word)/CreationDate(D:20250101120000+01'00')>>",
    }
    pdf = Pdf().add_all(objects)
    return Case(pdf.end("/Root 1 0 R/Info 31 0 R"), [], facts=Facts(pages=2, tagged=True))


@trick(AREA)
def archive_2b() -> Case:
    """The metadata claim PDF/A-2b, and the output intent is there."""
    objects: dict[int, Body] = {
        6: _metadata("2", "B"),
        7: "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/DestOutputProfile 8 0 R>>",
        8: Stream("profile", "/N 3"),
    }
    pdf = document(objects, catalog="/Metadata 6 0 R/OutputIntents[7 0 R]")
    return Case(pdf.end(), [], facts=Facts(pdfa="2b"))


@trick(AREA)
def archive_by_attributes() -> Case:
    """The metadata claim PDF/A-1a by attributes and not by elements."""
    text = (
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
        '<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"'
        ' pdfaid:part="1" pdfaid:conformance="A"/></rdf:RDF></x:xmpmeta>'
    )
    objects: dict[int, Body] = {6: Stream(text, "/Type/Metadata/Subtype/XML")}
    pdf = document(objects, catalog="/Metadata 6 0 R/MarkInfo<</Marked true>>", header=b"%PDF-1.4\n")
    return Case(pdf.end(), [], facts=Facts(version="1.4", pdfa="1a", tagged=True))


@trick(AREA)
def archive_4() -> Case:
    """The metadata claim PDF/A-4, which has no letter."""
    text = (
        "<rdf:Description xmlns:pdfaid='http://www.aiim.org/pdfa/ns/id/'><pdfaid:part>4</pdfaid:part>"
        "<pdfaid:rev>2020</pdfaid:rev></rdf:Description>"
    )
    objects: dict[int, Body] = {6: Stream(text, "/Type/Metadata/Subtype/XML")}
    pdf = document(objects, catalog="/Metadata 6 0 R", header=b"%PDF-2.0\n")
    return Case(pdf.end(), [], facts=Facts(version="2.0", pdfa="4"))


@trick(AREA)
def form() -> Case:
    """A form with a field of text, a box to tick and a choice, without an action."""
    objects: dict[int, Body] = {
        6: "<</Fields[7 0 R 8 0 R 9 0 R]/DR<</Font<</Helv 5 0 R>>>>/DA(/Helv 0 Tf 0 g)/NeedAppearances true>>",
        7: "<</Type/Annot/Subtype/Widget/FT/Tx/T(navn)/V(x)/Rect[9 9 99 29]/F 4/P 3 0 R/MK<</BC[0]>>>>",
        8: "<</Type/Annot/Subtype/Widget/FT/Btn/T(ja)/V/Off/AS/Off/Rect[9 39 19 49]/F 4/P 3 0 R"
        "/AP<</N<</Yes 10 0 R>>>>>>",
        9: "<</Type/Annot/Subtype/Widget/FT/Ch/T(valg)/Opt[(a)(b)]/Rect[9 59 99 79]/F 4/P 3 0 R/TU(Skift)>>",
        10: Stream("q Q", "/Type/XObject/Subtype/Form/BBox[0 0 10 10]"),
    }
    pdf = document(objects, catalog="/AcroForm 6 0 R", page="/Annots[7 0 R 8 0 R 9 0 R]")
    return Case(pdf.end(), [], facts=Facts(form=True))


@trick(AREA)
def signed() -> Case:
    """A signature, added by an update that gives the catalog a form."""
    pdf = document().table()
    pdf.add(1, "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]/SigFlags 3>>>>")
    widget = "<</Type/Annot/Subtype/Widget/FT/Sig/T(Signature1)/V 7 0 R/Rect[0 0 0 0]/F 132/P 3 0 R>>"
    pdf.add(6, widget)
    pdf.add(
        7,
        "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M(D:20250101120000Z)"
        "/ByteRange[0 900 1000 300]/Contents<{}>>>".format("00" * 60),
    )
    pdf.table()
    found: list[Finding] = [Finding("changed_catalog", 1, "Root", None, 2)]
    return Case(pdf.whole(), found, facts=Facts(revisions=2, signed=True, form=True))


@trick(AREA)
def signature_field_empty() -> Case:
    """A field for a signature that is not there yet: the file is not signed."""
    objects: dict[int, Body] = {
        6: "<</Type/Annot/Subtype/Widget/FT/Sig/T(Signature1)/Rect[0 0 0 0]/F 132/P 3 0 R>>"
    }
    pdf = document(objects, catalog="/AcroForm<</Fields[6 0 R]>>", page="/Annots[6 0 R]")
    return Case(pdf.end(), [], facts=Facts(form=True))


def _linearised(size: int, main: int, end: int, places: dict[int, int]) -> Pdf:
    """The parts in the order of ISO 32000-2, annex F, with the offsets of the time before."""
    pdf = Pdf()
    head = "<</Linearized 1/L {:05}/H[00300 00010]/O 5/E {:05}/N 1/T {:05}>>"
    pdf.add(3, head.format(size, end, main))
    front = pdf.here
    pdf.write("xref\n3 4\n")
    for number in range(3, 7):
        pdf.write(f"{places.get(number, 0):010} 00000 n \n")
    pdf.write(f"trailer\n<</Root 4 0 R/Size 7/Prev {main:05}>>\nstartxref\n0\n%%EOF\n")
    pdf.add(4, "<</Type/Catalog/Pages 1 0 R>>")
    pdf.add(
        5, "<</Type/Page/Parent 1 0 R/MediaBox[0 0 595 842]/Contents 6 0 R/Resources<</Font<</F1 2 0 R>>>>>>"
    )
    pdf.add(6, Stream("BT /F1 12 Tf 72 720 Td (Side) Tj ET"))
    pdf.note(100, pdf.here)
    pdf.add(1, "<</Type/Pages/Kids[5 0 R]/Count 1>>")
    pdf.add(2, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    pdf.note(101, pdf.here)
    pdf.write("xref\n0 3\n0000000000 65535 f \n")
    for number in (1, 2):
        pdf.write(f"{pdf.places[number][0]:010} 00000 n \n")
    pdf.write(f"trailer\n<</Size 3>>\nstartxref\n{front}\n%%EOF\n")
    return pdf


@trick(AREA)
def linearised() -> Case:
    """Linearised: two sections and two marks of an end, and one revision."""
    pdf = _linearised(0, 0, 0, {})
    places = {number: place for number, (place, _) in pdf.places.items()}
    pdf = _linearised(len(pdf.out), places[101], places[100], places)
    return Case(pdf.whole(), [], facts=Facts(linearised=True))


@trick(AREA)
def linearised_and_updated() -> Case:
    """A linearised file with an update, which makes it linearised no more."""
    pdf = _linearised(0, 0, 0, {})
    places = {number: place for number, (place, _) in pdf.places.items()}
    pdf = _linearised(len(pdf.out), places[101], places[100], places)
    front = bytes(pdf.out).index(b"xref\n3 4")
    place = pdf.here
    pdf.write("7 0 obj\n<<>>\nendobj\n")
    table = pdf.here
    pdf.write(f"xref\n7 1\n{place:010} 00000 n \ntrailer\n<</Root 4 0 R/Size 8/Prev {front}>>\n")
    pdf.start(table)
    return Case(pdf.whole(), [], facts=Facts(revisions=2))


@trick(AREA)
def browser_print() -> Case:
    """As a browser prints: packed contents, a tagged page, no link."""
    objects: dict[int, Body] = {
        6: "<</Creator(Mozilla/5.0)/Producer(Skia/PDF m120)/CreationDate(D:20250101120000+00'00')>>",
        7: "<</Type/StructTreeRoot/K 8 0 R/ParentTree 9 0 R/ParentTreeNextKey 1>>",
        8: "<</Type/StructElem/S/Document/P 7 0 R/K[<</Type/MCR/Pg 3 0 R/MCID 0>>]>>",
        9: "<</Type/ParentTree/Nums[0[8 0 R]]>>",
        10: "<</ca 1/BM/Normal>>",
    }
    pdf = document(
        objects,
        catalog="/MarkInfo<</Type/MarkInfo/Marked true>>/StructTreeRoot 7 0 R/Lang(da)",
        page="/StructParents 0/Tabs/S",
        content=Stream(
            flate(b".24 0 0 -.24 0 842 cm q 0 0 2479 3508 re W* n /G3 gs Q"), "/Filter/FlateDecode"
        ),
        resources="<</ProcSet[/PDF/Text]/ExtGState<</G3 10 0 R>>>>",
        header=b"%PDF-1.4\n%\xd3\xeb\xe9\xe1\n",
    )
    return Case(pdf.end("/Root 1 0 R/Info 6 0 R"), [], facts=Facts(version="1.4", tagged=True))


@trick(AREA)
def scan() -> Case:
    """A scanned page: a picture and invisible text above it."""
    picture = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0" + bytes(range(256)) * 4 + b"\xff\xd9"
    objects: dict[int, Body] = {
        6: Stream(
            picture,
            "/Type/XObject/Subtype/Image/Width 9/Height 9/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode",
        )
    }
    pdf = document(
        objects,
        content=Stream("q 595 0 0 842 0 0 cm /I Do Q BT 3 Tr /F1 9 Tf (x) Tj ET"),
        resources="<</XObject<</I 6 0 R>>/Font<</F1 5 0 R>>>>",
    )
    return Case(pdf.end(), [])


@trick(AREA)
def compressed() -> Case:
    """As modern writers pack: all in object streams, and a cross-reference stream with a predictor."""
    inner = {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
        5: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        6: "<</Producer(x)>>",
    }
    pdf = Pdf(b"%PDF-1.5\n%\xbf\xf7\xa2\xfe\n")
    pdf.add(4, Stream(flate(raw("BT /F1 12 Tf 72 720 Td (Side) Tj ET")), "/Filter/FlateDecode"))
    pdf.pack(7, inner)
    pdf.add(7, object_stream(inner, flate(packed(inner)), "/Filter/FlateDecode"))
    data, runs = pdf.stream_rows(8)
    place = pdf.here
    entries = (
        "/W[1 3 2]/Index[{}]/Root 1 0 R/Info 6 0 R/Filter/FlateDecode/DecodeParms<</Columns 6/Predictor 12>>"
    )
    pdf.raw_xref_stream(8, flate(predict_up(data, 6)), entries.format(runs))
    return Case(pdf.start(place).whole(), [], facts=Facts(version="1.5"))


@trick(AREA)
def layers() -> Case:
    """Optional content with its configuration and events."""
    catalog = "/OCProperties<</OCGs[6 0 R]/D<</Order[6 0 R]/ON[6 0 R]/AS[<</Event/View/OCGs[6 0 R]/Category[/View]>>]>>>>"
    objects: dict[int, Body] = {6: "<</Type/OCG/Name(Lag)/Usage<</View<</ViewState/ON>>>>>>"}
    return Case(document(objects, catalog=catalog).end(), [])


@trick(AREA)
def named_places() -> Case:
    """Named places in a tree, and a link to one of them by its name."""
    objects: dict[int, Body] = {
        6: "<</Kids[7 0 R]>>",
        7: "<</Limits[(a)(b)]/Names[(a)[3 0 R/Fit](b)<</D[3 0 R/XYZ 0 0 0]>>]>>",
        8: "<</Type/Annot/Subtype/Link/Rect[9 9 99 19]/A<</S/GoTo/D(b)>>>>",
    }
    pdf = document(
        objects, catalog="/Names<</Dests 6 0 R>>/PageLabels<</Nums[0<</S/D>>]>>", page="/Annots[8 0 R]"
    )
    return Case(pdf.end(), [])


@trick(AREA)
def comments() -> Case:
    """Notes, marks and stamps with their pop-ups, as reviewers leave them."""
    objects: dict[int, Body] = {
        6: "<</Type/Annot/Subtype/Text/Rect[9 9 29 29]/Contents(Se her: JavaScript)/Popup 7 0 R/RC(<p>x</p>)>>",
        7: "<</Type/Annot/Subtype/Popup/Rect[9 9 99 99]/Parent 6 0 R>>",
        8: "<</Type/Annot/Subtype/Highlight/Rect[0 0 595 842]/QuadPoints[0 842 595 842 0 0 595 0]/C[1 1 0]>>",
        9: "<</Type/Annot/Subtype/Stamp/Rect[0 0 595 842]/Name/Approved/IRT 6 0 R>>",
        10: "<</Type/Annot/Subtype/FreeText/Rect[9 9 99 99]/DA(/Helv 9 Tf)/Contents(x)>>",
    }
    return Case(document(objects, page="/Annots[6 0 R 7 0 R 8 0 R 9 0 R 10 0 R]").end(), [])


@trick(AREA)
def threads() -> Case:
    """An article thread, whose beads are a ring."""
    objects: dict[int, Body] = {
        6: "<</Type/Thread/F 7 0 R/I<</Title(x)>>>>",
        7: "<</Type/Bead/T 6 0 R/N 8 0 R/V 8 0 R/P 3 0 R/R[0 0 9 9]>>",
        8: "<</Type/Bead/N 7 0 R/V 7 0 R/P 3 0 R/R[9 9 19 19]>>",
    }
    return Case(document(objects, catalog="/Threads[6 0 R]", page="/B[7 0 R 8 0 R]").end(), [])


@trick(AREA)
def contents_in_pieces() -> Case:
    """The page's contents are an array of streams, cut in the middle of an operator's operands."""
    pdf = Pdf()
    pdf.add_all({1: "<</Type/Catalog/Pages 2 0 R>>", 2: "<</Type/Pages/Kids[3 0 R]/Count 1>>"})
    pdf.add_all({3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 6 0 R>>", 4: Stream("q 1 0 0")})
    pdf.add_all({6: "[4 0 R 7 0 R]", 7: Stream("rg 0 0 9 9 re f")})
    return Case(pdf.end(), [])


@trick(AREA)
def many_updates() -> Case:
    """A hundred updates of the document's information, as a program that saves often makes them."""
    pdf = document({6: "<</Producer(0)>>"}).table("/Root 1 0 R/Info 6 0 R")
    for number in range(1, 100):
        pdf.add(6, f"<</Producer({number})>>").table("/Root 1 0 R/Info 6 0 R")
    return Case(pdf.whole(), [], facts=Facts(revisions=100))
