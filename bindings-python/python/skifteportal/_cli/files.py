"""Which files a command looks at, and what is in them."""

from __future__ import annotations

import glob
import os
import stat
import sys
from collections.abc import Iterator
from itertools import chain

__all__ = ["LIMIT", "TooLarge", "find", "read", "read_small", "reason"]

LIMIT = 16 << 20
"""Files that are no PDFs are never this large."""


class TooLarge(OSError):
    """A file that is larger than any of its kind."""


def reason(failure: OSError) -> str:
    """Why a file could not be read, without its name."""
    return failure.strerror or str(failure)


def find(paths: list[str]) -> Iterator[tuple[str, OSError | None]]:
    """The files of all paths: those of a folder or a pattern sorted, the paths in the order in which they are
    given.
    """
    for path in chain.from_iterable(map(_matching, paths)):
        if os.path.isdir(path):
            found: list[tuple[str, OSError | None]] = []
            _folder(path, found)
            yield from sorted(found, key=lambda one: os.fsencode(one[0]).split(os.fsencode(os.sep)))
        else:
            # Whether it can be read is seen when it is read.
            yield path, None


def _matching(path: str) -> list[str]:
    """What a pattern stands for where the shell leaves that to programs, as those of Windows do."""
    if os.path.lexists(path) or not glob.has_magic(path):
        return [path]
    return sorted(glob.glob(path)) or [path]


def _folder(root: str, found: list[tuple[str, OSError | None]]) -> None:
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    # A link to a folder could lead back to where it stands.
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    elif entry.name.lower().endswith(".pdf") and _is_file(entry, found):
                        found.append((entry.path, None))
        except OSError as failure:
            found.append((folder, failure))


def _is_file(entry: os.DirEntry[str], found: list[tuple[str, OSError | None]]) -> bool:
    try:
        # A link that leads nowhere is told of, and a pipe of that name is left alone.
        return stat.S_ISREG(entry.stat().st_mode)
    except OSError as failure:
        found.append((entry.path, failure))
        return False


def read(path: str) -> bytes:
    """A file as a whole, or standard input for `-`. What has no end, such as a device, is refused."""
    if path == "-":
        return sys.stdin.buffer.read()
    with open(path, "rb") as file:
        mode = os.fstat(file.fileno()).st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
            raise OSError("not a file")
        return file.read()


def read_small(path: str) -> bytes:
    """A file that is never large, or standard input for `-`."""
    if path == "-":
        content = sys.stdin.buffer.read(LIMIT + 1)
    else:
        with open(path, "rb") as file:
            content = file.read(LIMIT + 1)
    if len(content) > LIMIT:
        raise TooLarge("too large")
    return content
