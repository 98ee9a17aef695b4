"""Large files: where their bytes lie, and what other threads do meanwhile."""

from __future__ import annotations

import mmap
import subprocess
import sys
import threading
from array import array
from collections.abc import Callable
from pathlib import Path

import pytest
from skifteportal import Pdf, Profile, SanitizeOptions, SkifteportalError

LARGE = 100 << 20

# Run in a process of its own, whose largest memory so far is the file and what Python needs.
MEASURE = """
import mmap, resource, sys
from skifteportal import Pdf, Profile

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10

kind, size = sys.argv[1], int(sys.argv[2])
Pdf().check(memoryview(bytearray(b"no PDF")), Profile.portal())
file = bytes(size) if kind == "bytes" else bytearray(size)
if kind == "memoryview":
    file = memoryview(file)
elif kind == "mmap":
    del file
    file = mmap.mmap(-1, size)
# Every page is there before the check looks at it.
for at in range(0, size, 4096):
    file[at]
before = peak()
report = Pdf().check(file, Profile.portal())
assert report.facts.size == size
print(peak() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured otherwise there")
@pytest.mark.parametrize("kind", ["bytes", "bytearray", "memoryview", "mmap"])
def test_a_file_is_checked_where_it_lies(kind: str) -> None:
    measure = [sys.executable, "-c", MEASURE, kind, str(LARGE)]
    grown = int(subprocess.run(measure, check=True, stdout=subprocess.PIPE).stdout)
    assert grown < LARGE // 4


# A process of its own again: a file whose script is taken out, and what Python needs to write the rest anew.
MEASURE_OUT = """
import resource, sys
from skifteportal import Pdf, Profile, SanitizeOptions

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10

def pdf(size, contents):
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]%b>>" % contents,
        b"<</Length %d>>stream\\n" % size,
    ]
    head, places = bytearray(b"%PDF-1.7\\n"), []
    for number, one in enumerate(objects, 1):
        places.append(len(head))
        head += b"%d 0 obj\\n%b" % (number, one) + b"\\nendobj\\n" * (number < 4)
    tail = b"\\nendstream\\nendobj\\n"
    at = len(head) + size + len(tail)
    tail += b"xref\\n0 5\\n0000000000 65535 f \\n"
    tail += b"".join(b"%010d 00000 n \\n" % place for place in places)
    tail += b"trailer<</Root 1 0 R/Size 5>>\\nstartxref\\n%d\\n%%%%EOF\\n" % at
    # Filled where it lies: what was used before counts as the largest memory.
    file = bytearray(b" ") * (len(head) + size + len(tail))
    file[: len(head)] = head
    file[-len(tail) :] = tail
    return file

def clean(size, contents):
    file = pdf(size, contents)
    before = peak()
    made = Pdf().sanitize(file, Profile.portal(), SanitizeOptions())
    assert made.removed and b"JavaScript" not in made.bytes
    assert (len(made.bytes) > size) == bool(contents)
    return peak() - before

contents = b"/Contents 4 0 R" if sys.argv[2] == "large" else b""
clean(1 << 16, contents)
print(clean(int(sys.argv[1]), contents))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured otherwise there")
@pytest.mark.parametrize("result", ["large", "small"])
def test_a_file_is_cleaned_where_it_lies(result: str) -> None:
    measure = [sys.executable, "-c", MEASURE_OUT, str(LARGE), result]
    grown = int(subprocess.run(measure, check=True, stdout=subprocess.PIPE).stdout)
    # The file that the library writes, and Python's copy of it; nothing of the file that was given.
    assert grown < LARGE // 4 + (2 * LARGE if result == "large" else 0)


def _mapped(content: bytes) -> mmap.mmap:
    file = mmap.mmap(-1, len(content))
    file[:] = content
    return file


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview, _mapped])
def test_all_kinds_of_bytes_are_the_same(kind: Callable[[bytes], bytes]) -> None:
    content = b"no PDF at all"
    pdf, profile = Pdf(), Profile.portal()
    assert pdf.check(kind(content), profile) == pdf.check(content, profile)
    with pytest.raises(SkifteportalError):
        pdf.sanitize(kind(content), profile, SanitizeOptions())


def test_bytes_in_pieces_are_brought_together() -> None:
    content = bytes(range(256)) * 2
    pieces = memoryview(content)[::2]
    pdf, profile = Pdf(), Profile.portal()
    assert pdf.check(pieces, profile) == pdf.check(bytes(pieces), profile)
    assert pdf.check(memoryview(b""), profile).facts.size == 0
    assert pdf.check(b"", profile).facts.size == 0
    # Anything that has a buffer is taken, whatever types say.
    assert pdf.check(array("B", b"no PDF"), profile).facts.size == 6  # type: ignore[arg-type]
    for wrong in ("text", 7, None, [1, 2], object()):
        with pytest.raises(TypeError, match="expected bytes, not"):
            pdf.check(wrong, profile)  # type: ignore[arg-type]


def test_memory_is_given_back() -> None:
    content, profile = bytearray(b"no PDF"), Profile.portal()
    Pdf().check(content, profile)
    # It could not grow as long as somebody looks at it.
    content.extend(b" at all")
    view = memoryview(content)
    Pdf().check(view, profile)
    view.release()
    content.clear()
    with pytest.raises(ValueError, match="released"):
        Pdf().check(view, profile)


def test_a_mapped_file_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(b"no PDF")
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        report = Pdf().check(mapped, Profile.portal())
    assert Pdf().codes(report) == ["doedsbo.f24"]


def test_other_threads_go_on_during_a_check() -> None:
    content, profile = bytes(4 << 20), Profile.portal()
    ticks, seen = 0, False
    ended = threading.Event()

    def check() -> None:
        nonlocal seen
        # Nobody is taken the interpreter from in this test: another thread goes on only where it is let go.
        for _ in range(1000):
            before = ticks
            Pdf().check(content, profile)
            if ticks != before:
                seen = True
                break
        ended.set()

    usual = sys.getswitchinterval()
    sys.setswitchinterval(1000)
    try:
        thread = threading.Thread(target=check)
        thread.start()
        while not ended.wait(0.0001):
            ticks += 1
        thread.join()
    finally:
        sys.setswitchinterval(usual)
    assert seen
