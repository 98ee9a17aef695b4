"""Where a command writes."""

from __future__ import annotations

import json
import sys
from typing import Any

from skifteportal._model import Language

__all__ = ["CLOSED_PIPE", "NOT_FOUND", "OK", "UNREADABLE", "UNWRITABLE", "USAGE", "Output", "shown"]

# The numbers are those of `cargo xtask pdf-check`; those above 60 are the system's own.
OK = 0
NOT_FOUND = 1
UNREADABLE = 3
USAGE = 64
UNWRITABLE = 74
CLOSED_PIPE = 141


def shown(text: str) -> str:
    """A text on one line, without what a terminal would obey."""
    # Names of files may hold bytes that are no text; what they are is not the locale's matter.
    safe = text.encode("utf-8", sys.getfilesystemencodeerrors()).decode("utf-8", "replace")
    # Control characters, and those that turn the direction of what follows.
    turning = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2028\u2029\u2066\u2067\u2068\u2069"
    bad = (c for c in set(safe) if ord(c) < 32 or 127 <= ord(c) < 160 or c in turning)
    return safe.translate({ord(c): "\ufffd" for c in bad})


class Output:
    """Standard output: lines for people, or one JSON object a line."""

    def __init__(self, *, is_json: bool, language: Language) -> None:
        self.is_json = is_json
        self.language = language

    @property
    def is_danish(self) -> bool:
        """Whether people are spoken to in Danish."""
        return self.language is Language.DANISH

    def words(self, danish: str, english: str) -> str:
        """Those of the language that was asked for."""
        return danish if self.is_danish else english

    def line(self, text: str) -> None:
        """Writes a line. It reaches its reader when it is complete."""
        encoding = sys.stdout.encoding or "utf-8"
        sys.stdout.write(text.encode(encoding, "replace").decode(encoding) + "\n")
        sys.stdout.flush()

    def object(self, members: dict[str, Any]) -> None:
        """Writes an object, without members that are absent."""
        kept = {name: value for name, value in members.items() if value is not None}
        # ASCII reaches every reader, whatever the terminal's encoding.
        self.line(json.dumps(kept))

    def rows(self, rows: list[tuple[str, str | None]]) -> None:
        """Writes names and values below each other, without those that are absent."""
        kept = [(name, value) for name, value in rows if value is not None]
        width = max((len(name) for name, _ in kept), default=0)
        for name, value in kept:
            self.line(f"{name:<{width}}  {shown(value)}".rstrip())

    def failure(self, file: str, reason: str) -> None:
        """Says that a file could not be read or used."""
        if self.is_json:
            self.object({"file": shown(file), "error": reason})
        else:
            print(f"{shown(file)}: {shown(reason)}", file=sys.stderr)
