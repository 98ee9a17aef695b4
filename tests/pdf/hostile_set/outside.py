"""What stands before, behind or in place of a PDF."""

from __future__ import annotations

from .expected import Case, Facts, Finding, made, replaced, script_at, trick
from .writer import HEADER, Pdf, document, pages, raw, script

AREA = "outside"
_NONE = Facts(pages=0, version=None, repaired=True)


def _offset(kind: str = "header_offset") -> list[Finding]:
    return [Finding(kind, None, "", None, None)]


def _not_a_pdf(data: bytes) -> Case:
    return Case(data, [Finding("not_a_pdf", None, "", None, None)], facts=_NONE)


def _junk(size: int, before: bool) -> Case:
    junk = (b"GARBAGE \n" * (size // 9 + 1))[: size - 1] + b"\n"
    pdf = Pdf(junk + HEADER)
    if before:
        pdf.base = size
    pdf.add_all(pages(catalog="/OpenAction" + script()))
    found = _offset("header_offset" if size < 1024 else "header_missing")
    return Case(pdf.end(), found + [script_at(1, "Root/OpenAction")])


def _junks() -> None:
    for size in (10, 1000, 1030, 5000):
        for name, before in (("header", True), ("file", False)):
            words = f"{size} bytes stand before the header; the table counts from the {name}'s start."

            def make(size: int = size, before: bool = before) -> Case:
                return _junk(size, before)

            made(AREA, f"junk_{size}_from_{name}", words, make)


_junks()


@trick(AREA)
def harmless_behind_junk() -> Case:
    """Ten bytes stand before the header of a harmless file."""
    pdf = Pdf(b"\r\n\r\n\r\n\r\n\r\n" + HEADER)
    pdf.base = 10
    return Case(pdf.add_all(pages()).end(), _offset())


@trick(AREA)
def byte_order_mark() -> Case:
    """The mark of UTF-8 stands before the header."""
    pdf = Pdf(b"\xef\xbb\xbf" + HEADER)
    pdf.base = 3
    return Case(pdf.add_all(pages()).end(), _offset())


@trick(AREA)
def no_header() -> Case:
    """The header is missing, and a viewer opens the file all the same."""
    pdf = document(catalog="/OpenAction" + script(), header=b"%\xe2\xe3\xcf\xd3\n")
    found = _offset("header_missing") + [script_at(1, "Root/OpenAction")]
    return Case(pdf.end(), found, facts=Facts(version=None))


@trick(AREA)
def header_in_lower_case() -> Case:
    """The header is written `%pdf-1.7`."""
    pdf = document(header=b"%pdf-1.7\n")
    return Case(pdf.end(), _offset("header_missing"), facts=Facts(version=None))


@trick(AREA)
def header_of_postscript() -> Case:
    """The header is `%!PS-Adobe-3.0 PDF-1.4`, which old writers made and some viewers take."""
    pdf = document(header=b"%!PS-Adobe-3.0 PDF-1.4\n")
    return Case(pdf.end(), _offset("header_missing"), facts=Facts(version=None))


@trick(AREA)
def header_without_version() -> Case:
    """The header has no version."""
    return Case(document(header=b"%PDF-\n").end(), [], facts=Facts(version=None))


@trick(AREA)
def version_of_catalog() -> Case:
    """The header says 1.3 and the catalog 1.6."""
    return Case(document(catalog="/Version/1.6", header=b"%PDF-1.3\n").end(), [], facts=Facts(version="1.6"))


@trick(AREA)
def version_of_catalog_is_older() -> Case:
    """The header says 1.7 and the catalog 1.4: the later one applies."""
    return Case(document(catalog="/Version/1.4").end(), [])


@trick(AREA)
def version_2() -> Case:
    """PDF 2.0."""
    return Case(document(header=b"%PDF-2.0\n").end(), [], facts=Facts(version="2.0"))


@trick(AREA)
def two_headers() -> Case:
    """A second header stands behind the first."""
    return Case(document(header=b"%PDF-1.7\n%PDF-1.4\n").end(), [])


@trick(AREA)
def junk_behind() -> Case:
    """Two thousand bytes stand behind the end of the file."""
    pdf = document(catalog="/OpenAction" + script())
    return Case(pdf.end() + b"\0" * 2000, [script_at(1, "Root/OpenAction")])


@trick(AREA)
def no_end_mark() -> Case:
    """The mark of the file's end is missing."""
    pdf = document(catalog="/OpenAction" + script())
    return Case(pdf.end().replace(b"%%EOF\n", b""), [script_at(1, "Root/OpenAction")])


@trick(AREA)
def cut_off() -> Case:
    """The file is cut off before its table, as after a broken download."""
    data = document(catalog="/OpenAction" + script()).whole()
    return Case(data[:-20], [script_at(1, "Root/OpenAction")], facts=Facts(repaired=True))


@trick(AREA)
def cut_off_in_stream() -> Case:
    """The file is cut off within a stream's data, behind the page."""
    pdf = document(catalog="/OpenAction" + script()).write("9 0 obj\n<</Length 5000>>\nstream\nabc")
    found = [script_at(1, "Root/OpenAction"), Finding("length_mismatch", 9, "Object 9")]
    return Case(pdf.whole(), found, facts=Facts(repaired=True))


@trick(AREA)
def utf16() -> Case:
    """The whole file is UTF-16: no PDF."""
    return _not_a_pdf(b"\xff\xfe" + document().end().decode("latin-1").encode("utf-16-le"))


@trick(AREA)
def empty() -> Case:
    """An empty file."""
    return _not_a_pdf(b"")


@trick(AREA)
def text() -> Case:
    """A text that speaks of PDF."""
    return _not_a_pdf(b"Dear court,\nplease find enclosed the PDF file.\n")


@trick(AREA)
def word_document() -> Case:
    """The beginning of a zip archive, as word processors make them."""
    return _not_a_pdf(b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0" + b"[Content_Types].xml" + bytes(40))


@trick(AREA)
def picture() -> Case:
    """The beginning of a JPEG picture."""
    return _not_a_pdf(b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01" + bytes(40))


@trick(AREA)
def page_of_the_web() -> Case:
    """A page of the web, as an expired session gives it in place of the PDF."""
    return _not_a_pdf(b"<!DOCTYPE html><html><head><title>Login</title></head><body>1 0 obj</body></html>")


@trick(AREA)
def header_alone() -> Case:
    """The header of a PDF and nothing else."""
    facts = Facts(pages=0, repaired=True)
    return Case(HEADER, [Finding("damaged", None, "", None, None)], facts=facts)


@trick(AREA)
def catalog_without_pages() -> Case:
    """A catalog and no page."""
    pdf = Pdf().add(1, "<</Type/Catalog>>")
    return Case(pdf.end(), [Finding("damaged", None, "", None, None)], facts=Facts(pages=0, repaired=True))


@trick(AREA)
def tree_without_page() -> Case:
    """A page tree without a page, whose /Count says one."""
    pdf = Pdf().add(1, "<</Type/Catalog/Pages 2 0 R>>").add(2, "<</Type/Pages/Kids[]/Count 1>>")
    return Case(pdf.end(), [Finding("damaged", None, "", None, None)], facts=Facts(pages=0))


@trick(AREA)
def tiny_script() -> Case:
    """No table, no page, no end: a viewer still runs the OpenAction."""
    data = b"%PDF-1.7\n1 0 obj<</Pages<<>>/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj trailer<</Root 1 0 R>>"
    # Viewers take a page tree without kids for a page.
    return Case(data, [script_at(1, "Root/OpenAction")], facts=Facts(repaired=True))


@trick(AREA)
def one_object_less_header() -> Case:
    """Neither header nor table nor page: objects alone, with a script."""
    data = b"1 0 obj\n<</Type/Catalog/OpenAction 2 0 R>>\nendobj\n2 0 obj\n" + raw(script()) + b"\nendobj\n"
    data += b"trailer\n<</Root 1 0 R>>\n"
    found = _offset("header_missing")
    found += [script_at(2, "Root/OpenAction"), Finding("damaged", None, "", None, None)]
    return Case(data, found, facts=Facts(pages=0, version=None, repaired=True))


@trick(AREA)
def two_files() -> Case:
    """A harmless file is appended to one with a script, offsets and all as they were."""
    first = document(catalog="/OpenAction" + script()).end()
    # The last startxref leads to no table, so that the table is rebuilt, and the last definition wins.
    second = document().end()
    found = [
        replaced("javascript", 1, rest="/OpenAction"),
        Finding("changed_catalog", 1, "Root", None, 2),
    ]
    return Case(first + second, found, facts=Facts(revisions=2, repaired=True))


@trick(AREA)
def behind_a_picture() -> Case:
    """A JPEG picture's beginning stands before the header, which is within the first 1,024 bytes."""
    junk = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01" + bytes(88) + b"\n"
    pdf = Pdf(junk + HEADER)
    pdf.base = len(junk)
    return Case(pdf.add_all(pages()).end(), _offset())
