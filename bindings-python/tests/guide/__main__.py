"""Writes the sections of docs/python.md as programs, for type checkers: `python -m tests.guide FOLDER`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from . import sections

into = Path(sys.argv[1])
into.mkdir(parents=True, exist_ok=True)
for title, section in sections().items():
    program = "\n".join(block for _, block in section.blocks("python"))
    if program:
        name = re.sub(r"\W+", "_", title.lower())
        # Each section is read by itself, on Python 3.9 too.
        text = "from __future__ import annotations\n\n" + program
        (into / f"guide_{name}.py").write_text(text, encoding="utf-8")
