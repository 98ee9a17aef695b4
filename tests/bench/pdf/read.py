"""Readers of PDF in Python, and qpdf: readers for `cargo xtask bench pdf`; src/reader.rs says what each
prints. The first argument chooses one."""

import io
import os
import re
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "pdf"))

# No file may take longer, in seconds.
PATIENCE = 120


def high_water():
    try:
        text = Path("/proc/self/status").read_text("ascii")
        return int(re.search(r"VmHWM:\s*(\d+)", text)[1])
    except (OSError, TypeError):
        return 0


class TooLong(Exception):
    pass


def too_long(*_):
    raise TooLong


# --- pikepdf ------------------------------------------------------------------------------------


def pikepdf_reader():
    import compare
    import pikepdf  # noqa: F401 -- its loading belongs to no file.

    def read(data):
        error = compare.walk(io.BytesIO(data)).error
        # That a password is needed is an answer.
        return error in (None, "password")

    return read


# --- pypdf --------------------------------------------------------------------------------------


def pypdf_reader():
    import logging

    import compare
    import pypdf
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

    logging.disable(logging.CRITICAL)

    def hits(one):
        count = one.get("/S") in compare.ACTIONS
        count += one.get("/Subtype") in compare.ANNOTATIONS
        return count + sum(key in one for key in ("/JS", "/EF", "/AA", "/OpenAction", "/XFA"))

    def read(data):
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return True
        numbers = [(n, g) for g, table in reader.xref.items() for n in table]
        numbers += [(n, 0) for n in reader.xref_objStm]
        found = len(reader.pages)
        for number, generation in numbers:
            waiting = [reader.get_object(IndirectObject(number, generation, reader))]
            while waiting:
                one = waiting.pop()
                if isinstance(one, DictionaryObject):
                    found += hits(one)
                    # As they are, so that a reference is not followed.
                    waiting.extend(dict.values(one))
                elif isinstance(one, ArrayObject):
                    waiting.extend(list.__iter__(one))
        return True

    return read


# --- names in the bytes -------------------------------------------------------------------------

WORDS = [
    b"obj", b"endobj", b"stream", b"endstream", b"xref", b"trailer", b"startxref",
    b"/Page", b"/Encrypt", b"/ObjStm", b"/JS", b"/JavaScript", b"/AA", b"/OpenAction",
    b"/AcroForm", b"/JBIG2Decode", b"/RichMedia", b"/Launch", b"/EmbeddedFile", b"/XFA",
    b"/URI", b"/GoToR", b"/GoToE", b"/SubmitForm", b"/ImportData", b"/Movie", b"/Sound",
]  # fmt: skip
LETTERS = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
DIGITS = frozenset(b"0123456789abcdefABCDEF")


def bytes_reader():
    """As pdfid does it: byte by byte, `#` escapes in names undone, known words counted. It sees nothing
    that is compressed or encrypted, and everything that only looks like a word."""
    words = {word: 0 for word in WORDS}

    def read(data):
        counts, word, escape = dict(words), bytearray(), None
        for byte in data:
            if escape is not None:
                escape.append(byte)
                if byte in DIGITS and len(escape) < 2:
                    continue
                if byte in DIGITS:
                    word.append(int(escape, 16))
                    escape = None
                    continue
                word.append(0x23)
                escape = None
            if byte in LETTERS:
                word.append(byte)
            elif byte == 0x2F:
                count(counts, word)
                word = bytearray(b"/")
            elif byte == 0x23 and word[:1] == b"/":
                escape = bytearray()
            else:
                count(counts, word)
                word = bytearray()
        count(counts, word)
        return data.find(b"%PDF", 0, 1024) >= 0

    def count(counts, word):
        word = bytes(word)
        if word in counts:
            counts[word] += 1

    return read


def names_reader():
    """The same words, by Python's regular expressions: the least that a scan of the bytes costs."""
    name = re.compile(rb"/[A-Za-z0-9#]+|\b(?:end)?(?:obj|stream)\b|\b(?:start)?xref\b|\btrailer\b")
    escape = re.compile(rb"#([0-9A-Fa-f]{2})")

    def read(data):
        counts = {word: 0 for word in WORDS}
        for found in name.finditer(data):
            word = found[0]
            if b"#" in word:
                word = escape.sub(lambda code: bytes([int(code[1], 16)]), word)
            if word in counts:
                counts[word] += 1
        return data.find(b"%PDF", 0, 1024) >= 0

    return read


# --- qpdf ---------------------------------------------------------------------------------------


class Qpdf:
    """A process a file, as its users run it; its start is in the time, and it reads the file itself."""

    def __init__(self):
        self.peak = 0
        self.null = os.open(os.devnull, os.O_WRONLY)
        clock = time.perf_counter_ns()
        self.run("--version")
        self.start = time.perf_counter_ns() - clock
        self.base, self.peak = self.peak, 0

    def run(self, *arguments):
        outputs = [(os.POSIX_SPAWN_DUP2, self.null, fd) for fd in (1, 2)]
        words = ["qpdf", *arguments]
        child = os.posix_spawnp("qpdf", words, os.environ, file_actions=outputs)
        try:
            _, status, usage = os.wait4(child, 0)
        except TooLong:
            os.kill(child, signal.SIGKILL)
            os.wait4(child, 0)
            raise
        self.peak = max(self.peak, usage.ru_maxrss)
        return os.waitstatus_to_exitcode(status)

    def check(self, path):
        # 3 is a warning.
        return self.run("--check", path) in (0, 3)


def main():
    mode, listed, passes, seconds, first = sys.argv[1:]
    files = Path(listed).read_text("utf-8").splitlines()
    qpdf = Qpdf() if mode == "qpdf" else None
    readers = {
        "pikepdf": pikepdf_reader,
        "pypdf": pypdf_reader,
        "bytes": bytes_reader,
        "names": names_reader,
    }
    read = qpdf.check if qpdf else readers[mode]()
    signal.signal(signal.SIGALRM, too_long)
    base, begun, worst, first = high_water(), time.monotonic(), 0, int(first)
    for number in range(int(passes)):
        start = time.monotonic()
        for index in range(first, len(files)):
            given = files[index] if qpdf else Path(files[index]).read_bytes()
            signal.alarm(PATIENCE)
            clock = time.perf_counter_ns()
            try:
                ok = read(given)
            except Exception:  # Any failure of the reader is a fact about it.
                ok = False
            nanos = time.perf_counter_ns() - clock
            signal.alarm(0)
            # Or else it would stay until the next one is read.
            given = None
            status = "ok" if ok else "not read"
            print(f"file\t{number}\t{index}\t{nanos}\t{status}", flush=True)
        first = 0
        worst = max(worst, time.monotonic() - start)
        if time.monotonic() - begun + worst > int(seconds):
            break
    if qpdf:
        print(f"memory\t{qpdf.base}\t{qpdf.peak}")
        print(f"note\tof each file's time, {qpdf.start / 1e6:.1f} ms are the start of the process")
    else:
        print(f"memory\t{base}\t{high_water()}")


if __name__ == "__main__":
    main()
