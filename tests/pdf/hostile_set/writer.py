"""Writes PDFs byte by byte, so that every byte of them can be wrong on purpose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Union

from .ciphers import Handler

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


class Stream:
    """A stream's data, as it is written, and the entries of its dictionary beside /Length."""

    def __init__(self, data: str | bytes, entries: str = "", length: str | None = None) -> None:
        self.data = raw(data)
        self.entries = entries
        self.length = length


Body = Union[str, bytes, Stream]


def raw(text: str | bytes) -> bytes:
    """The bytes of a text; each of its characters is one byte."""
    return text if isinstance(text, bytes) else text.encode("latin-1")


PAGE_TEXT = Stream(b"BT /F1 12 Tf 72 720 Td (Side) Tj ET")


class Pdf:
    """A file that grows object by object and section by section."""

    def __init__(self, header: bytes = HEADER) -> None:
        self.out = bytearray(header)
        self.places: dict[int, tuple[int, int]] = {}
        self.packed: dict[int, tuple[int, int]] = {}
        self.freed: dict[int, int] = {}
        self.size = 1
        self.base = 0
        self.previous: int | None = None
        self.handler: Handler | None = None

    @property
    def here(self) -> int:
        """The offset that the next byte has for a reader."""
        return len(self.out) - self.base

    def write(self, text: str | bytes) -> Pdf:
        """Appends bytes as they are."""
        self.out += raw(text)
        return self

    def note(self, number: int, place: int, generation: int = 0) -> None:
        """Lists an object in the section that is being written."""
        self.places[number] = (place, generation)
        self.size = max(self.size, number + 1)

    def add(self, number: int, body: Body, generation: int = 0, listed: bool = True) -> Pdf:
        """Appends an indirect object."""
        if listed:
            self.note(number, self.here, generation)
        self.write(f"{number} {generation} obj\n")
        if isinstance(body, Stream):
            data = body.data
            if self.handler is not None and "/XRef" not in body.entries:
                data = self.handler.stream(number, generation, data)
            length = str(len(data)) if body.length is None else body.length
            self.write(f"<<{body.entries}/Length {length}>>\nstream\n")
            self.write(data + b"\nendstream")
        else:
            self.write(body)
        return self.write("\nendobj\n")

    def add_all(self, objects: Mapping[int, Body]) -> Pdf:
        """Appends several objects."""
        for number, body in objects.items():
            self.add(number, body)
        return self

    def free(self, number: int, generation: int = 1) -> Pdf:
        """Lists an object as deleted in the section that is being written."""
        self.freed[number] = generation
        self.size = max(self.size, number + 1)
        return self

    def pack(self, number: int, objects: Mapping[int, str]) -> bytes:
        """Lists objects as those of an object stream, and gives its unpacked data."""
        for index, inner in enumerate(objects):
            self.packed[inner] = (number, index)
            self.size = max(self.size, inner + 1)
        return packed(objects)

    def table(self, trailer: str = "/Root 1 0 R", size: str | None = None) -> Pdf:
        """Ends a section with a cross-reference table and a trailer."""
        place = self.here
        self.write("xref\n").write(self.rows())
        self.trailer(trailer, size)
        return self.start(place)

    def rows(self, shift: int = 0) -> bytes:
        """The subsections of the section's table."""
        lines: dict[int, str] = {0: "0000000000 65535 f \n"} if self.previous is None else {}
        for number, generation in self.freed.items():
            lines[number] = f"0000000000 {generation:05} f \n"
        for number, (place, generation) in self.places.items():
            lines[number] = f"{place + shift:010} {generation:05} n \n"
        text = ""
        for first, run in _runs(sorted(lines)):
            text += f"{first} {run}\n"
            text += "".join(lines[number] for number in range(first, first + run))
        return raw(text)

    def trailer(self, entries: str = "/Root 1 0 R", size: str | None = None) -> Pdf:
        """Appends a trailer dictionary."""
        previous = "" if self.previous is None else f"/Prev {self.previous}"
        count = str(self.size) if size is None else size
        return self.write(f"trailer\n<<{entries}/Size {count}{previous}>>\n")

    def start(self, place: int | str) -> Pdf:
        """Appends the pointer to a section, and begins the next one."""
        self.write(f"startxref\n{place}\n%%EOF\n")
        if isinstance(place, int):
            self.previous = place
        self.places = {}
        self.packed = {}
        self.freed = {}
        return self

    def stream_rows(self, number: int) -> tuple[bytes, str]:
        """The data of a cross-reference stream with fields of 1, 3 and 2 bytes, and its /Index."""
        self.size = max(self.size, number + 1)
        rows: dict[int, tuple[int, int, int]] = {}
        if self.previous is None:
            rows[0] = (0, 0, 65535)
        for freed, generation in self.freed.items():
            rows[freed] = (0, 0, generation)
        for listed, (place, generation) in self.places.items():
            rows[listed] = (1, place, generation)
        for inner, (container, index) in self.packed.items():
            rows[inner] = (2, container, index)
        rows[number] = (1, self.here, 0)
        data = b"".join(
            bytes([kind]) + second.to_bytes(3, "big") + third.to_bytes(2, "big")
            for _, (kind, second, third) in sorted(rows.items())
        )
        runs = " ".join(f"{first} {run}" for first, run in _runs(sorted(rows)))
        return data, runs

    def xref_stream(self, number: int, entries: str = "/Root 1 0 R", start: bool = True) -> Pdf:
        """Ends a section with a cross-reference stream."""
        data, runs = self.stream_rows(number)
        place = self.here
        self.raw_xref_stream(number, data, f"/W[1 3 2]/Index[{runs}]{entries}")
        return self.start(place) if start else self

    def raw_xref_stream(self, number: int, data: bytes, entries: str, size: str | None = None) -> Pdf:
        """Appends a cross-reference stream of which all is given, but /Size and /Prev."""
        previous = "" if self.previous is None else f"/Prev {self.previous}"
        count = str(self.size) if size is None else size
        head = f"/Type/XRef/Size {count}{previous}{entries}"
        return self.add(number, Stream(data, head), listed=False)

    def whole(self) -> bytes:
        """The file as it stands."""
        return bytes(self.out)

    def end(self, trailer: str = "/Root 1 0 R") -> bytes:
        """The file, ended with a table."""
        return self.table(trailer).whole()


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and sum(runs[-1]) == number:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((number, 1))
    return runs


def packed(objects: Mapping[int, str]) -> bytes:
    """The unpacked data of an object stream; `first` tells where its objects begin."""
    head = ""
    body = ""
    for number, text in objects.items():
        head += f"{number} {len(body)} "
        body += text + "\n"
    return raw(head + body)


def first(objects: Mapping[int, str]) -> int:
    """The /First of the object stream that `packed` makes."""
    place = 0
    size = 0
    for number, text in objects.items():
        size += len(f"{number} {place} ")
        place += len(text) + 1
    return size


def pages(
    catalog: str = "",
    page: str = "",
    tree: str = "",
    content: Body = PAGE_TEXT,
    box: str = "[0 0 595 842]",
    resources: str = "<</Font<</F1 5 0 R>>>>",
) -> dict[int, Body]:
    """The objects 1 to 5 of a document of one page with a word on it."""
    return {
        1: f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
        2: f"<</Type/Pages/Kids[3 0 R]/Count 1{tree}>>",
        3: f"<</Type/Page/Parent 2 0 R/MediaBox{box}/Resources{resources}/Contents 4 0 R{page}>>",
        4: content,
        5: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }


def document(
    objects: Mapping[int, Body] | None = None,
    catalog: str = "",
    page: str = "",
    tree: str = "",
    content: Body = PAGE_TEXT,
    box: str = "[0 0 595 842]",
    resources: str = "<</Font<</F1 5 0 R>>>>",
    header: bytes = HEADER,
) -> Pdf:
    """A document of one page with a word on it, and more; it is not ended."""
    pdf = Pdf(header)
    pdf.add_all(pages(catalog, page, tree, content, box, resources))
    return pdf.add_all(objects or {})


def object_stream(
    objects: Mapping[int, str],
    data: bytes | None = None,
    entries: str = "",
    count: str = "",
    begin: str = "",
) -> Stream:
    """An object stream; `data` is its packed data, if it has a filter."""
    head = f"/Type/ObjStm/N {count or len(objects)}/First {begin or first(objects)}{entries}"
    return Stream(packed(objects) if data is None else data, head)


def script(number: int = 1) -> str:
    """A JavaScript action; the number tells it apart."""
    return f"<</S/JavaScript/JS(app.alert\\({number}\\))>>"
