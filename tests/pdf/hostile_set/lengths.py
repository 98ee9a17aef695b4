"""Streams whose length is not what they say."""

from __future__ import annotations

from .expected import Case, Finding, made, script_at, trick
from .writer import (
    Stream,
    document,
    raw,
    script,
)

FOUND = [script_at(6, "Root/OpenAction")]


AREA = "lengths"


@trick(AREA)
def length_covers_object() -> Case:
    """A /Length that is too large covers the end of the stream and the script's object behind it."""
    pdf = document(catalog="/OpenAction 6 0 R", content=Stream(b"q Q"))
    pdf.add(7, Stream("abc", length="120"))
    pdf.add(6, script())
    # `endstream` does not stand where /Length says.
    return Case(pdf.end(), FOUND + [Finding("length_mismatch", 7, "Object 7")])


@trick(AREA)
def length_covers_object_to_another_end() -> Case:
    """A /Length reaches to the end of the next stream, over the script's object that the table lists."""
    pdf = document(catalog="/OpenAction 6 0 R")
    inner = raw(f"abc\nendstream\nendobj\n6 0 obj\n{script()}\nendobj\n8 0 obj\n<</Length 3>>\nstream\nabc")
    pdf.note(7, pdf.here)
    pdf.write(f"7 0 obj\n<</Length {len(inner)}>>\nstream\n")
    start = pdf.here
    pdf.write(inner + b"\nendstream\nendobj\n")
    pdf.note(6, start + inner.index(b"6 0 obj"))
    pdf.note(8, start + inner.index(b"8 0 obj"))
    return Case(pdf.end(), list(FOUND))


@trick(AREA)
def length_covers_object_unlisted() -> Case:
    """The same, and no table lists the script: by the stream's length it is data, by the words an object."""
    pdf = document()
    inner = raw(f"abc\nendstream\nendobj\n6 0 obj\n{script()}\nendobj\n8 0 obj\n<</Length 3>>\nstream\nabc")
    pdf.add(7, Stream(inner))
    return Case(pdf.end(), [])


_LENGTHS = {
    "zero": ("0", "/Length is 0, and the stream has data with the word endobj in it."),
    "negative": ("-5", "/Length is negative."),
    "huge": ("99999999999999999999", "/Length is beyond all integers."),
    "one_short": ("23", "/Length is shorter than the data."),
    "missing_object": ("77 0 R", "/Length names an object that is not there."),
    "itself": ("7 0 R", "/Length names the stream itself."),
    "name": ("/Ten", "/Length is a name."),
    "real": ("4.5", "/Length is no integer."),
}


def _lengths() -> None:
    for name, (length, words) in _LENGTHS.items():

        def make(length: str = length) -> Case:
            pdf = document(catalog="/OpenAction 6 0 R")
            pdf.add(7, Stream("q (endobj trailer <<>>) Q", length=length)).add(6, script())
            return Case(pdf.end(), FOUND + [Finding("length_mismatch", 7, "Object 7")])

        made(AREA, "length_" + name, words, make)


_lengths()


@trick(AREA)
def length_of_content_one_short() -> Case:
    """The page's content is a byte longer than it says, as many honest writers have it."""
    pdf = document(content=Stream(b"q Q  ", length="4"))
    return Case(pdf.end(), [])
