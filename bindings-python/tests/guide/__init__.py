"""What docs/python.md shows, by its sections."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

FILE = Path(__file__).parents[3] / "docs" / "python.md"

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass
class Section:
    """What is under a heading of the second level."""

    title: str
    text: str
    line: int
    namespace: dict[str, object] = field(default_factory=lambda: {"__name__": "guide"})

    def blocks(self, language: str) -> list[tuple[int, str]]:
        """The blocks of a language, with the lines of the file before them."""
        found = []
        for fence in _FENCE.finditer(self.text):
            if fence[1] == language:
                found.append((self.line + self.text.count("\n", 0, fence.start(2)), fence[2]))
        return found

    def run(self) -> None:
        """Runs what is in Python, one block after the other, as one program."""
        for line, block in self.blocks("python"):
            # A traceback names the line of the document.
            code = compile("\n" * line + block, str(FILE), "exec", dont_inherit=True)
            exec(code, self.namespace)


def sections() -> dict[str, Section]:
    """The sections by their titles, in the order of the document."""
    text = FILE.read_text(encoding="utf-8")
    found, line = {}, 0
    for part in re.split(r"^(?=## )", text, flags=re.MULTILINE):
        title = part.split("\n", 1)[0].removeprefix("## ")
        found[title] = Section(title, part, line)
        line += part.count("\n")
    return found
