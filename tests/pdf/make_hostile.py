#!/usr/bin/env python3
"""Makes the set of hostile PDFs, and the report that each of them must give.

    python3 tests/pdf/make_hostile.py                writes tests/pdf/hostile
    python3 tests/pdf/make_hostile.py --check        fails if those files are not what this makes
    python3 tests/pdf/make_hostile.py --large DIR    writes the files that are too large to commit

Needs Python 3.9 or later and nothing else. The same bytes come out everywhere.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from hostile_set import AREAS
from hostile_set.expected import FILES

FOLDER = Path(__file__).resolve().parent / "hostile"


def contents(large: bool) -> dict[str, bytes]:
    """All files of the set, by their path."""
    files: dict[str, bytes] = {}
    for made in FILES:
        if made.large != large:
            continue
        assert made.area in AREAS, made.area
        stem = f"{made.area}/{made.name}"
        assert stem + ".pdf" not in files, stem
        case = made.make()
        files[stem + ".pdf"] = case.pdf
        files[stem + ".json"] = case.json(made.trick).encode()
    return files


def write(folder: Path, files: dict[str, bytes]) -> None:
    """Makes a folder's files those of the set, and removes others of the same kinds."""
    for path in present(folder):
        if path not in files:
            (folder / path).unlink()
    for path, data in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if not place.exists() or place.read_bytes() != data:
            place.write_bytes(data)


def present(folder: Path) -> list[str]:
    """The paths of the PDFs and reports in a folder."""
    found = [path for path in folder.glob("*/*") if path.suffix in (".pdf", ".json")]
    return sorted(path.relative_to(folder).as_posix() for path in found)


def check(folder: Path, files: dict[str, bytes]) -> list[str]:
    """What differs between a folder and the set."""
    wrong = [path + " is not in the set" for path in present(folder) if path not in files]
    for path, data in files.items():
        place = folder / path
        if not place.exists():
            wrong.append(path + " is missing")
        elif place.read_bytes() != data:
            wrong.append(path + " differs")
    return wrong


def main() -> int:
    """Runs the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare, and write nothing")
    parser.add_argument("--large", metavar="DIR", type=Path, help="write the large files there")
    arguments = parser.parse_args()
    if arguments.large is not None:
        write(arguments.large, contents(large=True))
        return 0
    files = contents(large=False)
    if not arguments.check:
        write(FOLDER, files)
        size = sum(len(data) for data in files.values())
        print(f"{len(files) // 2} files, {size} bytes with their reports")
        return 0
    wrong = check(FOLDER, files)
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
