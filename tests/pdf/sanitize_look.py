"""Compares PDFs with what the remedy made of them: the same pages, the same pixels, and sound files.

    cargo run -p skifteportal --release --example sanitize -- --at-risk --break-signatures OUT IN > LOG
    python3 tests/pdf/sanitize_look.py IN OUT [--log LOG]

Needs pikepdf and pypdfium2 (pip); uses pdftoppm (poppler-utils) and qpdf where they are installed. One
line a file tells what was compared. The exit code is 1 on any difference that EXPLAINED does not explain.
"""

import argparse
import concurrent.futures
import hashlib
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import warnings

# Pages are compared at this many dots an inch, large ones at fewer.
DPI = 60
LARGEST = 3000
TIMEOUT = 60

ICON = "it draws an icon of its own for an annotation that has no appearance, which is removed"
DEEP = "it follows page trees to a depth of 100 alone"

# Differences that are as they should be: the file (what stands before two underscores is a prefix), the
# program that sees one, and why.
EXPLAINED = {
    ("annotation.pdf", "poppler"): ICON,
    ("annotation_inline.pdf", "poppler"): ICON,
    ("attachment.pdf", "poppler"): ICON,
    ("sound.pdf", "poppler"): ICON,
    ("appearance_replaces_border.pdf", "poppler"): "it draws the border of a link that has an appearance as well",
    ("update_without_encrypt.pdf", "poppler"): "it decrypts what an earlier revision alone says is encrypted",
    ("direct-pages.pdf", "poppler"): "it draws no page that is no object of its own, and the result has them so",
    ("stream-line-enders.pdf", "pdfium"): "readers differ in where data begins behind odd line ends",
    ("stream-line-enders.pdf", "poppler"): "readers differ in where data begins behind odd line ends",
    ("circularReferencesInPageTree.pdf", "pdfium"): "it counts by /Count, and loads none of the first eleven",
    ("circularReferencesInPageTree.pdf", "poppler"): "it counts by /Count",
    ("issue19484_1.pdf", "poppler"): "it does not know how this file is encrypted, and the result is not",
    ("page_tree_deep.pdf", "check"): DEEP,
    ("page_tree_of_100.pdf", "check"): DEEP,
}


def digests(path):
    """A digest of each page by PDFium, or None if the file does not open."""
    import pypdfium2

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


def syntax(path):
    """What pikepdf says against a file."""
    import pikepdf

    try:
        with warnings.catch_warnings(), pikepdf.open(path) as document:
            # That this machine lacks a decoder says nothing about the file.
            warnings.simplefilter("ignore")
            return document.check_pdf_syntax()
    except pikepdf.PdfError as error:
        return [str(error)]


ALONE = {"digests": digests, "syntax": syntax}


def alone(what, path):
    """One of these in a process of its own. Some files keep a program busy for hours, and PDFium draws a
    font that it has to replace otherwise when it has seen another file before."""
    command = [sys.executable, __file__, f"--{what}", path]
    try:
        done = subprocess.run(command, capture_output=True, timeout=TIMEOUT)
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


# Data in streams is copied as it is, sound or not, and what is said of it is said of the original as well.
OF_STREAMS = re.compile(
    r"decod|content stream|inflate|decompress|stream data|getting stream|predictor|LZW|checking stream"
    r"|without filtering|input stream is complete|stream \d+ \d+ \(content|array of streams|JPEG|DCT|jpeg"
)


def qpdf(path):
    """What qpdf says against a file."""
    done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, errors="replace")
    lines = (done.stderr + done.stdout).splitlines() if done.returncode else []
    # The last line only counts the others.
    return [line for line in lines if re.match("WARNING|ERROR|qpdf: (?!operation|errors)", line)]


def new_problems(original, result):
    """What is said against the result, without what is about data in streams and said of both."""
    told = alone("syntax", result)
    if not isinstance(told, list):
        return [f"pikepdf: {told or 'crashed'}"]
    if shutil.which("qpdf"):
        told = told + qpdf(result)
    streams = [line for line in told if OF_STREAMS.search(line)]
    if streams and not any(OF_STREAMS.search(line) for line in alone("syntax", original) or []):
        return streams
    return [line for line in told if line not in streams]


def compared(before, after):
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


def look(original, folder, log):
    """The line of a file, and what it counts as."""
    name = original.name
    result = folder / name
    if not result.exists():
        return f"{name}: not written: {log.get(name, {}).get('error', 'no reason known')}", ["not written"]
    words, bad, counted = [], False, []
    pages = {"pdfium": (alone("digests", str(original)), alone("digests", str(result)))}
    known = name.rpartition("__")[2]
    if shutil.which("pdftoppm"):
        pages["poppler"] = (poppler(str(original)), poppler(str(result)))
    for program, pair in pages.items():
        word, differs = compared(*pair)
        if differs and (known, program) in EXPLAINED:
            word = f"{word} ({EXPLAINED[known, program]})"
            counted.append("explained")
        else:
            bad |= differs
        words.append(f"{program} {word}")
    told = new_problems(str(original), str(result))
    if told and (known, "check") in EXPLAINED:
        told = []
        words.append(EXPLAINED[known, "check"])
        counted.append("explained")
    words.append(f"UNSOUND: {told[0]}" if told else "sound")
    counted.append("different" if bad or told else "same")
    size = result.stat().st_size / original.stat().st_size
    return f"{name}: {'; '.join(words)}; {size:.2f} of the size", counted


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("originals", type=pathlib.Path)
    parser.add_argument("sanitised", type=pathlib.Path)
    parser.add_argument("--log", type=pathlib.Path, help="what the example printed")
    parser.add_argument("--jobs", type=int, default=1)
    arguments = parser.parse_args()
    log = {}
    if arguments.log:
        lines = map(json.loads, arguments.log.read_text().splitlines())
        log = {line["file"]: line for line in lines}
    count = dict.fromkeys(["same", "explained", "different", "not written"], 0)
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        originals = sorted(arguments.originals.glob("*.pdf"))
        results = pool.map(lambda original: look(original, arguments.sanitised, log), originals)
        for line, counted in results:
            print(line, flush=True)
            for word in counted:
                count[word] += 1
    print(", ".join(f"{number} {word}" for word, number in count.items()))
    return 1 if count["different"] or not count["same"] else 0


if __name__ == "__main__":
    function = ALONE.get(sys.argv[1].removeprefix("--")) if len(sys.argv) == 3 else None
    if function:
        json.dump(function(sys.argv[2]), sys.stdout)
    else:
        sys.exit(main())
