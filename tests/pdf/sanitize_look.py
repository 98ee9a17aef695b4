"""Compares PDFs with what the remedy made of them: the same pages, the same pixels, and sound files.

    cargo run -p skifteportal --release --example sanitize -- --at-risk --break-signatures OUT IN > LOG
    python3 tests/pdf/sanitize_look.py IN OUT [--log LOG]

Needs pikepdf and pypdfium2 (pip); uses pdftoppm (poppler-utils) and qpdf where they are installed. One
line a file tells what was compared. The exit code is 1 on any difference that EXPLAINED does not explain.
"""

import argparse
import hashlib
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import warnings

import pikepdf
import pypdfium2

# Pages are compared at this many dots an inch, large ones at fewer.
DPI = 60
LARGEST = 3000
TIMEOUT = 60

# Differences that are as they should be: the file, the program that sees one, and why.
EXPLAINED = {}


def digests(path):
    """A digest of each page by PDFium, or None if the file does not open."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return None
    pages = []
    for number in range(len(document)):
        try:
            page = document[number]
            scale = min(DPI / 72, LARGEST / max(page.get_size()))
            bitmap = page.render(scale=scale)
        except (pypdfium2.PdfiumError, ZeroDivisionError):
            pages.append(None)
            continue
        shape = f"{bitmap.width}x{bitmap.height}:".encode()
        pages.append(hashlib.sha256(shape + bytes(bitmap.buffer)).hexdigest())
        page.close()
    document.close()
    return pages


def pdfium(path):
    """The same in a process of its own: some files keep a renderer busy for hours."""
    try:
        done = subprocess.run([sys.executable, __file__, "--digests", path], capture_output=True, timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        return "slow"
    return json.loads(done.stdout) if done.returncode == 0 else None


def poppler(path):
    """A digest of each page, or None if the file does not open."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            subprocess.run(
                ["pdftoppm", "-r", str(DPI), path, f"{folder}/page"],
                capture_output=True,
                timeout=TIMEOUT,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return "slow"
        # The numbers in the names have as many digits as the count of pages.
        files = sorted(pathlib.Path(folder).iterdir(), key=lambda file: int(re.search(r"(\d+)\.", file.name)[1]))
        return [hashlib.sha256(file.read_bytes()).hexdigest() for file in files] or None


RENDERERS = {"pdfium": pdfium}
if shutil.which("pdftoppm"):
    RENDERERS["poppler"] = poppler

# Data in streams is copied as it is, sound or not, and what is said of it is said of the original as well.
OF_STREAMS = re.compile(
    r"decod|content stream|inflate|decompress|stream data|getting stream|predictor|LZW|checking stream"
    r"|without filtering|input stream is complete|operation succeeded with warnings|JPEG|DCT|jpeg"
)


def problems(path):
    """What pikepdf and qpdf say against a file."""
    told = []
    try:
        with warnings.catch_warnings(), pikepdf.open(path) as document:
            # That this machine lacks a decoder says nothing about the file.
            warnings.simplefilter("ignore")
            told += document.check_pdf_syntax()
    except pikepdf.PdfError as error:
        told.append(str(error))
    if shutil.which("qpdf"):
        done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, errors="replace", timeout=TIMEOUT)
        if done.returncode:
            lines = (done.stderr + done.stdout).splitlines()
            told += [line for line in lines if "WARNING" in line or "ERROR" in line or "error" in line]
    return told


def new_problems(original, result):
    """What is said against the result, without what is about data in streams and said of both."""
    told = problems(result)
    streams = [line for line in told if OF_STREAMS.search(line)]
    if streams and not any(OF_STREAMS.search(line) for line in problems(original)):
        return streams
    return [line for line in told if line not in streams]


def compared(name, before, after):
    """How two lists of pages compare: a word, and whether it is a difference."""
    if before == "slow" or after == "slow":
        return "slow", False
    if before is None:
        return ("unopened" if after is None else "opened"), False
    if after is None:
        return "NO LONGER OPENS", True
    if len(before) != len(after):
        return f"{len(before)} PAGES, NOW {len(after)}", True
    changed = [number for number, pair in enumerate(zip(before, after), 1) if pair[0] != pair[1] and pair[0]]
    if changed:
        return "DIFFERENT on " + ",".join(map(str, changed[:20])), True
    return f"{len(after)} same", False


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("originals", type=pathlib.Path)
    parser.add_argument("sanitised", type=pathlib.Path)
    parser.add_argument("--log", type=pathlib.Path, help="what the example printed")
    arguments = parser.parse_args()
    log = {}
    if arguments.log:
        lines = map(json.loads, arguments.log.read_text().splitlines())
        log = {line["file"]: line for line in lines}
    count = dict.fromkeys(["same", "explained", "different", "not written"], 0)
    for original in sorted(arguments.originals.glob("*.pdf")):
        name = original.name
        result = arguments.sanitised / name
        if not result.exists():
            count["not written"] += 1
            print(f"{name}: not written: {log.get(name, {}).get('error', 'no reason known')}")
            continue
        words, bad = [], []
        for program, render in RENDERERS.items():
            word, differs = compared(name, render(str(original)), render(str(result)))
            if differs and (name, program) in EXPLAINED:
                word = f"{word} ({EXPLAINED[name, program]})"
                count["explained"] += 1
            elif differs:
                bad.append(program)
            words.append(f"{program} {word}")
        told = new_problems(str(original), str(result))
        words.append(f"UNSOUND: {told[0]}" if told else "sound")
        if told:
            bad.append("check")
        count["different" if bad else "same"] += 1
        size = result.stat().st_size / original.stat().st_size
        print(f"{name}: {'; '.join(words)}; {size:.2f} of the size", flush=True)
    print(", ".join(f"{number} {word}" for word, number in count.items()))
    return 1 if count["different"] or not count["same"] else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--digests"]:
        json.dump(digests(sys.argv[2]), sys.stdout)
    else:
        sys.exit(main())
